// The bar over an open chat: back, who it is, and the menu of the chat.

import { avatar } from "./avatar.js";
import { attempt } from "./deeds.js";
import { h, refill } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** What kind of chat it is, in a word or by its number of members. */
export function kindOf(chat) {
  if (chat.members > 0) return t("members", { n: chat.members });
  return t(chat.bot ? "bot" : { private: "privateChat", channel: "channel" }[chat.kind] ?? "group");
}

/** Block or unblock the bot of the open chat. */
export async function setBlocked(view, deed) {
  await attempt(view.overlays, () => view.store.api.act(deed, { chat: view.chatId }));
  view.store.refresh();
}

export class ChatBar {
  constructor(view) {
    this.view = view;
    this.words = h("div", { class: "bar-words" });
    const round = (name, testid, label, onclick) =>
      h("button", { type: "button", class: "round", testid, "aria-label": t(label), onclick }, icon(name));
    this.node = h("header", { class: "bar" },
      round("back", "back", "back", () => view.phone.back()), this.words,
      round("more", "chat-menu", "chatMenu", (event) => this.#menu(event)));
  }

  draw(chat, online) {
    refill(this.words, avatar(chat, chat.kind === "private" ? "small" : "small square"),
      h("span", { class: "peer-words" },
        h("bdi", { class: "bar-title", role: "heading", "aria-level": "2" }, chat.title),
        h("span", { class: "faint", testid: "chat-kind" }, online ? kindOf(chat) : t("connecting"))));
  }

  #menu(event) {
    const { view } = this;
    const box = event.currentTarget.getBoundingClientRect();
    const items = [
      { icon: "down", text: t("toBottom"), testid: "do-bottom", act: () => view.timeline.toBottom({ smooth: true }) },
    ];
    if (view.chat.bot) items.push(...this.#botItems());
    view.overlays.menu(items, { x: box.right, y: box.bottom }, t("chatMenu"));
  }

  #botItems() {
    const { view } = this;
    const { id, blocked } = view.chat;
    const act = (deed) => () => setBlocked(view, deed);
    const unblock = { icon: "check", text: t("unblock"), testid: "do-unblock", act: act("unblock") };
    const block = { icon: "block", text: t("block"), testid: "do-block", danger: true, act: act("block") };
    return [
      { icon: "restart", text: t("restart"), testid: "do-restart", act: () => view.phone.startBot(id) },
      blocked ? unblock : block,
    ];
  }
}
