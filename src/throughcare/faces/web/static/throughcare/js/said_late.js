// Shows what has to be said when nothing else comes: the words are in the page already, so no network is needed.
const begun = new WeakMap();
function look() {
  for (const late of document.querySelectorAll("[data-say-in]")) {
    const known = begun.get(late);
    if (!known || known.left !== late.dataset.sayIn) begun.set(late, { left: late.dataset.sayIn, since: performance.now() });
    const passed = (performance.now() - begun.get(late).since) / 1000;
    late.hidden = passed < Number(late.dataset.sayIn);
  }
}
look();
setInterval(look, 1000);
