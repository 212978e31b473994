// Loaded by `node --require`: better-sqlite3 writes the beginning of each statement to the file named by BOOKS_TRACE.
// When the file with the ending .count is asked for, the process answers with the bytes that its objects take.
const fs = require("node:fs");
const Module = require("node:module");
const v8 = require("node:v8");
const vm = require("node:vm");

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

let last = "";

function counted() {
  const asked = `${file}.count`;
  const number = fs.existsSync(asked) ? fs.readFileSync(asked, "utf8") : "";
  if (number === last) return;
  last = number;
  v8.setFlagsFromString("--expose-gc");
  vm.runInNewContext("gc")();
  const answer = `${asked}.${number}.${process.pid}`;
  fs.writeFileSync(`${answer}.half`, JSON.stringify({ "bytes of the heap": v8.getHeapStatistics().used_heap_size }));
  fs.renameSync(`${answer}.half`, answer);
}

if (file && process.env.BOOKS_COUNT) setInterval(counted, 100).unref();
