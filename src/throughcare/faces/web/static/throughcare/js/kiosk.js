// A kiosk that nobody touches returns to its start; the server closes what was open all the same.
const rest = Number(document.querySelector("meta[name=kiosk-seconds]").content) * 1000;
let touched = Date.now();

for (const kind of ["input", "keydown", "pointerdown", "scroll"]) {
  document.addEventListener(kind, () => { touched = Date.now(); }, { passive: true, capture: true });
}

setInterval(() => {
  if (location.pathname !== "/kiosk" && Date.now() - touched >= rest) location.replace("/kiosk");
}, 1000);
