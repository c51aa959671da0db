// Puts a phrase where the words go, and saves the draft when the writer pauses. Without script the buttons do both.
const form = document.querySelector("form[data-draft]");
const said = document.querySelector("[data-saved]");
let waiting = 0;
let stopped = false;
let saving = null;

function insert(button) {
  const [patient, ...words] = button.value.split(":");
  const area = form.querySelector(`textarea[name="p-${patient}-text"]`);
  area.value = `${area.value.trimEnd()} ${words.join(":")}`.trim();
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function takeOver(page) {
  for (const field of form.querySelectorAll("input[type=hidden]:not([name=csrfmiddlewaretoken])")) {
    const fresh = page.querySelector(`form[data-draft] input[name="${CSS.escape(field.name)}"]`);
    if (fresh) field.value = fresh.value;
  }
}

async function save() {
  if (stopped) return;
  const body = new FormData(form);
  body.set("action", "save");
  body.set("quietly", "1");
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
  if (answer.ok) {
    takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
    said.textContent = `Draft saved ${new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" })}`;
  } else {
    stopped = true;
    said.textContent = "Not saved: press Save draft to see why. Your words are still here.";
  }
}

function saveQuietly() {
  saving = save()
    .catch(() => { said.textContent = "Not saved: no connection. It is tried again as you write on."; })
    .finally(() => { saving = null; });
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest(".phrase");
  if (!button) return;
  event.preventDefault();
  insert(button);
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
  clearTimeout(waiting);
  waiting = setTimeout(saveQuietly, 2500);
});

// A save under way is waited for: else the form would be older than its own draft.
form?.addEventListener("submit", async (event) => {
  clearTimeout(waiting);
  if (!saving) return;
  event.preventDefault();
  await saving;
  form.requestSubmit(event.submitter);
});
