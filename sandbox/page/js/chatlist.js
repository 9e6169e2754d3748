// The list of one person's chats.

import { avatar } from "./avatar.js";
import { arrowKeys, h, refill } from "./dom.js";
import { shortTime, t } from "./i18n.js";

export class ChatList {
  /** `open(chat)` is called for the chosen chat. */
  constructor(open) {
    this.open = open;
    this.list = h("div", { class: "chats", role: "list", "aria-label": t("chats"), testid: "chats" });
    this.node = h("section", { class: "pane list-pane" },
      h("header", { class: "bar" }, h("h2", { class: "bar-title" }, t("chats"))), this.list);
    arrowKeys(this.list, ".chat");
  }

  show(chats) {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    refill(this.list, chats.length ? chats.map((chat) => this.#item(chat)) : h("p", { class: "empty" }, t("noChats")));
    if (focused) this.list.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }

  focus(chat) {
    this.list.querySelector(`[data-testid="${CSS.escape(`chat-${chat}`)}"]`)?.focus({ preventScroll: true });
  }

  #item(chat) {
    const { last, unread } = chat;
    return h("div", { role: "listitem" }, h("button", { type: "button", class: "chat", testid: `chat-${chat.id}`,
      onclick: () => this.open(chat.id) },
    avatar(chat, chat.kind === "private" ? "" : "square"),
    h("span", { class: "chat-words" },
      h("span", { class: "chat-line" },
        h("bdi", { class: "chat-title" }, chat.title),
        chat.bot && h("span", { class: "tag" }, t("bot")),
        last && h("time", { class: "faint" }, shortTime(last.date))),
      h("span", { class: "chat-line" },
        h("span", { class: "chat-last", dir: "auto" }, preview(chat)),
        unread > 0 && h("span", { class: "badge", testid: `unread-${chat.id}`, "aria-label": t("unread", { n: unread }) },
          unread > 99 ? "99+" : String(unread))))));
  }
}

function preview({ kind, last, started, bot }) {
  if (!last) return h("span", {}, t(bot && !started ? "emptyStart" : "emptyChat"));
  const who = last.out ? t("you") : kind === "private" ? "" : last.from_name;
  return [who && h("bdi", { class: "who" }, `${who}: `), last.text];
}
