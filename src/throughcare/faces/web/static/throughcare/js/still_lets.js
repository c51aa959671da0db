// A page that somebody lets another see closes within a second of being taken back, also while it stands open.
const shown = document.querySelector("[data-still]");
const EVERY = 500;
const kept = shown.innerHTML;
let failed = 0;
let closed = false;

function show(id) {
  shown.replaceChildren(document.getElementById(id).content.cloneNode(true));
}

async function look() {
  if (closed || document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(shown.dataset.still, {
      cache: "no-store",
      headers: { "X-Throughcare-Background": "1" },
      redirect: "manual",
      signal: AbortSignal.timeout(5000),
    });
    if (answer.status === 204) {
      if (failed > 2) shown.innerHTML = kept;
      failed = 0;
      shown.hidden = false;
    } else if (answer.status === 404) {
      closed = true;
      show("no-more");
      shown.hidden = false;
    } else {
      location.reload();
    }
  } catch {
    failed += 1;
    if (failed > 2) {
      show("not-sure");
      shown.hidden = false;
    }
  }
}

async function keepLooking() {
  await look();
  if (!closed) setTimeout(keepLooking, EVERY);
}

// Out of sight it isn't asked about: it shows itself again only after the answer.
document.addEventListener("visibilitychange", () => {
  if (closed) return;
  shown.hidden = true;
  look();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
setTimeout(keepLooking, EVERY);
