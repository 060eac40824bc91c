/* Runs SQL over a database in memory: sql.js, SQLite compiled to WebAssembly. The page sends {database: address} once,
   then {sql}; it gets {tables}, {columns, rows, more, milliseconds} or {error}. */
"use strict";

importScripts("vendor/sqljs/sql-wasm-browser.js");

const LIMIT = 1000; // rows of an answer
let base = null;

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${new URL(answer.url).pathname} could not be loaded (${answer.status}).`);
  return answer.arrayBuffer();
}

async function open(database) {
  const wasm = new URL("vendor/sqljs/sql-wasm-browser.wasm", location.href);
  const [wasmBinary, bytes] = await Promise.all([read(wasm), read(database)]);
  const { Database } = await initSqlJs({ wasmBinary });
  base = new Database(new Uint8Array(bytes));
  const names = base.exec("select name from sqlite_master where type = 'table' order by rowid");
  const tables = (names[0]?.values ?? []).flat().filter((name) => !/^sqlite_|_fts_/.test(name));
  return { tables: tables.map((name) => [name, columns(name)]) };
}

function columns(name) {
  return (base.exec("select name from pragma_table_info(?)", [name])[0]?.values ?? []).flat();
}

/* Runs all statements; the last one that has columns is the answer. */
function run(sql) {
  const start = performance.now();
  let answer = { columns: [], rows: [], more: false };
  for (const statement of base.iterateStatements(sql)) {
    const rows = [];
    let more = false;
    while (!more && statement.step()) {
      if (rows.length === LIMIT) more = true;
      else rows.push(statement.get().map(plain));
    }
    const names = statement.getColumnNames();
    if (names.length) answer = { columns: names, rows, more };
  }
  return { ...answer, milliseconds: Math.round(performance.now() - start) };
}

const plain = (value) => (value instanceof Uint8Array ? `(${value.length} bytes)` : value);

addEventListener("message", async ({ data }) => {
  try {
    postMessage(data.database ? await open(data.database) : run(data.sql));
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
