// One message as an element: bubble, text, attachments, keyboard and marks.

import { avatar, colorOf } from "./avatar.js";
import { h } from "./dom.js";
import { formatted } from "./entities.js";
import { clock, moment, t } from "./i18n.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./keyboard.js";
import { attachments } from "./media.js";

const FEW_EMOJI = /^(?:\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?){1,3}$/u;

/** A row of the timeline. `look` says `{first, last, named, topic, busy}`; `deeds` are the callbacks of the chat. */
export function messageRow(message, look, deeds) {
  if (message.service) return serviceRow(message);
  const side = message.out ? "out" : "in";
  const ends = `${look.first ? " first" : ""}${look.last ? " last" : ""}`;
  const row = h("div", {
    class: `row ${side}${ends}`,
    testid: `message-${message.id}`,
    role: "article",
    tabindex: "-1",
    "aria-label": summary(message),
  });
  if (look.named && !message.out) row.append(look.last ? avatar(message.from, "beside") : h("span", { class: "beside" }));
  const keyed = message.keyboard?.length > 0;
  row.append(h("div", { class: keyed ? "stack with-keyboard" : "stack" }, bubble(message, look, deeds),
    keyed && inlineKeyboard(message.keyboard, look.busy, (...key) => deeds.press(message, ...key))));
  return row;
}

function serviceRow(message) {
  return h("div", { class: "service", testid: `message-${message.id}`, role: "article", title: moment(message.date) },
    h("bdi", {}, message.service));
}

function summary(message) {
  const who = message.out ? t("you") : message.from.name;
  return `${who}, ${clock(message.date)}`;
}

function bubble(message, look, deeds) {
  const photo = message.file?.kind === "photo";
  const attached = attachments(message, deeds);
  const bare = !message.text && attached.length;
  const only = message.whispered && h("div", { class: "whispered", testid: "whispered" }, icon("eye"), t("onlyYou"));
  return h("div", { class: `bubble${photo ? " with-photo" : ""}${bare ? " bare" : ""}` },
    look.named && !message.out && look.first && name(message.from),
    only,
    look.topic && h("span", { class: "topic-tag" }, h("bdi", {}, look.topic)),
    message.forward_from && h("div", { class: "forwarded" }, t("forwardedFrom"), " ",
      h("bdi", { class: "strong" }, message.forward_from)),
    message.via && h("div", { class: "forwarded" }, t("via"), " ", h("bdi", { class: "strong" }, `@${message.via}`)),
    message.reply_to && quote(message.reply_to, deeds),
    attached,
    h("div", { class: FEW_EMOJI.test(message.text) ? "text jumbo" : "text", dir: "auto" },
      formatted(message.text ?? "", message.entities ?? [], deeds.tap),
      message.reactions?.length ? reactions(message.reactions, meta(message)) : meta(message)),
    moreButton(message, deeds));
}

function moreButton(message, deeds) {
  return h("button", {
    type: "button",
    class: "more",
    tabindex: "-1",
    testid: `menu-${message.id}`,
    "aria-label": t("messageMenu"),
    onclick: (event) => deeds.menu(message, event),
  }, icon("chevron"));
}

function name(from) {
  const node = h("bdi", { class: "name" }, from.name);
  node.style.setProperty("--peer", colorOf(from));
  return node;
}

function quote(reply, deeds) {
  return h("button", { type: "button", class: "quote", testid: "quote", onclick: () => deeds.jump(reply.id) },
    h("bdi", { class: "strong" }, reply.from_name),
    h("span", { class: "quote-text", dir: "auto" }, reply.text));
}

function reactions(emojis, mark) {
  const counts = new Map();
  for (const emoji of emojis) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return h("div", { class: "reactions", testid: "reactions" }, [...counts].map(([emoji, n]) =>
    h("span", { class: "reaction" }, n > 1 ? `${emoji} ${n}` : emoji)), mark);
}

function meta(message) {
  return h("span", { class: "meta", title: moment(message.date) },
    message.silent && h("span", { class: "silent", role: "img", "aria-label": t("silent") }, icon("silent")),
    message.edited && h("span", { testid: "edited" }, t("edited"), " "),
    h("time", {}, clock(message.date)));
}
