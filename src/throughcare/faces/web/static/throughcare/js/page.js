// What every page needs, in one file: each request is a way there and back on a slow line.

// After a form came back with errors, start reading at the list of what to correct.
document.querySelector(".error-summary")?.focus();
document.addEventListener("htmx:after:swap", (event) => {
  event.target.querySelector?.(".error-summary")?.focus();
});

// Hides a field until the answer that asks for it is given. Without script every field is in sight.
function givenTo(name, form) {
  return new FormData(form).getAll(name).map(String);
}

function askOnly(form) {
  for (const field of form.querySelectorAll("[data-asked-by]")) {
    const wanted = field.dataset.askedFor.split(" ");
    const asked = givenTo(field.dataset.askedBy, form).some((value) => wanted.includes(value));
    field.hidden = !asked && !field.querySelector(".field-errors");
  }
}

function askAll(root) {
  for (const form of root.querySelectorAll("form:has([data-asked-by])")) askOnly(form);
}

askAll(document);
document.addEventListener("change", (event) => event.target.form && askOnly(event.target.form));
document.addEventListener("htmx:after:swap", (event) => event.target.querySelectorAll && askAll(event.target));

// Says how many characters still fit, once a long text nears its end.
document.addEventListener("input", (event) => {
  const guidance = document.querySelector(`[data-count-of="${CSS.escape(event.target.id || "-")}"]`);
  if (!guidance) return;
  const most = Number(guidance.dataset.most);
  const left = most - event.target.value.length;
  guidance.textContent =
    left < 0 ? `${-left} characters too many.` : left < most / 5 ? `${left} characters left.` : `Up to ${most} characters.`;
});

// A refused link or button stays in the tab order so that its reason can be read, and does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[aria-disabled=true]")) event.preventDefault();
});

// Opens the browser's print window.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
