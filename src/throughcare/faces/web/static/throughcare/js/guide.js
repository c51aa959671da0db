// Leads through the timed steps of an exercise, one at a time, with the seconds that are left. Without it the steps stand
// as a list. It needs no connection; nothing moves on the page but the words and the number.
const form = document.querySelector("form[data-guide]");
const begin = document.querySelector("[data-guide-begin]");
const panel = document.querySelector("[data-guide-panel]");
const timed = form ? [...form.querySelectorAll("li[data-seconds]")] : [];
let ticking = null;

function round() {
  const from = Number(form.dataset.guideFrom);
  const all = [...form.querySelectorAll("ol.exercise > li")];
  const before = timed.filter((step) => all.indexOf(step) < from);
  const again = timed.filter((step) => all.indexOf(step) >= from);
  return [...before, ...Array(Number(form.dataset.guide)).fill(again).flat()];
}

function stop() {
  clearInterval(ticking);
  panel.hidden = true;
  begin.hidden = false;
}

function lead(steps) {
  const clock = panel.querySelector("[data-guide-clock]");
  const words = panel.querySelector("[data-guide-words]");
  const [step, ...rest] = steps;
  clearInterval(ticking);
  if (!step) {
    clock.textContent = "";
    words.textContent = panel.dataset.wordsReady;
    return;
  }
  const until = Date.now() + 1000 * Number(step.dataset.seconds);
  words.textContent = step.querySelector("[data-step-words]").textContent;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) lead(rest);
    else clock.textContent = String(left);
  };
  tick();
  ticking = setInterval(tick, 250);
}

if (timed.length) {
  begin.hidden = false;
  begin.querySelector("button").addEventListener("click", () => {
    begin.hidden = true;
    panel.hidden = false;
    lead(round());
    panel.querySelector("[data-guide-stop]").focus();
  });
  panel.querySelector("[data-guide-stop]").addEventListener("click", stop);
}
