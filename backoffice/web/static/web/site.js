/* The explanation of a figure opens beside the table; every link also works as a plain page. */
"use strict";

const panel = document.getElementById("explication");
const body = document.getElementById("explication-corps");

document.body.addEventListener("htmx:beforeSwap", (event) => {
  // A session that has ended answers with the login page: go there instead of showing it inside.
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, document.baseURI).pathname;
  if (new URL(xhr.responseURL).pathname !== asked) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
document.body.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target.closest(".running")) return; // the mark of the bar never leads away
  window.location.assign(event.detail.requestConfig.path);
});

if (panel && body) {
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== body) return;
    if (!panel.open) panel.showModal();
    body.querySelector("#explication-titre")?.focus();
  });
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });
  // Any figure of a row opens the explanation of that row.
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("table.explained tbody td.n");
    if (cell && !event.target.closest("a")) cell.parentElement.querySelector("a.why")?.click();
  });
}

// A form refused comes back with what is wrong: the keyboard and the reader start there.
const refused = document.querySelector("main [role=alert]:not(:empty)");
const [{ responseStatus }] = performance.getEntriesByType("navigation");
if (refused && responseStatus === 422) {
  refused.tabIndex = -1;
  // Once loaded: going to the fragment of the address takes the focus away before.
  window.addEventListener("load", () => requestAnimationFrame(() => refused.focus()));
}

// A menu of the bar closes on a click elsewhere and on Escape, which goes back to its name.
const close = () => document.querySelector(".menu[open]")?.removeAttribute("open");
document.addEventListener("click", (event) => {
  if (!event.target.closest(".menu[open]")) close();
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.activeElement?.closest(".menu[open]");
  if (open) {
    close();
    open.firstElementChild.focus();
  }
});

// One tick for every open warning.
for (const box of document.querySelectorAll("[data-tick-all]")) {
  box.closest("label").hidden = false;
  box.addEventListener("change", () => {
    for (const one of box.form.querySelectorAll("[name=subject]")) one.checked = box.checked;
  });
}

// A slider says where it stands while it moves, and when the browser puts it back.
const say = (slider) => {
  const said = document.querySelector(`output[for="${slider.id}"]`);
  if (said) said.value = slider.value;
};
document.addEventListener("input", (event) => {
  if (event.target.matches("input[type=range]")) say(event.target);
});
window.addEventListener("pageshow", () => {
  for (const one of document.querySelectorAll("input[type=range]")) say(one);
});

// A file too large is said beside its field before anything is sent: the form keeps its answers.
document.addEventListener("change", (event) => {
  const field = event.target.closest("input[type=file][data-max-bytes]");
  if (!field) return;
  const large = [...field.files].some((file) => file.size > Number(field.dataset.maxBytes));
  field.setCustomValidity(large ? field.dataset.tooLarge : "");
  if (large) field.reportValidity();
});

// "/" goes to the search of the bar, except where one is writing.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, select, textarea, [contenteditable], [role=grid]");
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || writing) return;
  const field = document.getElementById("chercher");
  if (!field) return;
  event.preventDefault();
  field.focus();
});
