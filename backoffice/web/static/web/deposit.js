/* Files dropped in the frame fill its real field; each is named, with why it would be refused. */
"use strict";

for (const form of document.querySelectorAll("[data-deposit]")) {
  const field = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-chosen]");
  const most = Number(field.dataset.mostBytes);

  const fault = (file) => {
    if (file.size > most) return form.dataset.tooLarge;
    return /\.(xlsx|xml)$/i.test(file.name) ? "" : form.dataset.wrong;
  };

  const choose = (files) => {
    // A file that would be refused is named and never sent: it may be hundreds of megabytes.
    const kept = new DataTransfer();
    list.replaceChildren();
    for (const file of files) {
      const line = document.createElement("li");
      const words = fault(file);
      line.textContent = words ? `${file.name} ${words}` : file.name;
      line.className = words ? "field-error" : "";
      list.append(line);
      if (!words) kept.items.add(file);
    }
    field.files = kept.files;
  };

  field.addEventListener("change", () => choose([...field.files]));
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over-it");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    form.addEventListener(name, () => form.classList.remove("over-it"));
  }
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    choose([...event.dataTransfer.files]);
    field.focus();
  });
}
