// Warns before the browser locks; when it does, what was written is kept. The server locks by itself all the same.
const idle = Number(document.querySelector("meta[name=idle-seconds]").content) * 1000;
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
const WARNED = Math.min(120_000, idle / 4);
const EARLY = 10_000; // lock a little before the server does: then it still takes what was written
let told = Date.now();
let touched = Date.now();
let warning = null;

function send(path, body = new FormData()) {
  body.set("csrfmiddlewaretoken", token);
  return fetch(path, { method: "POST", body });
}

function isDirty(form) {
  return [...form.elements].some((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : "defaultValue" in field && field.type !== "hidden" && field.type !== "password" && field.value !== field.defaultValue);
}

async function lock() {
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (!isDirty(form)) continue;
    const body = new FormData(form);
    body.set("kept-path", new URL(form.getAttribute("action") || "", location.href).pathname);
    await send("/kept/hold", body).catch(() => {});
  }
  await send("/lock").catch(() => {});
  location.reload();
}

function warn() {
  warning = document.createElement("div");
  warning.className = "idle-warning notice notice-watch";
  warning.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = "This browser locks in two minutes, because nobody used it. What you wrote will be kept.";
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "button";
  stay.textContent = "I am still here";
  stay.addEventListener("click", touch);
  warning.append(words, stay);
  document.querySelector("main").prepend(warning);
}

function touch() {
  touched = Date.now();
  warning?.remove();
  warning = null;
  if (touched - told < 60_000) return;
  told = touched;
  send("/still-here").catch(() => {});
}

for (const kind of ["input", "keydown", "pointerdown", "scroll"]) {
  document.addEventListener(kind, touch, { passive: true, capture: true });
}

const watch = setInterval(() => {
  const quiet = Date.now() - touched;
  if (quiet >= idle - EARLY) {
    clearInterval(watch);
    lock();
  } else if (quiet >= idle - WARNED && !warning) warn();
}, 1000);
