/* The data page, second part: what finds, narrows and sorts articles. Nothing here touches the page.
   An article is { row, path, words: its text to search, values: key of a facet → its values }. */
"use strict";

const broadsheetSearch = (() => {
  const NONE = "(none)"; // the value of an article that has none
  const FACETS = [
    { key: "section", label: "Section", column: "section" },
    { key: "agency", label: "Agency", column: "agencies" },
    { key: "author", label: "Author", column: "authors" },
    { key: "year", label: "Year", column: "published_date", read: (value) => value && value.slice(0, 4), newest: true },
    { key: "basis", label: "How the date is known", column: "published_basis" },
  ];
  const order = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });

  /* Upper and lower case, accents and none: all the same. */
  const fold = (value) => value.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const facets = (columns) => FACETS.filter(({ column }) => columns.includes(column));

  function article(columns, [path, ...row]) {
    const values = {};
    for (const { key, column, read } of facets(columns)) {
      const value = row[columns.indexOf(column)];
      const all = (Array.isArray(value) ? value : [read ? read(value) : value]).filter(Boolean);
      values[key] = all.length ? [...new Set(all)] : [NONE];
    }
    return { row, path, values, words: fold(row.map(broadsheetPage.text).join("\n")) };
  }

  function tally(counts, values) {
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  }

  /* All values of one facet → how many articles have each. */
  function values(articles, key) {
    const counts = new Map();
    for (const one of articles) tally(counts, one.values[key]);
    return counts;
  }

  /* The `most` frequent values, in the order in which people look for them. */
  function listed(counts, { newest }, most) {
    const often = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most).map(([value]) => value);
    const compare = newest ? (a, b) => order.compare(b, a) : order.compare;
    return often.sort((a, b) => (a === NONE) - (b === NONE) || compare(a, b));
  }

  /* The articles that hold every word of `query` and fit all `wanted` [key, value]; and for each
     key, how many articles each of its values would leave while the other choices stay. */
  function narrow(articles, query, wanted) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const counts = new Map(wanted.map(([key]) => [key, new Map()]));
    const found = [];
    for (const one of articles) {
      if (!words.every((word) => one.words.includes(word))) continue;
      const missed = wanted.filter(([key, value]) => value && !one.values[key].includes(value));
      if (missed.length === 0) found.push(one);
      for (const [key] of missed.length === 0 ? wanted : missed.length === 1 ? missed : []) tally(counts.get(key), one.values[key]);
    }
    return { found, counts };
  }

  /* Sort by the column at `at`; `sign` is 1 or -1. Empty cells stand last in either direction. */
  function arrange(found, at, sign) {
    const keys = new Map(found.map((one) => [one, broadsheetPage.text(one.row[at])]));
    return found.sort((a, b) => {
      const [left, right] = [keys.get(a), keys.get(b)];
      return !left || !right ? Number(!left) - Number(!right) : sign * order.compare(left, right);
    });
  }

  return { FACETS, facets, article, values, listed, narrow, arrange };
})();
