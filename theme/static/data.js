/* The data page, first part: what the others share, and the button that copies the citation.
   Without JavaScript the page is a plain table with links. Whatever comes from articles is set
   as text, never as markup; nothing is asked of another host. */
"use strict";

const broadsheetPage = (() => {
  const RISKY = /^(?:['=+\-@ |%\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]|[\p{C}\p{Z}])/u;

  /* element("a", {class: "on", href: "…"}, "text", otherElement): attributes, then children. */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function button(text, work, attributes = {}) {
    const made = element("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", work);
    return made;
  }

  const text = (value) => {
    if (value === null || value === undefined) return "";
    return Array.isArray(value) ? value.join("; ") : String(value);
  };

  /* As the exported CSV: a cell that a spreadsheet may take for a formula begins with ', lists are joined by "; ". */
  function cell(value) {
    if (typeof value === "number") return String(value);
    const escaped = Array.isArray(value) ? value.map((one) => one.replace(/[\\;]/g, "\\$&")) : value;
    const plain = text(escaped);
    const guarded = RISKY.test(plain) ? `'${plain}` : plain;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  }

  const csv = (columns, rows) => [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");

  function download(name, content) {
    const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  /* Where the page is not served over https, browsers give no clipboard, but copy what is selected. */
  async function copy(source) {
    try {
      await navigator.clipboard.writeText(source.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(source);
      return document.execCommand("copy");
    }
  }

  /* The state of the page stands in the address after "#", as section=News&sort=headline. */
  const state = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");

  function keep(changes) {
    const now = state();
    for (const [key, value] of Object.entries(changes)) {
      if (value) now.set(key, value);
      else now.delete(key);
    }
    if (String(now) === String(state())) return;
    history.replaceState(null, "", String(now) ? `#${now}` : location.pathname + location.search);
  }

  /* Do the work when somebody comes near the element, and not before. */
  function near(where, work) {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      watch.disconnect();
      work();
    }, { rootMargin: "1000px" });
    watch.observe(where);
  }

  const cite = document.getElementById("citation");
  if (cite) near(cite, () => {
    const told = element("span", { role: "status", class: "told" });
    const work = async () => {
      told.textContent = (await copy(cite)) ? "Copied." : "The citation is selected: copy it with your keyboard.";
    };
    cite.after(element("p", { class: "buttons" }, button("Copy the citation", work), told));
  });

  return { element, button, text, csv, download, state, keep, near, number: (count) => count.toLocaleString("en") };
})();
