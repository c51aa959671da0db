// The plan that this phone keeps, opened without signing in because its owner chose so.
(async () => {
  const place = document.querySelector("[data-kept-plan]");
  const choice = keptStore.usable ? await keptStore.chosen() : null;
  const found = choice?.plan ? await keptStore.keptPage(choice.planPath, choice.planKey).catch(() => null) : null;
  if (!found) return;
  for (const link of document.querySelectorAll("[data-if-plan]")) link.hidden = false;
  if (!place) return;
  const plan = new DOMParser().parseFromString(found.html, "text/html").querySelector("[data-plan]");
  if (plan) place.replaceChildren(document.adoptNode(plan));
})();
