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
