// Round pictures of people and chats: initials on a colour of their own.

import { h } from "./dom.js";
import { ownFile } from "./links.js";

const HUES = 7;

/** A CSS colour for a person or chat: the given one if it is a plain hex colour, else one chosen by the id. */
export function colorOf({ id, color }) {
  if (typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color)) return color;
  const sum = [...String(id)].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return `var(--peer-${(Number.isInteger(id) ? Math.abs(id) : sum) % HUES})`;
}

function initials(name) {
  const words = String(name).match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join("") || "•";
}

/** The avatar of `{id, name or title, color, avatar}`; it is decoration, the name stands beside it. */
export function avatar(peer, extra = "") {
  const node = h("span", { class: `avatar ${extra}`.trim(), "aria-hidden": "true" });
  node.style.setProperty("--peer", colorOf(peer));
  const picture = peer.avatar ? ownFile(peer.avatar) : null;
  const pictured = picture && /[/.]/.test(peer.avatar);
  node.append(pictured ? h("img", { src: picture, alt: "" }) : initials(peer.name ?? peer.title ?? ""));
  return node;
}
