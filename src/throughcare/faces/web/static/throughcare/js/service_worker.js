// Behind the pages: without a connection it answers with what this phone may keep. It keeps no page of a person unless
// they said that the phone is their own, and then sealed. Above it stand VERSION, LANGUAGE, OPEN and OWN (offline/worker.py).
const HELP = ["/my/help", "/family/help"];
const PLAN = ["/my/safety-plan", "/safety-plan"];
const CACHE = `open ${VERSION}`;

// As somebody who isn't signed in, in the language of this phone: nothing of anyone is in them.
const asNobody = (path) => new Request(path.startsWith("/static/") ? path : `${path}?lang=${LANGUAGE}`, { cache: "reload", credentials: "omit" });

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(OPEN.map(asNobody))));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event, pathname));
  else if (request.mode === "navigate" && HELP.some((one) => pathname.startsWith(one) || pathname.endsWith("/help"))) {
    event.respondWith(fetch(request).catch(() => openPage("/help-without-connection")));
  } else if (request.method === "GET" && pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) ?? Response.error()));
  }
});

async function page(event, pathname) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && !answer.redirected && OWN.includes(pathname)) event.waitUntil(keep(pathname, answer.clone()));
    // The sign-in has ended, here or from elsewhere: so has what hung on it.
    if (answer.redirected && new URL(answer.url).pathname === "/sign-in") event.waitUntil(forgetPages());
    return answer;
  } catch {
    return withoutConnection(pathname);
  }
}

async function withoutConnection(pathname) {
  if (HELP.includes(pathname) || pathname.endsWith("/help")) return openPage("/help-without-connection");
  if (PLAN.includes(pathname)) return openPage("/safety-plan");
  const open = OPEN.includes(pathname) && (await openPage(pathname));
  return open || (await keptPage(pathname)) || openPage("/no-connection");
}

async function openPage(path) {
  return (await caches.match(path, { ignoreSearch: true })) ?? new Response("No connection. In danger? Call 911. In crisis? Call or text 988.", { headers: { "Content-Type": "text/plain" } });
}

// What somebody chose counts as long as they may still be signed in; then the kept pages go.
async function choiceInForce() {
  const choice = keptStore.usable ? await keptStore.chosen() : null;
  if (!choice?.pages || !choice.pagesKey) return null;
  if (Date.now() < choice.until) return choice;
  await forgetPages();
  return null;
}

async function forgetPages() {
  const choice = keptStore.usable ? await keptStore.chosen() : null;
  if (!choice?.pagesKey) return;
  await keptStore.forgetPages(choice.plan ? choice.planPath : "");
  await keptStore.choose({ ...choice, pagesKey: null });
}

async function keep(path, answer) {
  const choice = await choiceInForce();
  if (!choice) return;
  const html = await answer.text();
  // Another may be signed in here now: their pages are not kept under somebody else's choice.
  if (html.includes(`name="own-side" content="${choice.whose}"`)) await keptStore.keepPage(path, html, choice.pagesKey);
}

async function keptPage(path) {
  const choice = await choiceInForce();
  const found = choice && (await keptStore.keptPage(path, choice.pagesKey).catch(() => null));
  if (!found) return null;
  const html = found.html.replace("</head>", `<meta name="kept-at" content="${found.at}"></head>`);
  return new Response(html, { headers: {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'",
    "Cache-Control": "no-store",
  } });
}
