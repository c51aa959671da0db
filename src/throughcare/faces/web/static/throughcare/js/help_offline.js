// "Get help now" where nothing gets through: says at once that it can't send, and later that it doesn't know.
(() => {
  const form = document.querySelector("form[data-help], [data-help] form");
  const [notSent, slow, back] = ["not-sent", "slow", "back"].map((name) => document.querySelector(`[data-${name}]`));
  if (!form || !notSent) return;
  let pressed = false;
  const show = (one) => {
    for (const other of [notSent, slow, back]) other.hidden = other !== one;
    one?.scrollIntoView({ block: "start" });
    one?.focus();
  };
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      setTimeout(() => show(slow), 4_000);
      return;
    }
    event.preventDefault();
    pressed = true;
    show(notSent);
  });
  // Nothing is sent by itself: whoever pressed may have called somebody since.
  window.addEventListener("online", () => { if (pressed) show(back); });
  window.addEventListener("offline", () => show(notSent));
  if (!navigator.onLine) show(notSent);
})();
