// Says how many characters still fit, once a long text nears its end.
document.addEventListener("input", (event) => {
  const guidance = document.querySelector(`[data-count-of="${CSS.escape(event.target.id || "-")}"]`);
  if (!guidance) return;
  const most = Number(guidance.dataset.most);
  const left = most - event.target.value.length;
  guidance.textContent =
    left < 0 ? `${-left} characters too many.` : left < most / 5 ? `${left} characters left.` : `Up to ${most} characters.`;
});
