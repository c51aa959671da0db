// Attendance without a connection: a tap is kept in the page, said so, and sent once when the connection is back.
const kept = new Map(); // by form: its address, what it sends under its own key, and who it is about
const RETRY = 5000;
let sending = false;

function line() {
  let said = document.querySelector("[data-kept-taps]");
  if (!said) {
    said = document.createElement("p");
    said.dataset.keptTaps = "";
    said.className = "notice notice-watch";
    said.setAttribute("role", "status");
    document.querySelector("main").prepend(said);
  }
  return said;
}

function tell() {
  const names = [...kept.values()].map((tap) => tap.words);
  line().textContent = names.length ? `No connection. Kept in this page, and sent when it is back: ${names.join("; ")}.` : "";
  line().hidden = !names.length;
}

function keep(form, submitter) {
  const row = form.closest(".door-row");
  const name = row.querySelector(".door-name b")?.textContent ?? "";
  const body = new FormData(form, submitter);
  kept.set(row.id, { address: form.getAttribute("action"), body, words: `${name}, ${submitter?.textContent ?? ""}` });
  tell();
  setTimeout(sendAll, RETRY);
}

async function sendAll() {
  if (sending || !kept.size || !navigator.onLine) return;
  sending = true;
  try {
    for (const [row, tap] of [...kept]) {
      const answer = await fetch(tap.address, { method: "POST", body: tap.body });
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      if (kept.get(row) === tap) kept.delete(row);
    }
    location.reload();
  } catch {
    setTimeout(sendAll, RETRY);
  } finally {
    sending = false;
    tell();
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest(".door-row") || navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  keep(event.target, event.submitter);
}, true);

document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail;
  const form = ctx?.sourceElement;
  if (error instanceof TypeError && form?.matches?.(".door-row form")) keep(form, ctx.sourceEvent?.submitter);
});

window.addEventListener("online", sendAll);
window.addEventListener("beforeunload", (event) => { if (kept.size && !sending) event.preventDefault(); });
