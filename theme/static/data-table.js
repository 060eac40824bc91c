/* The data page, third part: all articles in the place of the first rows, to search, narrow, sort and turn pages. */
"use strict";

(() => {
  const { element, button, text, csv, download, state, keep, near, number } = broadsheetPage;
  const { FACETS, facets } = broadsheetSearch;
  const PAGE = 25;
  const UNASKED = 3e6; // bytes that are loaded without a question
  const OPTIONS = 300; // of one choice; who wants a rarer one searches
  const table = document.querySelector("table[data-articles]");
  if (!table) return;

  const frame = table.closest(".table-frame");
  const heads = [...table.tHead.rows[0].cells];
  const shown = heads.map((head) => head.textContent);
  const status = element("p", { role: "status", class: "told" });
  const panel = element("div", { class: "panel", role: "search", "aria-label": "Articles" });
  const search = element("input", { type: "search", id: "find", autocomplete: "off", spellcheck: "false" });
  const choices = new Map(); // key of a facet → its <select>
  const pagers = [];
  let columns = [];
  let articles = [];
  let found = [];
  let page = 1;
  let sort = "";

  function recount(choice, counts) {
    for (const option of choice.options) {
      if (!option.value) continue;
      const count = counts.get(option.value) || 0;
      option.textContent = `${option.value} (${number(count)})`;
    }
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(Math.max(1, page), pages);
    table.tBodies[0].replaceChildren(...found.slice((page - 1) * PAGE, page * PAGE).map(line));
    heads.forEach((head, at) => {
      const name = shown[at];
      const way = sort === name ? "ascending" : sort === `-${name}` ? "descending" : "none";
      head.setAttribute("aria-sort", way);
    });
    for (const { nav, back, where, on } of pagers) {
      nav.hidden = pages === 1;
      back.setAttribute("aria-disabled", page === 1);
      on.setAttribute("aria-disabled", page === pages);
      where.textContent = `Page ${number(page)} of ${number(pages)}`;
    }
    tell(pages);
  }

  function tell(pages) {
    const all = number(articles.length);
    const count = found.length === articles.length ? `${all} articles` : `${number(found.length)} of ${all} articles`;
    const by = sort ? `, sorted by ${sort.replace(/^-/, "")}, ${sort.startsWith("-") ? "descending" : "ascending"}` : "";
    status.textContent = `${count}${by}${pages > 1 ? `, page ${number(page)} of ${number(pages)}` : ""}.`;
  }

  function line({ row, path }) {
    const cells = shown.map((name) => {
      const value = text(row[columns.indexOf(name)]);
      const linked = name === "headline" && /^articles\/[a-z0-9-]+\.html$/.test(path);
      return element("td", {}, linked ? element("a", { href: table.dataset.root + path }, value) : value);
    });
    return element("tr", {}, ...cells);
  }

  function show() {
    const narrowed = broadsheetSearch.narrow(articles, search.value, [...choices].map(([key, choice]) => [key, choice.value]));
    const at = columns.indexOf(sort.replace(/^-/, ""));
    found = at < 0 ? narrowed.found : broadsheetSearch.arrange(narrowed.found, at, sort.startsWith("-") ? -1 : 1);
    for (const [key, choice] of choices) recount(choice, narrowed.counts.get(key));
    draw();
  }

  function changed() {
    page = 1;
    show();
    remember();
  }

  function remember() {
    const kept = { q: search.value.trim(), sort, page: page > 1 ? String(page) : "" };
    for (const [key, choice] of choices) kept[key] = choice.value;
    keep(kept);
  }

  function recall() {
    const wanted = state();
    search.value = wanted.get("q") || "";
    sort = wanted.get("sort") || "";
    page = Number.parseInt(wanted.get("page"), 10) || 1;
    for (const [key, choice] of choices) {
      const value = wanted.get(key) || "";
      if (value && ![...choice.options].some((option) => option.value === value)) choice.append(element("option", { value }));
      choice.value = value;
    }
    show();
  }

  function clear() {
    search.value = "";
    sort = "";
    for (const choice of choices.values()) choice.value = "";
    changed();
    search.focus();
  }

  function turn(by, control) {
    if (control.getAttribute("aria-disabled") === "true") return;
    page += by;
    draw();
    remember();
  }

  /* The pager below the table leads back to its top, and the focus goes to the one above. */
  function pager(below) {
    const up = (by) => {
      if (!below) return;
      frame.scrollIntoView();
      (by < 0 ? pagers[0].back : pagers[0].on).focus({ preventScroll: true });
    };
    const press = (by) => ({ currentTarget }) => {
      const before = page;
      turn(by, currentTarget);
      if (page !== before) up(by);
    };
    const back = button("Previous", press(-1));
    const on = button("Next", press(1));
    const where = element("span", {});
    const nav = element("nav", { class: "buttons turner", "aria-label": below ? "Pages, below the table" : "Pages" }, back, where, on);
    pagers.push({ nav, back, where, on });
    return nav;
  }

  function choice(facet) {
    const counts = broadsheetSearch.values(articles, facet.key);
    if (counts.size < 2) return "";
    const made = element("select", { id: `by-${facet.key}` }, element("option", { value: "" }, "All"));
    made.append(...broadsheetSearch.listed(counts, facet, OPTIONS).map((value) => element("option", { value }, value)));
    made.addEventListener("change", changed);
    choices.set(facet.key, made);
    return element("div", {}, element("label", { for: made.id }, facet.label), made);
  }

  function sortable(head, at) {
    const name = shown[at];
    if (!columns.includes(name)) return;
    const first = name === "published_date" ? `-${name}` : name;
    const second = first === name ? `-${name}` : name;
    const work = () => {
      sort = sort === first ? second : sort === second ? "" : first;
      changed();
    };
    head.replaceChildren(button(name, work));
  }

  function receive(data) {
    columns = data.columns.slice(1);
    articles = data.rows.map((row) => broadsheetSearch.article(columns, row));
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(changed, 120);
    });
    heads.forEach(sortable);
    const asked = element("div", { class: "asked" }, element("label", { for: "find" }, "Search headlines, names, places and tags"), search);
    panel.replaceChildren(asked, ...facets(columns).map(choice));
    const save = () => download("articles-selection.csv", csv(["path", ...columns], found.map((one) => [one.path, ...one.row])));
    const buttons = element("p", { class: "buttons" }, button("Clear", clear), button("Download these rows (CSV)", save));
    const bar = element("div", { class: "bar" }, status, pager(false), buttons);
    frame.before(panel, bar);
    frame.after(pager(true));
    document.getElementById("first-rows")?.remove();
    recall();
    addEventListener("hashchange", recall);
    frame.setAttribute("data-ready", "");
  }

  function load() {
    window.broadsheetArticles = receive;
    const script = element("script", { src: table.dataset.articles });
    const lost = () => {
      status.textContent = "The list of all articles could not be loaded; these are the first.";
      frame.before(status);
    };
    script.addEventListener("error", lost);
    document.head.append(script);
  }

  const wanted = ["q", "sort", "page", ...FACETS.map(({ key }) => key)].some((key) => state().has(key));
  if (wanted) {
    document.getElementById("preview").scrollIntoView();
    load();
  } else if (Number(table.dataset.bytes) > UNASKED) {
    const ask = button(`Search all ${number(Number(table.dataset.rows))} articles (loads ${table.dataset.size})`, () => {
      ask.closest("p").remove();
      load();
    });
    frame.before(element("p", { class: "buttons" }, ask));
  } else near(table, load);
})();
