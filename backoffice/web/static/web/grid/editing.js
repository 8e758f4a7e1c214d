/* The field that opens in a cell, and the keys of a spreadsheet around it. */

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PAGE = 10;

export function editing(sheet, commands) {
  let field = null;

  function open(text) {
    const cell = sheet.active;
    if (field || !sheet.editable(cell)) {
      if (!field) commands.say(commands.words.readonly);
      return;
    }
    field = document.createElement("input");
    field.value = text ?? sheet.text(cell);
    field.setAttribute("aria-label", sheet.name(cell));
    field.autocomplete = "off";
    field.maxLength = 80;
    cell.replaceChildren(field);
    field.focus();
    if (text === undefined) field.select();
    field.addEventListener("blur", () => close(true));
  }

  function close(keep) {
    if (!field) return;
    const done = field;
    field = null;
    const cell = done.parentElement;
    cell.textContent = "";
    if (keep) sheet.type([[cell, done.value.trim()]]);
    sheet.paint([cell.dataset.c]);
  }

  function inField(event) {
    const steps = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] };
    if (event.key === "Escape") {
      close(false);
      sheet.active.focus();
    } else if (steps[event.key]) {
      close(true);
      const [down, right] = steps[event.key];
      sheet.move([sheet.focus[0] + down, sheet.focus[1] + right]);
    } else return;
    event.preventDefault();
  }

  function travel(event) {
    const [r, c] = sheet.focus;
    const last = [sheet.rows.length - 1, sheet.rows[0].length - 1];
    const control = event.ctrlKey || event.metaKey;
    const places = {
      Home: control ? [0, 0] : [r, 0],
      End: control ? last : [r, last[1]],
      PageUp: [r - PAGE, c],
      PageDown: [r + PAGE, c],
    };
    const step = STEPS[event.key];
    const place = step ? [r + step[0], c + step[1]] : places[event.key];
    if (place) sheet.move(place, { extend: event.shiftKey });
    return Boolean(place);
  }

  function control(event) {
    const key = event.key.toLowerCase();
    const found = { z: event.shiftKey ? "redo" : "undo", y: "redo", r: "fill", s: "save" }[key];
    if (found) commands.run(found);
    else if (key === "a") {
      sheet.anchor = [0, 0];
      sheet.move([sheet.rows.length - 1, sheet.rows[0].length - 1], { extend: true });
    } else return false;
    return true;
  }

  function plain(event) {
    if (event.key === "F2" && event.shiftKey) commands.run("notes");
    else if (event.key === "Enter" || event.key === "F2") open();
    else if (event.key === "Delete" || event.key === "Backspace") sheet.clear();
    else if (event.key === "Escape") sheet.move(sheet.focus);
    else if (event.key.length === 1 && event.key !== " ") open(event.key);
    else return false;
    return true;
  }

  sheet.table.addEventListener("keydown", (event) => {
    if (event.altKey) return;
    if (field) return inField(event);
    const control_ = event.ctrlKey || event.metaKey;
    if (travel(event) || (control_ ? control(event) : plain(event))) event.preventDefault();
  });
  sheet.body.addEventListener("mousedown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.target === field) return;
    event.preventDefault();
    close(true);
    sheet.move(sheet.places.get(cell.dataset.c), { extend: event.shiftKey });
  });
  sheet.body.addEventListener("mouseover", (event) => {
    const cell = event.target.closest("td");
    if (cell && event.buttons === 1 && !field) {
      sheet.move(sheet.places.get(cell.dataset.c), { extend: true, focus: false });
    }
  });
  sheet.body.addEventListener("dblclick", (event) => {
    if (event.target.closest("td")) open();
  });
  // On a touch screen, a second tap on the cell opens it.
  let tapped = null;
  sheet.body.addEventListener("pointerup", (event) => {
    const cell = event.target.closest("td");
    if (event.pointerType === "touch" && cell && cell === tapped && !field) open();
    tapped = cell;
  });
  return { isOpen: () => Boolean(field), close };
}
