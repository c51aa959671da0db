// A refused link or button stays in the tab order so that its reason can be read, and does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[aria-disabled=true]")) event.preventDefault();
});
