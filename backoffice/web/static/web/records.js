/* Lists and forms of records: say how many rows are found, go to the first error, send once. */
"use strict";

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "trouve") return;
  document.getElementById("compte").textContent = document.getElementById("compte-lu").textContent;
});

// The summary of the errors is read first; without one, the first wrong field.
const wrong = document.querySelector("[data-focus]") ?? document.querySelector(".field.wrong input, .field.wrong select");
wrong?.focus();

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = true;
  });
}
// A page that comes back by the back button may be sent again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
});
