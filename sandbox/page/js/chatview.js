// One open chat: its header, topics, messages and composer.

import { Attachments } from "./attach.js";
import { ChatBar, setBlocked } from "./chatbar.js";
import { Composer } from "./composer.js";
import { attempt, followLink, Presses } from "./deeds.js";
import { h, refill } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { InlineResults } from "./inline.js";
import { isEditable, listenForMenu, messageItems, reactionItems } from "./messagemenu.js";
import { Timeline } from "./timeline.js";
import { Topics } from "./topics.js";

export class ChatView {
  /** `phone` owns the view: its store, overlays, people and bot are used here. */
  constructor(phone) {
    this.phone = phone;
    this.overlays = phone.overlays;
    this.people = phone.people;
    this.chatId = null;
    this.drafts = new Map();
    this.timeline = new Timeline(this.#bubbleDeeds(), (atBottom, nearTop) => this.#scrolled(atBottom, nearTop));
    this.topics = new Topics(() => this.#rethread());
    this.inline = new InlineResults(this);
    this.composer = new Composer({
      submit: (text, mode) => this.#submit(text, mode),
      attach: (event) => this.attachments.menu(event),
      files: (files) => this.attachments.files(files),
      pressKey: (button) => this.attachments.key(button),
      editLast: () => this.#editLast(),
      typed: (text) => this.inline.typed(text),
    });
    this.composer.node.prepend(this.inline.node);
    this.#build();
    this.attachments = new Attachments(this);
    listenForMenu(this.timeline.list, (id, point) => this.#menu(this.#message(id), point));
  }

  #build() {
    this.bar = new ChatBar(this);
    this.count = h("span", { class: "badge", hidden: true });
    this.down = h("button", {
      type: "button",
      class: "to-bottom",
      testid: "to-bottom",
      "aria-label": t("toBottom"),
      hidden: true,
      onclick: () => this.timeline.toBottom({ smooth: true }),
    }, icon("down"), this.count);
    this.hint = h("p", { class: "empty", hidden: true });
    this.foot = h("div", { class: "foot" });
    this.node = h("section", { class: "pane chat-pane", testid: "chat" },
      this.bar.node, this.topics.node,
      h("div", { class: "wall" }, this.timeline.node, this.hint, this.down), this.foot);
  }

  get store() {
    return this.phone.store;
  }

  get person() {
    return this.phone.person;
  }

  get thread() {
    return this.topics.thread;
  }

  get chat() {
    return this.store.chat(this.chatId);
  }

  #bubbleDeeds() {
    return {
      tap: (kind, value) => this.#tap(kind, value),
      jump: (id) => this.#jump(id),
      showPhoto: (url, name) => this.overlays.photo(url, name),
      press: (message, button, row, col) => this.presses.press(message, button, row, col, () => this.draw()),
      menu: (message, event) => {
        const box = event.currentTarget.getBoundingClientRect();
        this.#menu(message, { x: box.left, y: box.bottom });
      },
    };
  }

  /** Show a chat; its messages are loaded and, once at the bottom, marked as read. */
  async open(chatId) {
    this.leave();
    this.chatId = chatId;
    this.presses = new Presses(this.phone, this.store);
    this.timeline.clear();
    this.topics.chosen = null;
    this.composer.setMode(null);
    this.composer.setText(this.drafts.get(this.#draftKey()) ?? "");
    this.unreadFrom = null;
    this.fresh = true;
    this.drawHead();
    this.draw();
    const unread = this.chat?.unread ?? 0;
    await this.store.reload(chatId);
    if (this.chatId !== chatId) return;
    this.#placeUnread(unread);
    this.fresh = false;
    this.#read();
  }

  leave() {
    const editing = this.composer.mode?.kind === "edit";
    if (this.chatId !== null) this.drafts.set(this.#draftKey(), editing ? "" : this.composer.text);
    this.chatId = null;
  }

  #draftKey() {
    return `${this.person.id} ${this.chatId}`;
  }

  #placeUnread(unread) {
    const incoming = this.store.page(this.chatId).messages
      .filter((message) => !message.out && !message.whispered);
    this.unreadFrom = unread ? (incoming.at(-unread) ?? incoming[0])?.id : null;
    if (!this.unreadFrom) return;
    this.draw();
    this.timeline.toUnread();
  }

  /** Draw what depends on the chat itself: the header, topics, commands and the foot. */
  drawHead() {
    const { chat } = this;
    if (!chat) return;
    this.bar.draw(chat, this.phone.online);
    this.topics.show(chat);
    this.composer.setCommands(chat.commands ?? []);
    this.#drawFoot(chat);
    this.#drawCount();
  }

  #drawFoot(chat) {
    const wide = (testid, words, onclick) => h("button", { type: "button", class: "start", testid, onclick }, words);
    const closed = this.topics.closed ? h("p", { class: "closed-note" }, t("topicClosed")) : null;
    const unblock = chat.blocked ? wide("unblock", t("unblock"), () => setBlocked(this, "unblock")) : null;
    const start = chat.bot && !chat.started ? wide("start", t("start"), () => this.phone.startBot(chat.id)) : null;
    const wanted = unblock ?? start ?? closed ?? this.composer.node;
    if (this.foot.firstChild === wanted) return;
    if (this.foot.firstChild?.dataset.testid === wanted.dataset.testid && wanted !== this.composer.node) return;
    refill(this.foot, wanted);
  }

  /** Draw the messages anew from the store. */
  draw() {
    if (this.chatId === null) return;
    const page = this.store.page(this.chatId);
    const shown = page.messages.filter((message) => this.topics.shows(message));
    const named = this.chat?.kind !== "private";
    const topicOf = (message) => (this.chat?.forum && this.topics.chosen === null ? this.topics.name(message) : null);
    this.timeline.show(shown, { named, topicOf, busyOf: (message) => this.presses.of(message),
      unreadFrom: this.unreadFrom, fresh: this.fresh });
    this.composer.setKeyboard(page.replyKeyboard);
    this.hint.hidden = shown.length > 0 || !page.loaded;
    this.hint.textContent = t(this.chat?.bot && !this.chat.started ? "emptyStart" : "emptyChat");
  }

  #rethread() {
    this.fresh = true;
    this.timeline.pinned = true;
    this.drawHead();
    this.draw();
    this.fresh = false;
  }

