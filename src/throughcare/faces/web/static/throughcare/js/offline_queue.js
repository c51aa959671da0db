// A form with data-later is sent when there is a connection, and until then waits on this phone, sealed. It carries the
// form's own key, so that it arrives once, however often it is sent; and only in a browser of the person who wrote it.
//   <form method="post" data-later="Check-in" …>   what it is called where it waits
//   data-later-anew   each time it is kept it is another one, as with practice of a skill
// The words to say stand in the page: #offline-words (templates/offline/words.html).
const own = document.querySelector("meta[name=own-side]");
const words = document.getElementById("offline-words")?.dataset ?? {};
const PROBE = "/no-connection?alive";
const RETRY = 15_000;
let sending = false;

const clock = (moment) => new Date(moment).toLocaleString(document.documentElement.lang, { weekday: "short", hour: "numeric", minute: "2-digit" });

function line() {
  let said = document.querySelector("[data-waiting]");
  if (!said) {
    said = document.createElement("div");
    said.dataset.waiting = "";
    said.className = "notice tone-watch";
    said.setAttribute("role", "status");
    document.querySelector("main").prepend(said);
  }
  return said;
}

async function mine() {
  return (await keptStore.all("waiting")).filter((one) => one.whose === own.content);
}

function refusal(one) {
  const said = document.createElement("p");
  const away = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: words.away });
  away.addEventListener("click", async () => {
    await keptStore.drop("waiting", one.key);
    tell();
  });
  said.append(`${words.refused} ${one.called}, ${clock(one.written)}. `, away);
  return said;
}

async function tell(more = []) {
  const waiting = await mine();
  const said = [
    ...waiting.filter((one) => !one.refused).map((one) => `${words.waits} ${one.called}, ${clock(one.written)}.`),
    ...more,
  ].map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence }));
  said.push(...waiting.filter((one) => one.refused).map(refusal));
  if (!said.length) return document.querySelector("[data-waiting]")?.remove();
  line().replaceChildren(...said);
}

async function isReached() {
  if (!navigator.onLine) return false;
  try {
    return (await fetch(PROBE, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function keep(form, submitter) {
  const body = new FormData(form, submitter);
  body.delete("csrfmiddlewaretoken");
  // A kept page opened twice carries one key: what may be said more than once says so (data-later-anew).
  const key = (!("laterAnew" in form.dataset) && body.get("once")) || crypto.randomUUID();
  body.set("once", key);
  const fields = [...body].filter(([, value]) => typeof value === "string");
  const path = new URL(form.getAttribute("action") || "", location.href).pathname;
  const sealed = await keptStore.sealTo(own.dataset.key, JSON.stringify([["later-path", path], ...fields]));
  await keptStore.write("waiting", key, { key, whose: own.content, called: form.dataset.later, written: Date.now(), sealed });
  // What was written leaves the page: it stands sealed in the store now.
  form.replaceChildren(Object.assign(document.createElement("p"), { className: "notice tone-good", textContent: words.kept }));
  await tell();
}

async function sendOne(one, token) {
  const asked = new FormData();
  asked.set("csrfmiddlewaretoken", token);
  asked.set("sealed", one.sealed);
  const quietly = { "X-Throughcare-Background": "1" };
  const answer = await fetch("/my/later/open", { method: "POST", body: asked, headers: quietly });
  // Who can't open it may only have come in between: it goes on waiting for its writer.
  if (answer.status === 409) return (await answer.json()).whose === own.content ? "refused" : "later";
  if (!answer.ok) return "later";
  const body = new FormData();
  let path = "";
  for (const [name, value] of (await answer.json()).fields) {
    if (name === "later-path") path = value;
    else body.append(name, value);
  }
  body.set("csrfmiddlewaretoken", token);
  body.set("later_whose", own.content);
  body.set("later_age", String(Math.max(0, Math.round((Date.now() - one.written) / 1000))));
  const sent = await fetch(path, { method: "POST", body, headers: quietly });
  // Every form that was taken leads on to a page; to that of signing in when nobody is here any more.
  if (sent.ok && sent.redirected && !new URL(sent.url).pathname.startsWith("/sign-in")) return "sent";
  return [403, 404, 410, 422].includes(sent.status) ? "refused" : "later";
}

async function whoIsHere() {
  const answer = await fetch("/my/later", { headers: { "X-Throughcare-Background": "1", Accept: "application/json" }, cache: "no-store" });
  const is = answer.headers.get("Content-Type")?.startsWith("application/json");
  return answer.ok && is ? answer.json() : null;
}

async function sendAll() {
  const waiting = (await mine()).filter((one) => !one.refused);
  if (!waiting.length || sending || !navigator.onLine) return;
  sending = true;
  const told = [];
  try {
    // Another may have signed in meanwhile, or nobody may be: then it goes on waiting.
    const here = await whoIsHere();
    if (here?.whose !== own.content) return;
    for (const one of waiting) {
      const came = await sendOne(one, here.token);
      if (came === "sent") {
        await keptStore.drop("waiting", one.key);
        told.push(`${words.sent} ${one.called}, ${clock(one.written)}.`);
      } else if (came === "refused") await keptStore.write("waiting", one.key, { ...one, refused: true });
      else {
        setTimeout(sendAll, RETRY);
        break;
      }
    }
  } catch {
    setTimeout(sendAll, RETRY);
  } finally {
    sending = false;
    await tell(told);
  }
}

let through = null; // the form that is let through: the house was reached a moment ago
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset?.later || form === through || !keptStore.usable || !own) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await isReached()) {
    through = form;
    form.requestSubmit(event.submitter);
  } else await keep(form, event.submitter);
}, true);

if (own && keptStore.usable) {
  tell();
  sendAll();
  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll(); });
}
