// Loaded by `node --require`: better-sqlite3 writes the beginning of each statement to the file named by BOOKS_TRACE.
const fs = require("node:fs");
const Module = require("node:module");

const load = Module._load;
const file = process.env.BOOKS_TRACE;
const LONGEST = 120;

function traced(Database) {
  const descriptor = fs.openSync(file, "a");
  const written = (statement) =>
    fs.writeSync(descriptor, `${String(statement).slice(0, 2 * LONGEST).split(/\s+/).join(" ").trim().slice(0, LONGEST)}\n`);
  return new Proxy(Database, {
    construct: (target, [path, options], self) =>
      Reflect.construct(target, [path, { ...options, verbose: written }], self === wrapped.get(target) ? target : self),
  });
}

const wrapped = new Map();
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request !== "better-sqlite3" || !file) return loaded;
  if (!wrapped.has(loaded)) wrapped.set(loaded, traced(loaded));
  return wrapped.get(loaded);
};
