// After a form came back with errors, start reading at the list of what to correct.
document.querySelector(".error-summary")?.focus();
document.addEventListener("htmx:after:swap", (event) => {
  event.target.querySelector?.(".error-summary")?.focus();
});
