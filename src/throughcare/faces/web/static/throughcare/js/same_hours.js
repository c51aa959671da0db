// Offers to copy the first day's hours to the other weekdays. Without script each day is filled in by hand.
for (const week of document.querySelectorAll("[data-same-hours]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-quiet";
  button.textContent = "Same hours Monday to Friday";
  button.addEventListener("click", () => {
    const days = [...week.querySelectorAll(".hours-day")].slice(0, 5);
    const [from, to] = [...days[0].querySelectorAll("input")].map((input) => input.value);
    for (const day of days) {
      const inputs = day.querySelectorAll("input");
      inputs[0].value = from;
      inputs[1].value = to;
    }
  });
  week.querySelector(".hours-day").after(button);
}
