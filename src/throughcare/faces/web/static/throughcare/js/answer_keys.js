// Whoever reads a question aloud answers with the digit of the answer, without looking for the mouse.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^\d$/.test(event.key)) return;
  if (event.target.closest("input, textarea, select")) return;
  const answer = document.querySelector(`.answer[data-key="${event.key}"]`);
  if (!answer) return;
  event.preventDefault();
  answer.click();
});
