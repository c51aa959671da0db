// The digits 1 to 5 press a person's buttons; the focus stays with the person when the row is drawn anew.
let kept = "";

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(".door-row");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
  const button = row.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.click();
});

document.addEventListener("submit", (event) => {
  if (event.target.closest(".door-row")) kept = document.activeElement?.id ?? "";
}, true);

new MutationObserver(() => {
  const button = kept && document.activeElement === document.body && document.getElementById(kept);
  if (button) {
    button.focus();
    kept = "";
  }
}).observe(document.querySelector("[data-door]"), { childList: true });
