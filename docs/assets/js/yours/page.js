/** The page of own weights: fields, a ranking that follows them, and an address that keeps what was chosen. */

import { PAUSE, fragmentId } from "../address.js";
import { make } from "../dom.js";
import { dataOf } from "./data.js";
import { inWorker } from "./drawing.js";
import { frame } from "./frame.js";
import { needs, weights } from "./lists.js";
import { questions } from "./questions.js";
import { decide, drawingOf, placed } from "./scoring.js";
import { planned, query, read } from "./state.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./decision.js").Decision} Decision */
/** @typedef {import("./state.js").State} State */

/**
 * Fill the page.
 * @param {HTMLElement} box
 */
export async function setUpYours(box) {
  const root = box.dataset["root"] ?? "./";
  try {
    const answer = await fetch(`${root}guide/yours/data.json`);
    if (!answer.ok) throw new Error(`The server says ${answer.status}.`);
    begin(box, root, dataOf(await answer.json()));
  } catch {
    const text = "The data of this page could not be read. Load it again, or take the use cases below.";
    box.replaceChildren(make("p", { class: "panel", role: "alert" }, text));
  }
}

/**
 * Build the page once its data is there.
 * @param {HTMLElement} box
 * @param {string} root
 * @param {Data} data
 */
function begin(box, root, data) {
  const draw = inWorker(data.rules);
  const bar = chronicle(() => follow());
  const change = (/** @type {(state: State) => State} */ next) => {
    state = next(state);
    bar.write(query(state, data));
    show();
  };
  const controls = [questions(data, change), needs(data, change), weights(data, change)];
  const fields = controls.map(({ element }) => element);
  const view = frame(fields, () => decision);
  let state = read(new URLSearchParams(), data).state;
  let asked = 0;
  /** @type {Decision | null} */
  let decision = null;

  /** Take the state from the address. What is wrong in it is said, and repaired. */
  function follow() {
    const found = read(new URLSearchParams(location.search), data);
    state = found.state;
    view.say(found.notes);
    if (found.notes.length) bar.repair(query(state, data));
    show();
  }

  async function show() {
    for (const control of controls) control.follow(state);
    const own = ++asked;
    const plan = { ...planned(state), case: state.case };
    const { ordered, ...rest } = decide(data, plan);
    const shares = ordered.length && plan.weights.size ? await draw(drawingOf(plan, ordered)) : {};
    if (!shares || own !== asked) return; // Something else was chosen meanwhile.
    const places = plan.weights.size ? placed(ordered, shares, data.rules.clear) : [];
    const address = addresses(query(state, data), data.version);
    decision = { data, plan, placed: places, ...rest, ...address, ...here(root) };
    view.show({ data, plan, outcome: { ordered, ...rest }, placed: places, root });
    if (!view.element.isConnected) arrive(box, view.element);
  }

  follow();
}

/**
 * Show the page once all of it is there, so that nothing moves, at the place that the address names.
 * @param {HTMLElement} box
 * @param {HTMLElement} element
 */
function arrive(box, element) {
  box.replaceChildren(element);
  const target = document.getElementById(fragmentId(location.hash));
  if (target && box.contains(target)) target.scrollIntoView();
}

/**
 * Return the address of a ranking, and the one to keep for long: it can tell that the data has changed since.
 * @param {string} own  query
 * @param {string} version
 * @returns {{address: string, link: string}}
 */
function addresses(own, version) {
  const page = `${location.origin}${location.pathname}`;
  return { address: own ? `${page}?${own}` : page, link: `${page}?${own ? `${own}&` : ""}data=${version}` };
}

/**
 * Return the root of the site as an absolute address, and the day.
 * @param {string} root
 * @returns {{root: string, day: string}}
 */
const here = (root) => ({ root: new URL(root, location.href).href, day: new Date().toISOString().slice(0, 10) });

/**
 * Return what writes the address after a pause, as a place to go back to, and reads it again on the way back.
 * @param {() => void} follow
 */
function chronicle(follow) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let waiting = "";
  let last = location.search;
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    push(waiting, true);
    last = location.search;
  };
  addEventListener("pagehide", flush);
  addEventListener("popstate", () => {
    if (location.search === last) return; // A link within the page.
    clearTimeout(timer);
    timer = undefined;
    last = location.search;
    follow();
  });
  return {
    /** @param {string} next */
    write(next) {
      clearTimeout(timer);
      waiting = next;
      timer = setTimeout(flush, PAUSE);
    },
    /** @param {string} next */
    repair(next) {
      push(next, false);
      last = location.search;
    },
  };
}

/**
 * Write the query of the address.
 * @param {string} next
 * @param {boolean} back whether one can go back to the one before
 */
function push(next, back) {
  const address = `${location.pathname}${next && `?${next}`}${location.hash}`;
  if (address === `${location.pathname}${location.search}${location.hash}`) return;
  try {
    if (back) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // The browser refuses where it is asked too often. The next change writes them all.
  }
}
