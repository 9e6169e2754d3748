// Inline mode: `@bot words` in the input asks that bot, and what it offers can be sent.

import { attempt } from "./deeds.js";
import { h, refill } from "./dom.js";
import { t } from "./i18n.js";

const ASKED = /^@(\w{3,32})\s(.*)$/s;
/** So many milliseconds nobody has typed anything, before the bot is asked. */
const PAUSE = 250;

export class InlineResults {
  /** `view` is the open chat: its phone, store and thread are used here. */
  constructor(view) {
    this.view = view;
    this.node = h("div", { class: "hints inline-results", role: "listbox", "aria-label": t("inlineResults"),
      testid: "inline-results", hidden: true });
    this.turn = 0;
  }

  /** The text in the input has changed. */
  typed(text) {
    this.turn += 1;
    clearTimeout(this.timer);
    const asked = ASKED.exec(text);
    if (!asked) {
      this.node.hidden = true;
      return;
    }
    const turn = this.turn;
    this.timer = setTimeout(() => this.#ask(asked[1], asked[2], turn), PAUSE);
  }

  async #ask(bot, query, turn) {
    const chat = this.view.chatId;
    if (chat === null) return;
    const found = await attempt(this.view.overlays, () => this.view.store.api.act("inline", { chat, bot, query }));
    if (turn === this.turn && chat === this.view.chatId) this.#draw(found?.inline);
  }

  #draw(inline) {
    const shown = inline && (inline.results.length || inline.button);
    this.node.hidden = !shown;
    if (!shown) return;
    const { button, results } = inline;
    refill(this.node, button && h("button", {
      type: "button",
      class: "hint inline-button",
      testid: "inline-button",
      onclick: () => this.#toBot(button),
    }, h("bdi", { class: "strong" }, button.text)), results.map((one) => h("button", {
      type: "button",
      class: "hint",
      role: "option",
      tabindex: "-1",
      testid: `inline-${one.id}`,
      onclick: () => this.#choose(inline.query, one.id),
    }, h("bdi", { class: "strong" }, one.title), h("span", { class: "faint" }, one.description))));
  }

  #toBot({ bot, start }) {
    this.view.composer.setText("");
    this.view.phone.startBot(bot, start);
  }

  async #choose(query, result) {
    const { chatId: chat, thread } = this.view;
    this.view.composer.setText("");
    this.view.timeline.toBottom();
    await attempt(this.view.overlays, () => this.view.store.api.act("choose", { chat, query, result, thread }));
  }
}
