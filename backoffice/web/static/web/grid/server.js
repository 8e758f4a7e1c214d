/* What goes to the server and comes back: the draft after each change, the save, rows and notes. */

const PAUSE = 40;

export function server(form, sheet, commands) {
  const { words } = commands;
  let waiting = null, running = null;

  const written = (edits) => [...edits].map(([key, { text, unit }]) => [key, text, unit]);

  async function send(address, content, signal) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify(content),
      signal,
    });
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    if (answer.redirected) return { status: 0, said: words.session };
    if (!isJson) return { status: answer.status, said: answer.status < 500 ? words.refused : words.offline };
    return { status: answer.status, ...(await answer.json()) };
  }

  async function fragment(address, cell, name) {
    const [worker, post, month] = cell.split(":");
    const url = new URL(address, document.baseURI);
    url.pathname = url.pathname.replace(`/${name}/0/0/`, `/${name}/${worker}/${post}/`);
    if (month) url.searchParams.set("mois", month);
    const answer = await fetch(url);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const holder = document.createElement("template");
    holder.innerHTML = (await answer.text()).trim();
    return holder.content;
  }

  /* No answer to a draft of before counts any more. */
  function forget() {
    clearTimeout(waiting);
    running?.abort();
  }

  /* The last draft alone is asked for. */
  function preview() {
    forget();
    waiting = setTimeout(async () => {
      running = new AbortController();
      const asked = written(sheet.edits);
      try {
        const found = await send(form.dataset.preview, { edits: asked }, running.signal);
        if (found.status === 200) commands.drafted(found);
        else commands.complain(found.said);
      } catch (error) {
        if (error.name !== "AbortError") commands.complain(words.offline);
      }
    }, PAUSE);
  }

  /* The page's state of the workers it changes goes along: it says what had been read. */
  function save(reason, edits) {
    const versions = {}, known = {};
    for (const key of edits.keys()) {
      const [worker] = key.split(":");
      versions[worker] = sheet.body.querySelector(`[data-worker="${worker}"]`).dataset.version;
    }
    for (const [key] of sheet.places) {
      const [worker, post] = key.split(":");
      if (worker in versions && post !== "0") known[key] = sheet.base(sheet.at(key)).hours;
    }
    return send(form.action, { edits: written(edits), versions, known, reason })
      .catch(() => ({ status: 0, said: words.offline }));
  }

  const row = (worker, post) => fragment(form.dataset.row, `${worker}:${post}`, "lignes");
  const notes = (cell) => fragment(form.dataset.notes, cell, "notes");
  return { preview, forget, save, row, notes };
}
