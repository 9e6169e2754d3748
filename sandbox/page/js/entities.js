// Turns a text with its entities (UTF-16 offsets, as JavaScript counts too) into nodes.

import { h } from "./dom.js";
import { t } from "./i18n.js";

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const TAPPABLE = new Set(["url", "text_link", "email", "phone_number", "bot_command"]);

/** Nodes for the text; `tap(kind, value)` is called for links and commands. */
export function formatted(text, entities = [], tap = () => {}) {
  const clean = entities
    .filter((e) => Number.isInteger(e.offset) && Number.isInteger(e.length) && e.offset >= 0 && e.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return slice(text, 0, text.length, clean, tap);
}

/** An entity that reaches over the end of its parent is cut there and goes on outside. */
function slice(text, from, to, entities, tap) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [head, ...others] = rest;
    const start = Math.max(head.offset, at);
    const end = Math.min(head.offset + head.length, to);
    if (end <= start) {
      rest = others;
      continue;
    }
    if (start > at) nodes.push(text.slice(at, start));
    const inner = slice(text, start, end, others.filter((e) => e.offset < end), tap);
    const node = wrap(head, text.slice(start, end), inner, tap);
    nodes.push(node);
    const block = node.matches("blockquote, pre");
    at = block && text[end] === "\n" ? end + 1 : end;
    rest = others.filter((e) => e.offset + e.length > end);
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, covered, inner, tap) {
  const { type } = entity;
  if (SIMPLE[type]) return h(SIMPLE[type], {}, inner);
  if (TAPPABLE.has(type)) return tappable(type, entity.url ?? covered, inner, tap);
  if (type === "code") return h("code", {}, inner);
  if (type === "pre") return h("pre", {}, h("code", {}, inner));
  if (type === "blockquote" || type === "expandable_blockquote") return h("blockquote", {}, inner);
  if (type === "spoiler") return spoiler(inner);
  return h("span", { class: `entity-${type === "hashtag" || type.includes("mention") ? "tag" : "plain"}` }, inner);
}

function tappable(type, value, inner, tap) {
  const onclick = () => tap(type, value);
  return h("button", { type: "button", class: "text-link", title: type === "text_link" ? value : null, onclick }, inner);
}

function spoiler(inner) {
  const cover = h("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": t("spoiler"),
    onclick: show,
    onkeydown: (event) => ["Enter", " "].includes(event.key) && show(event),
  }, h("span", { class: "spoiler-text" }, inner));
  function show(event) {
    if (cover.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    cover.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
  }
  return cover;
}