  /** The store changed: draw, and count what was read. */
  changed() {
    this.draw();
    this.#read();
  }

  #scrolled(atBottom, nearTop) {
    this.down.hidden = atBottom;
    this.#drawCount();
    if (this.chatId === null) return;
    if (atBottom) this.#read();
    if (nearTop && !this.fresh) attempt(this.overlays, () => this.store.loadOlder(this.chatId));
  }

  #drawCount() {
    const unread = this.chat?.unread ?? 0;
    this.count.hidden = unread === 0;
    this.count.textContent = unread > 99 ? "99+" : String(unread);
  }

  #read() {
    const seen = !this.fresh && this.timeline.pinned && this.phone.watched;
    if (this.chatId !== null && seen) this.store.markRead(this.chatId);
  }

  #message(id) {
    return this.store.page(this.chatId).messages.find((message) => String(message.id) === String(id));
  }

  #menu(message, point) {
    const items = message ? messageItems(this, message) : [];
    if (items.length) this.overlays.menu(items, point, t("messageMenu"), reactionItems(this, message));
  }

  #tap(kind, value) {
    if (kind === "bot_command") this.send(value, null);
    else if (kind === "email") followLink(this.phone, `mailto:${value}`);
    else if (kind === "phone_number") followLink(this.phone, `tel:${value}`);
    else followLink(this.phone, value);
  }

  async #jump(id) {
    while (!this.timeline.reveal(id)) {
      if (!(await attempt(this.overlays, () => this.store.loadOlder(this.chatId)))) return;
    }
  }

  #editLast() {
    const last = this.store.page(this.chatId).messages.findLast(isEditable);
    if (last) this.composer.setMode({ kind: "edit", message: last });
  }

  async #submit(text, mode) {
    const sent = mode?.kind === "edit" ? await this.#edit(text, mode.message) : await this.send(text, mode?.message.id);
    if (sent === undefined && !this.composer.text) this.composer.setText(text);
  }

  #edit(text, message) {
    if (text === message.text) return {};
    return attempt(this.overlays, () => this.store.api.act("edit", { chat: this.chatId, message: message.id, text }));
  }

  /** Send a text; what it answers to is optional. */
  send(text, replyTo) {
    this.timeline.toBottom();
    this.unreadFrom = null;
    return attempt(this.overlays, () =>
      this.store.api.act("send", { chat: this.chatId, text, reply_to: replyTo ?? undefined, thread: this.thread }));
  }
}
