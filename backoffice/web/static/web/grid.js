/* The allocation grid: a spreadsheet over the assignments of a year. Nothing is written until it is
saved with a reason; the server says, after each change, what the draft would give. */

import { clipboard } from "./grid/clipboard.js";
import { askReason, askRow, askSplit, showConflict, showNotes } from "./grid/dialogs.js";
import { editing } from "./grid/editing.js";
import { server } from "./grid/server.js";
import { Sheet } from "./grid/sheet.js";

const byId = (id) => document.getElementById(id);
const form = byId("outils");
const table = document.querySelector("table.grid");
if (form && table) start();

function start() {
  const words = { ...byId("mots").dataset };
  const sheet = new Sheet(table);
  const [detail, said, problems, totals] = ["detail", "dit", "problemes", "totaux"].map(byId);
  const year = Number(form.dataset.year);
  const button = (name) => form.querySelector(`[data-do="${name}"]`);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  const say = (text) => { said.textContent = text; };
  /* A problem in words, and the justification to correct first where there is one. */
  function complaint({ text, page, link }) {
    const item = Object.assign(document.createElement("li"), { textContent: text });
    if (page) item.append(" ", Object.assign(document.createElement("a"), { href: page, textContent: link }));
    return item;
  }

  function complain(text, list = []) {
    const items = list.map(complaint);
    const block = document.createElement("div");
    block.className = "alert error";
    block.append(Object.assign(document.createElement("p"), { textContent: text }));
    if (items.length) {
      const names = document.createElement("ul");
      names.append(...items);
      block.append(names);
    }
    problems.replaceChildren(...(text ? [block] : []));
  }

  function drafted(found) {
    sheet.answer(found);
    for (const [key, edit] of sheet.edits) {
      const cell = sheet.at(key);
      const same = sheet.told.get(key)?.hours === sheet.base(cell).hours;
      if (edit.answered && same && !sheet.problems.has(key)) sheet.edits.delete(key);
    }
    sheet.paint([...sheet.places.keys()].filter((key) => sheet.told.has(key)));
    totals.innerHTML = found.totals;
    complain(found.problems.length ? words.correct : "", found.problems);
    say([found.said, ...found.problems.map((one) => one.text)].join(" "));
    refresh();
  }

  function refresh() {
    const count = sheet.edits.size;
    button("save").disabled = !count;
    button("save").querySelector(".count").textContent = count ? ` (${count})` : "";
    button("undo").disabled = !sheet.past.length;
    button("redo").disabled = !sheet.future.length;
  }

  async function save() {
    if (!sheet.edits.size) return say(words.nothing);
    if (sheet.problems.size) return complain(words.correct, [...sheet.problems.values()].map((text) => ({ text })));
    const sent = new Map(sheet.edits); // what is asked about is what is saved, whatever is typed next
    const count = sent.size;
    const waiting = count === 1 ? words.waitingOne : fill(words.waiting, { count });
    const reason = await askReason(sheet, waiting);
    if (reason === null) return;
    const found = await remote.save(reason, sent);
    remote.forget();
    if (found.status === 200) return saved(found, sent);
    if (found.status === 409) return moved(found);
    if (found.problems) {
      sheet.problems = new Map(found.problems.map(({ cell, text }) => [cell, text]));
      sheet.paint(sent.keys());
    }
    complain(found.said, found.problems);
  }

  function saved(found, sent) {
    sheet.store(found, sent);
    for (const key of Object.keys(found.notes)) sheet.at(key)?.classList.add("noted");
    byId("motif").value = "";
    totals.innerHTML = found.totals;
    complain("");
    say(found.said);
    detail.textContent = found.said;
    refresh();
    if (sheet.edits.size) remote.preview();
  }

  /* A colleague was first: what is saved is shown, mine stay in the grid, nothing is chosen for us. */
  async function moved(found) {
    const rows = [...new Set(Object.keys(found.cells).map((key) => key.split(":").slice(0, 2).join(":")))];
    for (const key of rows) if (!sheet.at(`${key}:1`)) await add(...key.split(":"));
    const dropped = await showConflict(sheet, found.conflict);
    sheet.store(found, new Map([...dropped].map((key) => [key, sheet.edits.get(key)])));
    say(words.kept);
    remote.preview();
    refresh();
  }

  async function add(worker, post) {
    if (!sheet.at(`${worker}:${post}:1`)) {
      const row = await remote.row(worker, post);
      if (sheet.at(`${worker}:${post}:1`)) return;
      const mine = [...sheet.body.querySelectorAll(`[data-block="${worker}"], [data-worker="${worker}"]`)];
      mine.at(-1).after(row);
      const place = sheet.active.dataset.c;
      sheet.index();
      sheet.active.tabIndex = -1;
      sheet.focus = sheet.places.get(place);
      sheet.anchor = [...sheet.focus];
    }
    sheet.move(sheet.places.get(`${worker}:${post}:1`));
  }

  let saving = Promise.resolve();
  const actions = {
    undo: () => sheet.undo(),
    redo: () => sheet.redo(),
    fill: () => sheet.fillRight(),
    save: () => (saving = saving.then(save, save)),
    split: () => (sheet.editable(sheet.active) ? askSplit(sheet, year) : say(words.readonly)),
    add: async () => {
      const asked = await askRow(sheet);
      if (asked) await add(...asked);
    },
    notes: async () => {
      const key = sheet.active.dataset.c;
      const found = key.includes(":0:") ? null : await remote.notes(key);
      if (found && key === sheet.active.dataset.c) await showNotes(sheet, found);
    },
    unit: () => {
      const hours = sheet.unit === "percent";
      button("unit").setAttribute("aria-pressed", String(hours));
      sheet.show(hours ? "hours" : "percent");
    },
  };
  async function run(name) {
    try {
      await actions[name]();
    } catch {
      complain(words.offline);
    }
    refresh();
  }

  const commands = { words, fill, say, complain, drafted, run };
  const remote = server(form, sheet, commands);
  const field = editing(sheet, commands);
  clipboard(sheet, field, commands);

  sheet.onChange = () => {
    refresh();
    remote.preview();
  };
  sheet.onMove = () => {
    const cell = sheet.active;
    const wrong = sheet.problems.get(cell.dataset.c);
    const held = sheet.held(cell);
    const colon = document.documentElement.lang === "nl" ? ": " : "\u00a0: ";
    // A split month says the share of each of its stretches in its detail.
    const unit = held.percent && !held.percent.includes("@") ? `${held.percent} %. ` : "";
    const noted = cell.classList.contains("noted") ? ` ${words.noted}` : "";
    detail.textContent = wrong ?? `${sheet.name(cell)}${colon}${unit}${held.detail}${noted}`;
    detail.classList.toggle("tone-error", Boolean(wrong));
    table.querySelector("[aria-describedby]")?.removeAttribute("aria-describedby");
    cell.setAttribute("aria-describedby", "detail");
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name) run(name);
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    if (cell && cell !== sheet.active) sheet.move(sheet.places.get(cell.dataset.c), { focus: false });
  });
  // A tab that closes with changes on it asks first.
  window.addEventListener("beforeunload", (event) => {
    if (sheet.edits.size) event.preventDefault();
  });
  form.hidden = false;
  document.querySelector(".one-cell").hidden = !document.querySelector(".one-cell .errors, .one-cell .field-error");
  refresh();
  sheet.onMove();
}
