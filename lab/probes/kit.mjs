/** What an adapter of a Node.js framework is written with: the same contract as kit.py, nothing but Node.js itself. */
import { appendFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";

const LATER = new Set(["test-client"]);
const ONLY_WITH_OPTIONS = new Set(["cors"]);

export const VARIANT = process.env.PROBE_VARIANT ?? "";
export const OPTED_IN = process.env.PROBE_RUN === "options";
export const WORKSPACE = process.env.PROBE_WORKSPACE ?? ".";
export const FILES = path.join(path.dirname(fileURLToPath(import.meta.url)), "files");
export const STATIC = path.join(FILES, "static");
export const TEMPLATES = path.join(FILES, "templates");
export const KEY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
export const FRIEND = "https://friend.example";
export const CONFIDENTIAL = "internal-detail-7f3a91";

const registered = {};
const absent = {};
const options = {};
const later = {};

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Call `register` now (or later, where the contract says so) and keep what it returns or throws. */
export async function capability(name, register) {
  const lines = callLines(register);
  registered[name] = { lines, value: null, error: null };
  if (LATER.has(name)) later[name] = register;
  else if (OPTED_IN || !ONLY_WITH_OPTIONS.has(name)) Object.assign(registered[name], await attempt(register));
}

/** Declare that the framework lacks a capability; `documentation` is the page that says or shows it. */
export function missing(name, reason, { documentation }) {
  requireLink(name, documentation);
  absent[name] = { lines: callLines(), reason, documentation };
}

/** Declare that what a probe asks for is off by default; `register`, if any, switches it on in the run with options. */
export async function optin(probe, { how, documentation }, register) {
  requireLink(probe, documentation);
  options[probe] = { lines: callLines(register), how, documentation, error: null };
  if (OPTED_IN && register) options[probe].error = (await attempt(register)).error;
}

/** Write an event with its time and process into the journal of the run. */
export function note(event) {
  if (process.env.PROBE_JOURNAL)
    appendFileSync(process.env.PROBE_JOURNAL, `${(Date.now() / 1000).toFixed(6)} ${process.pid} ${event}\n`);
}

/** Wait 0.3 s without holding up the event loop. */
export const pause = () => wait(300);

/** Hold up the thread for 0.5 s. */
export const block = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);

/** Yield three lines, 0.2 s apart. */
export async function* chunks() {
  for await (const number of numbers()) yield `chunk ${number}\n`;
}

/** Yield 0, 1 and 2, 0.2 s apart. */
export async function* numbers() {
  for (let number = 0; number < 3; number++) {
    if (number) await wait(200);
    yield number;
  }
}

/** Yield 8 MiB in pieces of 64 KiB as fast as they are taken, noting each. */
export async function* flood() {
  const piece = Buffer.alloc(65536, "x");
  for (let number = 0; number < 128; number++) {
    note("flood");
    await new Promise(setImmediate);
    yield piece;
  }
}

/** Yield 30 lines, 0.1 s apart, noting each. */
export async function* ticks() {
  for (let number = 0; number < 30; number++) {
    note("tick");
    yield `tick ${number}\n`;
    await wait(100);
  }
}

/** Do the background work: 0.4 s, then note that it is done. */
export async function work() {
  await wait(400);
  note("background-done");
}

export const started = () => note("lifespan-start");
export const stopped = () => note("lifespan-stop");
export const failure = () => new Error(CONFIDENTIAL);

/** Return what the adapter declared, as plain data. */
export async function declarations() {
  for (const [name, run] of Object.entries(later)) Object.assign(registered[name], await attempt(run));
  return { registered, missing: absent, options, runtime: `Node.js ${process.versions.node}`, packages: packages() };
}

/** Return the packages that the environment installed, with their versions. */
function packages() {
  const lock = path.join(path.dirname(fileURLToPath(import.meta.url)), "package-lock.json");
  const installed = Object.entries(JSON.parse(readFileSync(lock, "utf8")).packages);
  const named = installed.filter(([folder]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(folder));
  return Object.fromEntries(named.map(([folder, { version }]) => [folder.slice("node_modules/".length), version]));
}

async function attempt(run) {
  try {
    return { value: (await run()) ?? null, error: null };
  } catch (error) {
    return { value: null, error: `${error.name}: ${error.message}`.slice(0, 400) };
  }
}

function requireLink(name, documentation) {
  if (!documentation?.startsWith("https://")) throw new Error(`${name}: the documentation must be a link (https://…)`);
}

/** Return the lines of the call in the adapter: from its first line to the last line of the function it is given. */
function callLines(register) {
  const frame = new Error().stack.split("\n").find((line) => line.includes("/adapters/"));
  const first = Number(/:(\d+):\d+\)?$/.exec(frame ?? "")?.[1] ?? 1);
  return { first, last: first + (register ? register.toString().split("\n").length - 1 : 0) };
}
