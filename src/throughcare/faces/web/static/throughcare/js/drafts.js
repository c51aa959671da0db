// Puts a phrase where the words go, and saves the draft every few seconds. Without script the buttons do both.
// What was sent and not answered is sent again just as it was, under its own key: it arrives once.
const form = document.querySelector("form[data-draft]");
const said = document.querySelector("[data-saved]");
const PAUSE = 2500; // after the last key
const LATEST = 5000; // while somebody goes on writing
const RETRY = 5000;
const LOOK = 15000; // for what somebody else writes meanwhile
let waiting = 0;
let since = 0; // when the first unsaved key was pressed; 0 when all is saved
// Where two wrote, nothing is saved before the writer has chosen.
let stopped = form?.querySelector("button[name=take]") !== null;
let saving = null;
let unanswered = null;
let leaving = false;

const tell = (words) => { if (said) said.textContent = words; };
const clock = () => new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

function insert(button) {
  const [patient, ...words] = button.value.split(":");
  const area = form.querySelector(`textarea[name="p-${patient}-text"]`);
  area.value = `${area.value.trimEnd()} ${words.join(":")}`.trim();
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const shownBy = (field) => (isTick(field) ? field.checked : field.value);
const sentBy = (field, sent) => (isTick(field) ? sent.getAll(field.name).includes(field.value) : sent.get(field.name));
// What is stored has no blanks at its ends: that is no change.
const same = (one, other) => one === other || (typeof one === "string" && one.trim() === other?.trim());

function twin(field, page) {
  const named = page.querySelectorAll(`form[data-draft] [name="${CSS.escape(field.name)}"]`);
  return [...named].find((one) => !isTick(field) || one.value === field.value);
}

// What is stored by now comes into the page, the other writer's words too; words typed since it was sent stay.
// Where both changed, the part keeps the version that was seen, so that the next save shows both.
// Says whether any words on the page are new.
function takeOver(page, sent) {
  let news = false;
  for (const part of form.querySelectorAll("section[id^=part-]")) {
    const fields = [...part.querySelectorAll("input, textarea, select")];
    const written = fields.filter((field) => field.type !== "hidden");
    const pairs = written.map((field) => [field, twin(field, page)]).filter(([, fresh]) => fresh);
    const typed = ([field]) => shownBy(field) !== sentBy(field, sent);
    const changed = ([field, fresh]) => !same(shownBy(fresh), sentBy(field, sent));
    if (pairs.some((pair) => typed(pair) && changed(pair))) continue;
    for (const pair of pairs.filter((one) => !typed(one) && changed(one))) {
      news = true;
      if (isTick(pair[0])) pair[0].checked = pair[1].checked;
      else pair[0].value = pair[1].value;
    }
    for (const field of fields) {
      const fresh = field.type === "hidden" && twin(field, page);
      if (fresh) field.value = fresh.value;
    }
  }
  const key = page.querySelector("form[data-draft] > input[name=once]");
  if (key) form.querySelector("input[name=once]").value = key.value;
  return news;
}

async function save() {
  if (stopped) return;
  const body = unanswered ?? new FormData(form);
  body.set("action", "save");
  body.set("quietly", "1");
  unanswered = body;
  const begun = since;
  since = 0;
  let answer, words;
  try {
    answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    words = await answer.text();
  } catch (cut) {
    since ||= begun || Date.now();
    throw cut;
  }
  unanswered = null;
  if (answer.ok) {
    takeOver(new DOMParser().parseFromString(words, "text/html"), body);
    if (!since) tell(`Draft saved ${clock()}`);
  } else {
    stopped = true;
    tell("Not saved: press Save draft to see why. Your words are still here.");
  }
}

function saveQuietly() {
  clearTimeout(waiting);
  if (saving) return saving;
  const again = unanswered !== null;
  saving = save()
    .then(() => { if (again && !stopped) later(0); }, () => {
      tell("No connection. Your words are still here; they are saved when it is back.");
      later(RETRY);
    })
    .finally(() => { saving = null; });
  return saving;
}

function later(wait) {
  clearTimeout(waiting);
  waiting = setTimeout(saveQuietly, wait);
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest(".phrase[name=phrase]");
  if (!button) return;
  event.preventDefault();
  insert(button);
});

// What a colleague wrote comes into the page of somebody who only reads or pauses.
let seen = "";
async function look() {
  if (document.hidden || stopped || saving || since || unanswered || leaving || !navigator.onLine) return;
  const before = new FormData(form);
  const asked = `${location.pathname}?seen=${encodeURIComponent(seen)}`;
  const answer = await fetch(asked, { headers: { "X-Throughcare-Background": "1" }, redirect: "error" });
  if (answer.status !== 200) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (saving || unanswered || leaving || !page.querySelector("form[data-draft]")) return;
  seen = answer.headers.get("X-Notes-Mark") ?? "";
  if (takeOver(page, before)) tell(`A colleague wrote here: their words are in the page (${clock()})`);
}
if (form) setInterval(() => { look().catch(() => {}); }, LOOK);

// A second tap on a level takes it back.
let levelBefore = null;
form?.addEventListener("pointerdown", (event) => {
  const level = event.target.closest(".seen-levels label")?.querySelector("input");
  levelBefore = level?.checked ? level : null;
});
form?.addEventListener("click", (event) => {
  if (event.target !== levelBefore) return;
  levelBefore = null;
  event.target.checked = false;
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

// One stop of the Tab key for each person's phrases; the arrows walk among them.
for (const group of document.querySelectorAll(".phrases")) {
  const buttons = [...group.querySelectorAll(".phrase")];
  buttons.forEach((button, place) => { button.tabIndex = place ? -1 : 0; });
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
}

form?.addEventListener("input", () => {
  since ||= Date.now();
  later(Math.max(0, Math.min(PAUSE, since + LATEST - Date.now())));
});

window.addEventListener("online", () => { if (since || unanswered) saveQuietly(); });

// What isn't saved yet is saved first: a save under way would make the form older than its own draft, and without a
// connection the browser would put a page of its own in the place of the words.
form?.addEventListener("submit", async (event) => {
  const unsaved = since || unanswered || saving;
  if (leaving || (navigator.onLine && (stopped || !unsaved))) return;
  clearTimeout(waiting);
  event.preventDefault();
  await saveQuietly();
  if (unanswered || !navigator.onLine) {
    tell("No connection. Your words are still here; they are saved when it is back.");
    return;
  }
  leaving = true;
  form.requestSubmit(event.submitter);
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && (unanswered || (since && !navigator.onLine))) event.preventDefault();
});
