/* The cells of the grid: what is saved, what is drafted, what the server said of it, what is selected.

A cell is named "worker:post:month"; a worker's line of free hours is "worker:0:month" and is only
read. `edits` holds what was typed and is not saved yet, `told` what the server answered for it. */

const LOCKED = new Set(["locked", "outside"]);

export class Sheet {
  constructor(table) {
    this.table = table;
    this.body = table.tBodies[0];
    this.edits = new Map();
    this.told = new Map();
    this.problems = new Map();
    this.unit = "percent";
    this.past = [];
    this.future = [];
    this.onChange = () => {};
    this.onMove = () => {};
    this.index();
  }

  /* Where each row and cell is; again when a row was added. */
  index() {
    this.rows = [...this.body.rows].map((row) => [...row.querySelectorAll("td")]);
    this.places = new Map();
    this.rows.forEach((cells, r) => cells.forEach((cell, c) => this.places.set(cell.dataset.c, [r, c])));
    this.focus ??= [0, 0];
    this.anchor ??= [...this.focus];
    this.cell(this.focus).tabIndex = 0;
  }

  cell([r, c]) { return this.rows[r][c]; }
  at(key) { return this.places.has(key) ? this.cell(this.places.get(key)) : null; }
  get active() { return this.cell(this.focus); }

  base(cell) {
    const { p, h, s, d } = cell.dataset;
    return { percent: p, hours: h, state: s, detail: d };
  }

  /* What a cell holds now: the server's word on the draft, or what is saved. */
  held(cell) { return this.told.get(cell.dataset.c) ?? this.base(cell); }

  text(cell) {
    const key = cell.dataset.c;
    const edit = this.edits.get(key);
    if (edit && (this.problems.has(key) || !edit.answered)) return edit.text;
    return this.held(cell)[this.unit];
  }

  editable(cell) { return cell.getAttribute("aria-readonly") !== "true"; }

  name(cell) {
    const row = cell.parentElement.querySelector("th").textContent.replace(/\s+/g, " ").trim();
    return `${row}, ${this.month(cell)}`;
  }

  month(cell) { return this.table.tHead.rows[0].cells[cell.cellIndex].textContent; }

  /* One step of the history: `typed` is a list of [cell, text]. */
  type(typed) {
    const step = [];
    for (const [cell, text] of typed) {
      if (!this.editable(cell)) continue;
      const key = cell.dataset.c;
      const before = this.edits.get(key) ?? { text: this.base(cell)[this.unit], unit: this.unit };
      if (before.text !== text) step.push({ key, before, after: { text, unit: this.unit } });
    }
    if (!step.length) return;
    this.past.push(step);
    this.future = [];
    this.apply(step, "after");
  }

  undo() { this.travel(this.past, this.future, "before"); }
  redo() { this.travel(this.future, this.past, "after"); }

  travel(from, to, side) {
    const step = from.pop();
    if (!step) return;
    to.push(step);
    this.apply(step, side);
    const place = this.places.get(step[0].key);
    if (place) this.move(place);
  }

  apply(step, side) {
    for (const { key, [side]: edit } of step) {
      if (edit.text === this.base(this.at(key))[edit.unit]) this.edits.delete(key);
      else this.edits.set(key, { ...edit, answered: false });
      this.problems.delete(key);
    }
    this.paint(step.map((one) => one.key));
    this.onChange();
  }

  /* The server's answer to the edits: cells, free hours, and what cannot be. */
  answer({ cells, free, problems }) {
    const before = [...this.told.keys(), ...this.problems.keys()];
    this.told.clear();
    for (const [key, [percent, hours, state, detail]] of Object.entries({ ...cells, ...free })) {
      this.told.set(key, { percent, hours, state, detail });
    }
    this.problems = new Map(problems.map(({ cell, text }) => [cell, text]));
    for (const [key, edit] of this.edits) edit.answered = true;
    this.paint([...before, ...this.told.keys(), ...this.problems.keys(), ...this.edits.keys()]);
  }

  /* What is stored from now on for some cells. The edits given by their key are done, but for what
  was typed or undone on these cells since: it changes what is stored now. */
  store({ cells, free, versions }, done) {
    for (const [key, edit] of done) {
      const now = this.edits.get(key);
      if (now === edit) {
        this.edits.delete(key);
        this.problems.delete(key);
      } else if (!now) {
        const { unit } = edit;
        this.edits.set(key, { text: this.base(this.at(key))[unit], unit, answered: false });
      }
    }
    for (const [key, [p, h, s, d]] of Object.entries({ ...cells, ...free })) {
      const cell = this.at(key);
      if (cell) Object.assign(cell.dataset, { p, h, s, d });
      if (cell && !key.includes(":0:") && LOCKED.has(s)) cell.setAttribute("aria-readonly", "true");
      this.told.delete(key);
    }
    for (const [worker, version] of Object.entries(versions)) {
      this.body.querySelector(`[data-worker="${worker}"]`).dataset.version = version;
    }
    this.paint([...this.places.keys()]);
  }

  paint(keys) {
    for (const key of new Set(keys)) {
      const cell = this.at(key);
      if (!cell || cell.querySelector("input")) continue;
      const held = this.held(cell);
      cell.textContent = this.text(cell);
      cell.className = [
        held.state,
        cell.classList.contains("noted") && "noted",
        cell.classList.contains("selected") && "selected",
        this.edits.has(key) && "changed",
        this.problems.has(key) && "wrong",
      ].filter(Boolean).join(" ");
      cell.title = this.problems.get(key) ?? (held.state ? held.detail : "");
      cell.toggleAttribute("aria-invalid", false);
      if (this.problems.has(key)) cell.setAttribute("aria-invalid", "true");
    }
    this.onMove();
  }

  show(unit) {
    this.unit = unit;
    this.paint([...this.places.keys()]);
  }

  /* Selection: a rectangle between the anchor and the focus. */
  move([r, c], { extend = false, focus = true } = {}) {
    this.active.tabIndex = -1;
    this.focus = [
      Math.min(Math.max(r, 0), this.rows.length - 1),
      Math.min(Math.max(c, 0), this.rows[0].length - 1),
    ];
    if (!extend) this.anchor = [...this.focus];
    for (const cell of this.body.querySelectorAll(".selected")) {
      cell.classList.remove("selected");
      cell.removeAttribute("aria-selected");
    }
    const [top, left, bottom, right] = this.rectangle();
    if (top !== bottom || left !== right) {
      for (const cell of this.selection().flat()) {
        cell.classList.add("selected");
        cell.setAttribute("aria-selected", "true");
      }
    }
    this.active.tabIndex = 0;
    if (focus) this.active.focus();
    this.onMove();
  }

  rectangle() {
    const [[r, c], [a, b]] = [this.focus, this.anchor];
    return [Math.min(r, a), Math.min(c, b), Math.max(r, a), Math.max(c, b)];
  }

  selection() {
    const [top, left, bottom, right] = this.rectangle();
    return this.rows.slice(top, bottom + 1).map((cells) => cells.slice(left, right + 1));
  }

  /* The first column of the selection, or the cell before a single one, over what follows. */
  fillRight() {
    const [, left, , right] = this.rectangle();
    if (right === 0) return;
    const typed = [];
    for (const cells of this.selection()) {
      const first = left === right ? this.rows[this.places.get(cells[0].dataset.c)[0]][left - 1] : cells[0];
      const rest = left === right ? cells : cells.slice(1);
      for (const cell of rest) typed.push([cell, this.text(first)]);
    }
    this.type(typed);
  }

  clear() { this.type(this.selection().flat().map((cell) => [cell, ""])); }
}
