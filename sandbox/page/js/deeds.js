// What a person does in an open chat, and what the page says when the server refuses.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { deepLink, outsideLink, topicLink } from "./links.js";

/** The Bot API's own words for what a person does here as well, by the page's. */
const KNOWN = { "Bad Request: TOPIC_CLOSED": "topicClosed" };

/** What the page says when the server refuses: in its own language where it has words for that. */
export function refusal({ message }) {
  return KNOWN[message] ? t(KNOWN[message]) : message || t("failed");
}

/** Run a deed; a refusal becomes a toast. Resolves to undefined then. */
export async function attempt(overlays, deed) {
  try {
    return await deed();
  } catch (error) {
    overlays.toast(refusal(error));
    return undefined;
  }
}

/** Put a text on the clipboard, also where the page is not served securely. */
export async function copyText(overlays, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  overlays.toast(t("copied"));
}

/** Follow a link: a bot's deep link starts the bot here, a web address opens a tab. */
export function followLink(phone, url) {
  const deep = deepLink(url);
  const bot = deep && phone.bots.find((one) => one?.username?.toLowerCase() === deep.username.toLowerCase());
  if (bot) {
    phone.startBot(bot.id, deep.payload);
    return;
  }
  const there = topicLink(url);
  if (there && phone.store.chat(there.chat)) {
    phone.openChat(there.chat);
    phone.view.topics.choose(there.topic);
    return;
  }
  const outside = outsideLink(url);
  if (outside) window.open(outside, "_blank", "noopener,noreferrer");
  else phone.overlays.toast(t("linkFor"));
}

/** Presses of inline buttons: the spinner while the bot works, then its answer. */
export class Presses {
  constructor(phone, store) {
    this.phone = phone;
    this.store = store;
    this.busy = new Set();
  }

  /** The places ("row-col") of the message's buttons that wait for the bot. */
  of(message) {
    if (!this.busy.size || !message.keyboard) return [];
    const places = message.keyboard.flatMap((row, r) => row.map((_, c) => [r, c]));
    return places.filter(([r, c]) => this.busy.has(this.#key(message, r, c))).map((place) => place.join("-"));
  }

  /** The button's text belongs to the key: a card edited meanwhile has other buttons, and they do not spin. */
  #key(message, row, col) {
    const { text, data } = message.keyboard[row][col];
    return JSON.stringify([message.chat, message.id, row, col, text, data]);
  }

  async press(message, button, row, col, redraw) {
    if (button.copy) return copyText(this.phone.overlays, button.copy.text ?? button.copy);
    if (button.url) return followLink(this.phone, button.url);
    const key = this.#key(message, row, col);
    if (this.busy.has(key)) return undefined;
    this.busy.add(key);
    redraw();
    const result = await attempt(this.phone.overlays, () =>
      this.store.api.act("press", { chat: message.chat, message: message.id, row, col, data: button.data }));
    this.busy.delete(key);
    redraw();
    return this.#answer(result?.answer);
  }

  #answer(answer) {
    if (!answer) return undefined;
    if (answer.url) return followLink(this.phone, answer.url);
    if (answer.alert) return this.phone.overlays.alert(answer.text ?? "");
    if (answer.text) this.phone.overlays.toast(answer.text);
    return undefined;
  }
}
