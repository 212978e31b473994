// Loaded by `node --require`: better-sqlite3 writes the beginning of each statement to the file named by BOOKS_TRACE.
const fs = require("node:fs");
const Module = require("node:module");

const file = process.env.BOOKS_TRACE;
const LONGEST = 120;

function traced(Database) {
  const descriptor = fs.openSync(file, "a");
  const written = (statement) =>
    fs.writeSync(descriptor, `${String(statement).slice(0, 2 * LONGEST).split(/\s+/).join(" ").trim().slice(0, LONGEST)}\n`);
  return new Proxy(Database, {
    construct: (target, [path, options]) => Reflect.construct(target, [path, { ...options, verbose: written }]),
  });
}

// Where its file is loaded, by require() or by import: both take what the module exports.
const run = Module._extensions[".js"];
Module._extensions[".js"] = function (module, filename) {
  run.call(this, module, filename);
  if (file && /[\\/]better-sqlite3[\\/]lib[\\/]index\.js$/.test(filename)) module.exports = traced(module.exports);
};
