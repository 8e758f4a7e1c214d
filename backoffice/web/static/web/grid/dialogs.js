/* The dialogs of the grid: why, split, another row, decisions, and what a colleague saved. */

const byId = (id) => document.getElementById(id);

/* Open a dialog; the promise holds the name of the button, and the focus comes back to the grid. */
export function ask(id, sheet, { check = () => true } = {}) {
  const dialog = byId(id);
  const form = dialog.querySelector("form");
  return new Promise((done) => {
    const refuse = (event) => {
      if (event.submitter?.value && !check(form)) event.preventDefault();
    };
    form.addEventListener("submit", refuse);
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      form.removeEventListener("submit", refuse);
      // Who types in a cell already has not waited for this.
      if (!sheet.table.contains(document.activeElement)) sheet.move(sheet.focus, { extend: true });
      done(dialog.returnValue);
    }, { once: true });
    dialog.showModal();
  });
}

/* Why the allocation changes: an empty reason is asked again. */
export async function askReason(sheet, words) {
  const dialog = byId("enregistrer");
  const field = byId("motif"), wrong = byId("motif-erreur");
  dialog.querySelector("[data-count]").textContent = words;
  wrong.textContent = "";
  const check = () => {
    const filled = field.value.trim() !== "";
    wrong.textContent = filled ? "" : field.labels[0].textContent.trim() + " ?";
    field.toggleAttribute("aria-invalid", false);
    if (!filled) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
    return filled;
  };
  return (await ask("enregistrer", sheet, { check })) === "save" ? field.value.trim() : null;
}

/* Two parts of a month and the day between them, as the text of the cell. */
export async function askSplit(sheet, year) {
  const cell = sheet.active, dialog = byId("scinder");
  const month = Number(cell.dataset.c.split(":")[2]);
  const [before, day, after] = ["scinder-avant", "scinder-jour", "scinder-apres"].map(byId);
  const [first, later] = sheet.text(cell).split("@");
  dialog.querySelector("[data-cell]").textContent = sheet.name(cell);
  before.value = first;
  after.value = later?.split(":")[1] ?? "";
  const two = (number) => String(number).padStart(2, "0");
  day.value = `${two(later ? Number(later.split(":")[0].split("/")[0]) : 15)}/${two(month)}/${year}`;
  if ((await ask("scinder", sheet)) !== "split") return;
  sheet.type([[cell, `${before.value.trim() || 0}@${day.value.trim()}:${after.value.trim() || 0}`]]);
}

export async function askRow(sheet) {
  if ((await ask("ajouter", sheet)) !== "add") return null;
  return [byId("ajouter-travailleur").value, byId("ajouter-poste").value];
}

export function showNotes(sheet, content) {
  byId("notes").querySelector("[data-body]").replaceChildren(content);
  return ask("notes", sheet);
}

/* Theirs and mine side by side; the answer is the set of cells of mine that are given up. Closing
without choosing gives nothing up. */
export async function showConflict(sheet, html) {
  const body = byId("conflit").querySelector("[data-body]");
  body.innerHTML = html;
  const answer = await ask("conflit", sheet);
  const given = answer === "apply" ? [...body.querySelectorAll("[value=theirs]:checked")] : [];
  return new Set(given.map((choice) => choice.name));
}
