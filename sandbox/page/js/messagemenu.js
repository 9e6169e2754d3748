// The menu of a message: reply, forward, copy, edit, delete.

import { kindOf } from "./chatbar.js";
import { attempt, copyText } from "./deeds.js";
import { t } from "./i18n.js";
import { pickChat } from "./pickers.js";

const REACTIONS = ["👍", "❤", "🔥", "🎉", "👀", "🤝"];
const HOLD_MS = 450;
const HOLD_DRIFT = 10;

/** Whether a message is a text of one's own. */
export function isEditable(message) {
  return message.out && Boolean(message.text) && !message.file && !message.forward_from;
}

/** What the menu offers for this message. */
export function messageItems(view, message) {
  const copyable = message.text || message.contact?.phone;
  const mode = (kind) => () => view.composer.setMode({ kind, message });
  const copied = copyable && !message.protected
    && { icon: "copy", text: t("copy"), testid: "do-copy", act: () => copyText(view.overlays, copyable) };
  // For the others it is not there: it cannot be answered, passed on or taken away from them.
  if (message.whispered) return [copied].filter(Boolean);
  return [
    { icon: "reply", text: t("reply"), testid: "do-reply", act: mode("reply") },
    !message.protected
      && { icon: "forward", text: t("forward"), testid: "do-forward", act: () => forward(view, message) },
    copied,
    isEditable(message) && { icon: "edit", text: t("edit"), testid: "do-edit", act: mode("edit") },
    { icon: "trash", text: t("delete"), testid: "do-delete", danger: true, act: () => remove(view, message) },
  ].filter(Boolean);
}

async function forward(view, message) {
  const chat = await pickChat(view.overlays, view.store.chats, kindOf);
  const body = { chat: message.chat, message: message.id, to: chat.id };
  await attempt(view.overlays, () => view.store.api.act("forward", body));
}

async function remove(view, message) {
  if (!(await view.overlays.confirm(t("deleteAsk"), t("delete"), "danger"))) return;
  await attempt(view.overlays, () => view.store.api.act("delete", { chat: message.chat, message: message.id }));
}

/** The row of reactions over the menu; each sets one's own reaction. */
export function reactionItems(view, message) {
  const { chat, id } = message;
  if (message.whispered) return [];
  return REACTIONS.map((emoji) => ({
    text: emoji,
    testid: `react-${emoji}`,
    act: () => attempt(view.overlays, () => view.store.api.act("react", { chat, message: id, emoji })),
  }));
}

/** Open the menu by right click, by holding a finger, and by Enter on a focused message. */
export function listenForMenu(node, open) {
  const idOf = (event) => event.target.closest(".row")?.dataset.key.slice(1);
  node.addEventListener("contextmenu", (event) => {
    const id = idOf(event);
    if (!id || !getSelection().isCollapsed) return;
    event.preventDefault();
    const box = event.target.getBoundingClientRect();
    open(id, event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.top });
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".row")) return;
    event.preventDefault();
    const box = event.target.querySelector(".bubble").getBoundingClientRect();
    open(event.target.dataset.key.slice(1), { x: box.left + 12, y: box.top + 12 });
  });
  listenForHold(node, (event) => idOf(event) && open(idOf(event), { x: event.clientX, y: event.clientY }));
}

/** Touch screens without a context menu of their own: a finger that stays. */
function listenForHold(node, held) {
  let start = null;
  let timer = 0;
  const cancel = () => clearTimeout(timer);
  node.addEventListener("pointerdown", (event) => {
    cancel();
    if (event.pointerType !== "touch" || event.target.closest(".keyboard")) return;
    start = event;
    timer = setTimeout(() => held(start), HOLD_MS);
  });
  node.addEventListener("pointermove", (event) => {
    if (start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > HOLD_DRIFT) cancel();
  });
  for (const end of ["pointerup", "pointercancel", "scroll"]) node.addEventListener(end, cancel, { passive: true });
}
