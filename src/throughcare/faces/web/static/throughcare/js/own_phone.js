// "This is my own phone": keeps what the person chose, anew now and then, and forgets it when they sign out.
(() => {
  const own = document.querySelector("meta[name=own-side]");
  const words = document.getElementById("offline-words")?.dataset ?? {};
  const OFTEN = 3_600_000;
  const PLAN = "/my/safety-plan/on-this-phone";
  const quietly = { "X-Throughcare-Background": "1" };
  if (!own || !keptStore.usable || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/sw.js").catch(() => {});

  const keptAt = document.querySelector("meta[name=kept-at]")?.content;
  if (keptAt) {
    const said = Object.assign(document.createElement("p"), { className: "notice tone-watch" });
    said.setAttribute("role", "status");
    said.textContent = `${words.old} ${new Date(Number(keptAt)).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })}`;
    document.querySelector("main").prepend(said);
    // What can't be kept to be sent later can't be pressed now.
    document.querySelectorAll("main form:not([data-later]) button").forEach((one) => { one.disabled = true; });
  }

  async function fetched(path) {
    const answer = await fetch(path, { headers: quietly, cache: "no-store" });
    if (!answer.ok || answer.redirected) return "";
    const html = await answer.text();
    return html.includes(`name="own-side" content="${own.content}"`) ? html : "";
  }

  async function keepAll(choice) {
    const paths = choice.pages ? JSON.parse(words.own) : [];
    const seen = new Set();
    while (paths.length) {
      const path = paths.shift();
      const html = seen.has(path) ? "" : await fetched(path);
      seen.add(path);
      if (!html) continue;
      await keptStore.keepPage(path, html, choice.pagesKey);
      // Pages of one's own whose addresses no list knows, such as each goal, are named by the page that leads to them.
      const leads = new DOMParser().parseFromString(html, "text/html").querySelectorAll("a[data-keep]");
      paths.push(...[...leads].map((one) => one.getAttribute("href")));
    }
    const plan = choice.plan ? await fetched(PLAN) : "";
    if (plan) await keptStore.keepPage(PLAN, plan, choice.planKey);
  }

  async function refresh() {
    const choice = await keptStore.chosen();
    if (choice?.whose !== own.content || keptAt || !navigator.onLine) return;
    const due = Date.now() - (choice.keptAt ?? 0) > OFTEN || (choice.pages && !choice.pagesKey);
    // Signed in: what is kept of the pages may stay as long as this sign-in would.
    const next = { ...choice, until: Number(own.dataset.until) * 1000, keptAt: due ? Date.now() : choice.keptAt };
    if (next.pages && !next.pagesKey) next.pagesKey = await keptStore.newKey();
    await keptStore.choose(next);
    if (due) await keepAll(next);
  }

  async function save(form) {
    const before = await keptStore.chosen();
    if (before) await keptStore.forgetPages();
    const [plan, pages] = ["plan", "pages"].map((name) => form.elements[name].checked);
    if (!plan && !pages) {
      if (before) await keptStore.drop("chosen", "own phone");
    } else {
      const choice = {
        whose: own.content, plan, pages, planPath: PLAN, until: Number(own.dataset.until) * 1000, keptAt: Date.now(),
        planKey: plan ? await keptStore.newKey() : null, pagesKey: pages ? await keptStore.newKey() : null,
      };
      await keptStore.choose(choice);
      await keepAll(choice);
      await navigator.serviceWorker.ready;
    }
    // The house wipes a phone that is nobody's own when somebody signs out.
    document.cookie = `own_phone=${plan || pages ? 1 : ""}; path=/; max-age=${plan || pages ? 31536000 : 0}; samesite=lax`;
    const said = form.querySelector("[data-said]");
    said.textContent = plan || pages ? said.dataset.kept : said.dataset.nothing;
  }

  const form = document.querySelector("form[data-own-phone]");
  if (form) {
    form.hidden = false;
    document.querySelector("[data-no-own-phone]").hidden = true;
    keptStore.chosen().then((choice) => {
      for (const name of ["plan", "pages"]) form.elements[name].checked = choice?.whose === own.content && choice[name];
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(form);
    });
  }
  refresh().catch(() => {});

  // What was kept goes before the sign-in does.
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action || location.href).pathname !== "/sign-out" || event.target.dataset.forgotten) return;
    event.preventDefault();
    event.target.dataset.forgotten = "1";
    keptStore.forget(own.content).catch(() => {}).finally(() => event.target.submit());
  });
})();
