// One phone: whose it is, the list of chats, the open chat, and what the stream brings.

import { ChatList } from "./chatlist.js";
import { ChatView } from "./chatview.js";
import { attempt, refusal } from "./deeds.js";
import { avatar } from "./avatar.js";
import { h, svg } from "./dom.js";
import { clock, t } from "./i18n.js";
import { Overlays } from "./overlays.js";
import { PersonPlate } from "./plate.js";
import { storeOf } from "./store.js";

const BATTERY = ["M3 8h15v8H3z", "M5 10h9v4H5z", "M20.5 10.5v3"];
const SIGNAL = ["M5 17v2", "M10 13v6", "M15 9v10", "M20 5v14"];

const mouse = matchMedia("(min-width: 760px) and (not (pointer: coarse))");

export class Phone {
  /** `host` gives `{side, people, bots, narrow(), shown(), changed(phone)}`. */
  constructor(host) {
    this.host = host;
    this.side = host.side;
    this.people = host.people;
    this.bots = host.bots;
    this.online = true;
    this.wish = null;
    this.panes = h("div", { class: "panes" });
    this.overlays = new Overlays(this.panes);
    this.list = new ChatList((chat) => this.openChat(chat));
    this.view = new ChatView(this);
    this.plate = new PersonPlate(this.people, (person) => this.become(person));
    this.listeners = null;
    this.#build();
  }

  #build() {
    this.panes.append(this.list.node, this.view.node);
    this.time = h("time", {}, clock(Date.now() / 1000));
    const status = h("div", { class: "status", "aria-hidden": "true" }, this.time, h("span", { class: "island" }),
      h("span", { class: "status-icons" }, svg(SIGNAL), svg(BATTERY)));
    this.screen = h("div", { class: "screen" }, status, this.panes, this.overlays.node);
    this.node = h("section", { class: "phone", testid: `phone-${this.side}`, "aria-label": t(`${this.side}Phone`) },
      this.plate.node, h("div", { class: "frame" }, this.screen));
    this.screen.addEventListener("keydown", (event) => event.key === "Escape" && this.chatId !== null && this.back());
    this.#slide();
  }

  get chatId() {
    return this.view.chatId;
  }

  /** The open chat, or the one that opens as soon as the chats are known. */
  get place() {
    return this.chatId ?? this.wish;
  }

  /** Whether someone looks at this phone now: only then is a chat read. */
  get watched() {
    return document.visibilityState === "visible" && this.host.shown();
  }

  tick() {
    this.time.textContent = clock(Date.now() / 1000);
  }

  /** Put another person's account on this phone. */
  async become(person, chat = null) {
    this.overlays.close();
    this.closeChat();
    this.listeners?.abort();
    this.listeners = new AbortController();
    this.person = person;
    this.wish = chat;
    this.store = storeOf(person);
    this.plate.show(person);
    this.#listen();
    this.list.show(this.store.chats);
    this.host.changed(this);
    await this.store.refresh();
    if (this.person === person && this.chatId === null && chat !== null) this.openChat(this.#knownChat(chat));
    this.wish = null;
  }

  /** The chat whose id was remembered as text, or null. */
  #knownChat(id) {
    return this.store.chats.find((chat) => String(chat.id) === String(id))?.id ?? null;
  }

  #listen() {
    const { signal } = this.listeners;
    const on = (type, act) => this.store.addEventListener(type, (event) => act(event.detail), { signal });
    on("chats", () => {
      this.list.show(this.store.chats);
      this.view.drawHead();
      this.host.changed(this);
    });
    on("messages", ({ chat }) => chat === this.chatId && this.view.changed());
    on("arrived", ({ message }) => this.#announce(message));
    on("failed", ({ error }) => this.overlays.toast(refusal(error)));
    on("link", ({ up }) => {
      this.online = up;
      this.node.classList.toggle("offline", !up);
      this.view.drawHead();
    });
  }

  #announce(message) {
    if (this.chatId === null || message.chat === this.chatId || message.silent) return;
    const chat = this.store.chat(message.chat);
    if (!chat) return;
    const words = message.text || message.file?.name || message.contact?.name || message.service || "";
    const content = [avatar(chat, "small"), h("span", { class: "peer-words" },
      h("bdi", { class: "peer-name" }, chat.title), h("span", { class: "chat-last", dir: "auto" }, words))];
    this.overlays.banner(content, () => this.openChat(chat.id));
  }

  openChat(chat) {
    if (chat === null || chat === this.chatId) return;
    if (this.chatId === null && this.host.narrow()) history.pushState({ chat: true }, "");
    this.view.open(chat);
    this.#slide();
    this.host.changed(this);
    if (mouse.matches) this.view.composer.focus();
  }

  /** The back button: on a narrow page it is the browser's own back. */
  back() {
    if (this.host.narrow() && history.state?.chat) history.back();
    else this.closeChat();
  }

  closeChat() {
    const { chatId } = this;
    if (chatId === null) return;
    this.overlays.close();
    this.view.leave();
    this.#slide();
    this.list.focus(chatId);
    this.host.changed(this);
  }

  #slide() {
    const open = this.chatId !== null;
    this.screen.classList.toggle("chat-open", open);
    this.list.node.inert = open;
    this.view.node.inert = !open;
  }

  /** Start a bot, as by its deep link when there is a payload, and open its chat. */
  async startBot(chat, payload = null) {
    this.openChat(chat);
    await attempt(this.overlays, () => this.store.api.act("start", payload ? { chat, payload } : { chat }));
    this.store.refresh();
  }
}
