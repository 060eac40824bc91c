/* The data page, fourth part: a box for SQL. SQLite and the database are loaded when the first query runs, and they
   work in a thread of their own, so that a slow query can be stopped. */
"use strict";

(() => {
  const { element, button, text, csv, download, state, keep, number } = broadsheetPage;
  const LONGEST = 2000; // characters of a cell on the page; a download has them all
  const EXAMPLES = [
    ["Articles a year", "select published_year as year, count(*) as articles\nfrom articles group by year order by year"],
    ["Authors by section", "select author, section, count(*) as articles\nfrom article_authors join articles on articles.id = article_authors.article\ngroup by author, section order by articles desc, author limit 50"],
    ["How dates are known", "select coalesce(published_basis, 'not recorded') as basis, count(*) as articles\nfrom articles group by basis order by articles desc"],
    ["The longest articles", "select headline, published_date, words\nfrom articles order by words desc limit 10"],
    ["Words in headlines and summaries", "select headline, published_date from articles\nwhere rowid in (select rowid from articles_fts where articles_fts match 'bridge OR tide*')\norder by published_date desc"],
  ];
  const section = document.querySelector("section[data-database]");
  if (!section) return;
  const here = new URL(".", document.currentScript.src);
  const status = element("p", { role: "status", class: "told" });

  if (location.protocol === "file:") {
    status.textContent = "Opened from a disk, a page can read no database: serve the paper (broadsheet serve) and a query box stands here.";
    section.append(status);
    return;
  }

  const box = element("textarea", { id: "sql", rows: "7", spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
  const run = button("Run", ask, { class: "main" });
  const stop = button("Stop", halt, { hidden: "" });
  const save = button("Download the result (CSV)", () => download("query-result.csv", csv(result.columns, result.rows)), { hidden: "" });
  const tables = element("details", {}, element("summary", {}, "Tables and columns"), element("p", {}, "Loading the database …"));
  const results = element("div", { class: "table-frame", role: "region", "aria-label": "Result", tabindex: "0", hidden: "" });
  let result = { columns: [], rows: [] };
  let worker = null;
  let waiting = null; // the one who waits for the worker's next word
  let loading = null; // the promise of the database
  let running = false;

  function send(message) {
    return new Promise((resolve) => {
      waiting = resolve;
      worker.postMessage(message);
    });
  }

  /* Whether the database is there; asked twice, it is loaded once. */
  function opened() {
    loading ??= start();
    return loading;
  }

  async function start() {
    worker = new Worker(new URL("data-query-worker.js", here));
    worker.addEventListener("message", ({ data }) => waiting(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      waiting({ error: "The query engine could not be loaded." });
    });
    const answer = await send({ database: new URL(section.dataset.database, document.baseURI).href });
    if (answer.error) {
      close();
      fail(answer.error);
      return false;
    }
    const names = answer.tables.map(([name, columns]) => element("li", {}, element("code", {}, name), `: ${columns.join(", ")}`));
    tables.lastChild.replaceWith(element("ul", {}, ...names));
    return true;
  }

  function close() {
    worker?.terminate();
    worker = loading = null;
  }

  async function ask() {
    if (!box.value.trim() || running) return;
    keep({ sql: box.value.trim() });
    busy(true);
    status.textContent = "Loading the database …";
    if (await opened()) {
      status.textContent = "Running …";
      answer(await send({ sql: box.value }));
    }
    busy(false);
  }

  function busy(now) {
    running = now;
    stop.hidden = !now;
    run.setAttribute("aria-disabled", now);
  }

  function halt() {
    close();
    waiting?.({ error: "Stopped." });
  }

  function fail(message) {
    status.textContent = message;
    results.hidden = save.hidden = true;
  }

  function answer(data) {
    if (data.error) return fail(data.error);
    result = data;
    const rows = data.rows.length === 1 ? "1 row" : `${number(data.rows.length)} rows`;
    status.textContent = `${rows} in ${number(data.milliseconds)} ms.${data.more ? " There are more: add a limit to see others." : ""}`;
    const numbers = data.columns.map((_, at) => data.rows.some((row) => typeof row[at] === "number"));
    const head = element("tr", {}, ...data.columns.map((name, at) => element("th", { scope: "col", class: numbers[at] ? "number" : "" }, name)));
    const lines = data.rows.map((row) => element("tr", {}, ...row.map(shown)));
    results.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines)));
    results.hidden = save.hidden = data.columns.length === 0;
  }

  function shown(value) {
    if (value === null) return element("td", { class: "null" }, "null");
    const whole = text(value);
    const cut = whole.length > LONGEST ? `${whole.slice(0, LONGEST)} …` : whole;
    return element("td", typeof value === "number" ? { class: "number" } : {}, cut);
  }

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  });
  tables.addEventListener("toggle", () => tables.open && opened());
  const examples = EXAMPLES.map(([name, sql]) => {
    const work = () => {
      box.value = sql;
      ask();
    };
    return button(name, work);
  });
  const label = element("label", { for: "sql" }, "Query in SQL");
  const hint = element("span", { class: "hint" }, " Ctrl+Enter runs it.");
  const parts = [
    element("p", { class: "buttons", role: "group", "aria-label": "Examples" }, "Examples: ", ...examples),
    element("div", { class: "asked" }, label, hint, box),
    element("p", { class: "buttons" }, run, stop, save),
    status, results, tables,
  ];
  const what = `The query box (its first query loads SQLite, 0.7 MB, and the database, ${section.dataset.size})`;
  const opener = element("details", { class: "query" }, element("summary", {}, what));
  opener.addEventListener("toggle", () => opener.append(...parts), { once: true });
  const asked = state().get("sql");
  box.value = asked || EXAMPLES[0][1]; // a query from an address waits for Run
  opener.open = Boolean(asked);
  section.append(opener);
})();
