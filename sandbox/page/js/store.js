// What one person sees: the chats, the loaded messages, and the live stream that keeps both fresh.

import { PersonApi } from "./api.js";
import { coalesce } from "./dom.js";

const PAGE_SIZE = 50;
const RETRY_MS = 1500;
const EVENTS = ["message", "edit", "delete", "chat", "read"];

/**
 * Emits `chats`, `messages` (detail: chat, kind, id), `arrived` (detail: message), `link` (detail: up) and
 * `failed` (detail: error).
 */
export class PersonStore extends EventTarget {
  constructor(person) {
    super();
    this.person = person;
    this.api = new PersonApi(person.id);
    this.chats = [];
    this.pages = new Map();
    this.reloads = new Map();
    this.loading = new Set();
    this.refresh = coalesce(() => this.#loadChats());
  }

  #emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  chat(id) {
    return this.chats.find((chat) => chat.id === id) ?? null;
  }

  page(chat) {
    return this.pages.get(chat) ?? { messages: [], replyKeyboard: null, hasMore: false, loaded: false };
  }

  connect() {
    if (this.stream) return;
    clearTimeout(this.retry);
    this.stream = new EventSource(this.api.eventsUrl);
    this.stream.addEventListener("open", () => {
      this.#emit("link", { up: true });
      this.#catchUp();
    });
    this.stream.addEventListener("error", () => this.#lost());
    for (const kind of EVENTS) {
      this.stream.addEventListener(kind, (event) => this.#take(kind, JSON.parse(event.data)));
    }
  }

  /** A browser tries again by itself, except when the server answered with an error. */
  #lost() {
    this.#emit("link", { up: false });
    if (this.stream?.readyState !== EventSource.CLOSED) return;
    this.stream = null;
    this.retry = setTimeout(() => this.connect(), RETRY_MS);
  }

  disconnect() {
    clearTimeout(this.retry);
    this.stream?.close();
    this.stream = null;
  }

  #catchUp() {
    this.refresh();
    for (const chat of this.pages.keys()) this.reload(chat);
  }

  #take(kind, data) {
    const page = this.pages.get(data.chat);
    const whole = data.message !== null && typeof data.message === "object";
    if (page && kind !== "read") {
      if (whole && kind !== "delete") this.#put(page, data.message);
      if (kind === "delete") this.#drop(page, whole ? data.message.id : data.message);
      this.#emit("messages", { chat: data.chat, kind, id: whole ? data.message.id : data.message });
    }
    // A bot's message may change the reply keyboard; a page under way may be older than this event.
    const stale = this.loading.has(data.chat) || (page && (!whole || data.message.from.bot));
    if (kind !== "read" && stale) this.reload(data.chat);
    if (kind === "message" && whole && !data.message.out) this.#emit("arrived", { message: data.message });
    this.refresh();
  }

  #put(page, message) {
    const at = page.messages.findIndex((known) => known.id >= message.id);
    if (at < 0) page.messages.push(message);
    else page.messages.splice(at, page.messages[at].id === message.id ? 1 : 0, message);
  }

  #drop(page, id) {
    page.messages = page.messages.filter((message) => message.id !== id);
  }

  async #loadChats() {
    try {
      this.chats = (await this.api.chats()).chats;
      this.#emit("chats");
    } catch (error) {
      this.#emit("failed", { error });
    }
  }

  /** Load the newest page of a chat, or bring it up to date. */
  reload(chat) {
    if (!this.reloads.has(chat)) this.reloads.set(chat, coalesce(() => this.#loadNewest(chat)));
    return this.reloads.get(chat)();
  }

  async #loadNewest(chat) {
    this.loading.add(chat);
    try {
      const { messages, reply_keyboard: replyKeyboard } = await this.api.messages(chat, { limit: PAGE_SIZE });
      const old = this.page(chat);
      const first = messages[0]?.id ?? Infinity;
      const kept = messages.length < PAGE_SIZE ? [] : old.messages.filter((message) => message.id < first);
      const hasMore = kept.length ? old.hasMore : messages.length === PAGE_SIZE;
      this.pages.set(chat, { messages: [...kept, ...messages], replyKeyboard, hasMore, loaded: true });
      this.#emit("messages", { chat, kind: "reload" });
    } catch (error) {
      this.#emit("failed", { error });
    } finally {
      this.loading.delete(chat);
    }
  }

  /** Load one page of older messages; true if any came. */
  async loadOlder(chat) {
    const page = this.page(chat);
    if (!page.hasMore || page.loading) return false;
    page.loading = true;
    try {
      const { messages } = await this.api.messages(chat, { before: page.messages[0].id, limit: PAGE_SIZE });
      page.hasMore = messages.length === PAGE_SIZE;
      page.messages.unshift(...messages);
      this.#emit("messages", { chat, kind: "older" });
      return messages.length > 0;
    } finally {
      page.loading = false;
    }
  }

  /** Tell the server that the chat has been read. */
  async markRead(chat) {
    const known = this.chat(chat);
    if (!known?.unread) return;
    known.unread = 0;
    this.#emit("chats");
    await this.api.act("read", { chat }).catch((error) => this.#emit("failed", { error }));
  }
}

const stores = new Map();

/** The store of a person, shared by both phones; forget it with `forgetStores`. */
export function storeOf(person) {
  if (!stores.has(person.id)) stores.set(person.id, new PersonStore(person));
  return stores.get(person.id);
}

/** Close the streams of everyone whom no phone shows. */
export function keepOnly(people) {
  for (const [id, store] of stores) {
    if (people.includes(id)) store.connect();
    else store.disconnect();
  }
}

/** Close every stream and forget what was loaded. */
export function forgetStores() {
  keepOnly([]);
  stores.clear();
}
