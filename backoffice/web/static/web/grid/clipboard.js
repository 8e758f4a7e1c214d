/* Copy, cut and paste as a spreadsheet does: rows on lines, cells between tabs. */

const LONGEST_LIST = 5;

export function clipboard(sheet, field, commands) {
  const mine = () => sheet.table.contains(document.activeElement) && !field.isOpen();

  function copied() {
    return sheet.selection().map((cells) => cells.map((cell) => sheet.text(cell)).join("\t")).join("\r\n");
  }

  function parsed(text) {
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    return lines.map((line) => line.split("\t").map((one) => one.trim().replace(/^"(.*)"$/, "$1")));
  }

  /* One copied cell fills the whole selection; a block keeps its shape. */
  function shaped(block) {
    const [top, left, bottom, right] = sheet.rectangle();
    if (block.length > 1 || block[0].length > 1) return block;
    return Array.from({ length: bottom - top + 1 }, () => Array(right - left + 1).fill(block[0][0]));
  }

  function paste(text) {
    const block = shaped(parsed(text));
    const [top, left] = sheet.rectangle();
    const columns = Math.max(...block.map((line) => line.length));
    if (top + block.length > sheet.rows.length || left + columns > sheet.rows[0].length) {
      const size = { rows: block.length, columns };
      return commands.complain(commands.fill(commands.words.tooWide, size));
    }
    const typed = [], skipped = [];
    block.forEach((line, r) => line.forEach((value, c) => {
      const cell = sheet.cell([top + r, left + c]);
      if (sheet.editable(cell)) typed.push([cell, value]);
      else if (value !== sheet.text(cell) && !cell.dataset.c.includes(":0:")) skipped.push(sheet.name(cell));
    }));
    sheet.type(typed);
    const [bottom, right] = [top + block.length - 1, left + columns - 1];
    sheet.anchor = [top, left];
    sheet.move([bottom, right], { extend: true });
    if (skipped.length) {
      const cells = skipped.slice(0, LONGEST_LIST).join(" ; ");
      commands.complain(commands.fill(commands.words.skipped, { count: skipped.length, cells }));
    }
  }

  document.addEventListener("copy", (event) => {
    if (!mine()) return;
    event.clipboardData.setData("text/plain", copied());
    event.preventDefault();
  });
  document.addEventListener("cut", (event) => {
    if (!mine()) return;
    event.clipboardData.setData("text/plain", copied());
    event.preventDefault();
    sheet.clear();
  });
  document.addEventListener("paste", (event) => {
    if (!mine()) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });
}
