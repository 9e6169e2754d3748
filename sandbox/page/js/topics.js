// The chips of a forum's topics; the choice decides which messages are shown and where new ones go.

import { h, refill } from "./dom.js";
import { t } from "./i18n.js";

const GENERAL = 1;

/** The topic of a message: messages outside of all topics belong to General. */
export function topicId(message) {
  return message.thread ?? GENERAL;
}

export class Topics {
  constructor(changed) {
    this.changed = changed;
    this.chosen = null;
    this.topics = [];
    this.node = h("div", { class: "topics", role: "tablist", "aria-label": t("topics"), testid: "topics", hidden: true });
  }

  /** Show the topics of a chat; a chat that is no forum has none. */
  show(chat) {
    this.node.hidden = !chat.forum;
    const given = chat.topics ?? [];
    const general = given.some((topic) => topic.id === GENERAL) ? [] : [{ id: GENERAL, name: t("general") }];
    this.topics = chat.forum ? [...general, ...given] : [];
    if (!this.topics.some((topic) => topic.id === this.chosen)) this.chosen = null;
    this.#draw();
  }

  /** The id to send with a new message; undefined for General and plain groups. */
  get thread() {
    return this.chosen === null || this.chosen === GENERAL ? undefined : this.chosen;
  }

  get closed() {
    return Boolean(this.topics.find((topic) => topic.id === this.chosen)?.closed);
  }

  name(message) {
    return this.topics.find((topic) => topic.id === topicId(message))?.name ?? null;
  }

  shows(message) {
    return this.chosen === null || topicId(message) === this.chosen;
  }

  choose(id) {
    this.chosen = id;
    this.#draw();
    this.changed();
  }

  #draw() {
    const focused = this.node.contains(document.activeElement);
    refill(this.node, [{ id: null, name: t("all") }, ...this.topics].map((topic) => this.#chip(topic)));
    if (focused) this.node.querySelector("[aria-selected=true]").focus();
  }

  #chip({ id, name, icon_color: color, closed }) {
    const chip = h("button", {
      type: "button",
      role: "tab",
      class: `chip${closed ? " closed" : ""}`,
      "aria-selected": String(id === this.chosen),
      testid: `topic-${id ?? "all"}`,
      onclick: () => this.choose(id),
    }, color && h("span", { class: "dot" }), h("bdi", {}, name));
    if (color) chip.style.setProperty("--dot", color);
    return chip;
  }
}
