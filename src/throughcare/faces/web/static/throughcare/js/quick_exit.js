// Leaves at once for a page that says nothing, in the place of this one, and signs out behind. Back leads there too:
// who comes back to a page of ours by the browser's own buttons after that is sent away again.
(() => {
  const LEFT = "left=1";
  const away = document.currentScript.dataset.away;
  const hasLeft = () => document.cookie.split("; ").includes(LEFT);
  const leave = () => {
    document.documentElement.hidden = true;
    location.replace(away);
  };
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (hasLeft() && cameBack) leave();
  else if (hasLeft()) document.cookie = "left=; path=/; max-age=0; samesite=lax"; // somebody opened it anew
  window.addEventListener("pageshow", (event) => { if (event.persisted && hasLeft()) leave(); });

  function exit() {
    document.cookie = `${LEFT}; path=/; max-age=43200; samesite=lax`;
    const body = new FormData();
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (token) {
      body.set("csrfmiddlewaretoken", token);
      navigator.sendBeacon("/leave", body);
    }
    leave();
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-quick-exit]")) return;
    event.preventDefault();
    exit();
  });
  // Three times Shift does it from the keyboard.
  let shifts = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") { shifts = []; return; }
    shifts = [...shifts.filter((one) => performance.now() - one < 5_000), performance.now()];
    if (shifts.length === 3) exit();
  });
})();
