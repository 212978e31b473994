/** A field that offers names while one types: the pattern "combobox" of ARIA, with a list below it. */

import { make } from "../dom.js";

/** @typedef {{id: string, name: string, kindName: string, told: string}} Offer */

/**
 * Return the place that a key leads to in a list of so many, from -1, which is the field itself; round at the ends.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @returns {number}
 */
export function ledTo(key, at, count) {
  if (!count) return -1;
  if (key === "ArrowDown") return at + 1 >= count ? 0 : at + 1;
  return at <= 0 ? count - 1 : at - 1;
}

/**
 * Return an offer as a line of the list.
 * @param {Offer} offer
 * @param {string} place  the id of the line
 * @param {(id: string) => void} choose  is told the id of what is clicked
 */
function option({ id, name, kindName, told }, place, choose) {
  const status = told ? make("span", { class: "status" }, told) : "";
  const pointerdown = (/** @type {Event} */ event) => {
    event.preventDefault(); // The focus stays in the field.
    choose(id);
  };
  const kind = make("span", { class: "muted" }, kindName);
  const said = make("span", {}, make("bdi", {}, name), told ? " " : "", status);
  return make("li", { role: "option", id: place, "aria-selected": "false", "data-id": id, pointerdown }, said, kind);
}

/** A field that offers what is found for its words, and hands over what is chosen. */
export class Combobox {
  #at = -1;

  /**
   * @param {string} label
   * @param {(words: string) => Offer[]} offers
   * @param {(id: string) => void} chosen
   */
  constructor(label, offers, chosen) {
    this.offers = offers;
    this.chosen = chosen;
    this.list = make("ul", { role: "listbox", id: "compare-offers", "aria-label": label, hidden: true });
    this.field = make("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": label,
      placeholder: label,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      input: () => this.open(),
      click: () => this.open(),
      blur: () => this.close(),
    });
    this.field.addEventListener("keydown", (event) => this.follow(event));
    this.element = make("div", { class: "combobox" }, this.field, this.list);
  }

  /** Show what is offered for the words in the field. */
  open() {
    const found = this.offers(this.field.value);
    const choose = (/** @type {string} */ id) => this.choose(id);
    this.list.replaceChildren(...found.map((offer, place) => option(offer, `compare-offer-${place}`, choose)));
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark(-1);
  }

  /** Hide the list. */
  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  /**
   * Mark a line of the list; -1 is the field itself.
   * @param {number} place
   */
  mark(place) {
    this.#at = place;
    const options = [...this.list.children];
    options.forEach((one, index) => one.setAttribute("aria-selected", String(index === place)));
    const marked = options[place];
    marked?.scrollIntoView({ block: "nearest" });
    if (marked) this.field.setAttribute("aria-activedescendant", marked.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /**
   * Hand over what is chosen, and be ready for the next.
   * @param {string} id
   */
  choose(id) {
    this.field.value = "";
    this.close();
    this.chosen(id);
  }

  /**
   * Follow the keys: down and up through the list, Enter to take what is marked or else the first, Escape out.
   * @param {KeyboardEvent} event
   */
  follow(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open();
      this.mark(ledTo(event.key, this.#at, this.list.children.length));
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      this.take();
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.field.value = "";
      this.close();
    }
  }

  /** Take the line that is marked; the first one if something is typed. */
  take() {
    const one = this.list.children[Math.max(this.#at, 0)];
    const meant = this.#at >= 0 || this.field.value.trim();
    if (one instanceof HTMLElement && meant) this.choose(one.dataset.id ?? "");
  }
}
