// The scrolling list of messages: separators, grouping, changes in place, and a scroll that never jumps.

import { messageRow } from "./bubble.js";
import { h } from "./dom.js";
import { dayKey, dayName, t } from "./i18n.js";

const GROUP_SECONDS = 300;
const NEAR = 48;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Timeline {
  /** `deeds` go to the bubbles; `onScroll(atBottom, nearTop)` tells where the reader is. */
  constructor(deeds, onScroll) {
    this.deeds = deeds;
    this.pinned = true;
    this.top = 0;
    this.drawn = new Map();
    this.list = h("div", { class: "messages", role: "log", "aria-label": t("messages") });
    this.node = h("div", { class: "scroller", testid: "timeline", tabindex: "0" }, this.list);
    this.node.addEventListener("scroll", () => {
      this.#scrolled();
      onScroll(this.pinned, this.node.scrollTop < 300);
    }, { passive: true });
    this.watcher = new ResizeObserver(() => this.pinned && this.toBottom());
    this.watcher.observe(this.list);
    this.watcher.observe(this.node);
    this.#arrows();
  }

  #gap() {
    return this.node.scrollHeight - this.node.clientHeight - this.node.scrollTop;
  }

  /** Only a scroll upwards leaves the bottom: a list that became shorter or longer does not. */
  #scrolled() {
    const { scrollTop } = this.node;
    if (this.#gap() < NEAR) this.pinned = true;
    else if (scrollTop < this.top) this.pinned = false;
    this.top = scrollTop;
  }

  toBottom({ smooth = false } = {}) {
    this.pinned = true;
    this.node.scrollTo({ top: this.node.scrollHeight, behavior: smooth && !calm.matches ? "smooth" : "instant" });
  }

  clear() {
    this.drawn.clear();
    this.list.replaceChildren();
    this.pinned = true;
  }

  /** Show these messages; `look` is `{named, topicOf, busyOf, unreadFrom, fresh}`. */
  show(messages, look) {
    const anchor = this.pinned ? null : this.#anchor();
    const wanted = plan(messages, look);
    const known = new Map([...this.list.children].map((node) => [node.dataset.key, node]));
    const live = known.size > 0 && !look.fresh;
    const kept = new Set(wanted.map((item) => item.key));
    // What is gone goes first: a row that had to be moved past it would lose the focus.
    for (const [key, gone] of known) {
      if (kept.has(key)) continue;
      gone.remove();
      this.drawn.delete(key);
    }
    let before = this.list.firstChild;
    for (const item of wanted) {
      const old = known.get(item.key);
      const stands = old && this.drawn.get(item.key).signature === item.signature;
      const node = stands ? old : this.#renew(old, item, live && before === null);
      if (old && old === before) before = node;
      if (node === before) before = before.nextSibling;
      else this.list.insertBefore(node, before);
    }
    if (this.pinned) this.toBottom();
    else if (anchor) this.#keep(anchor);
  }

  #renew(old, item, arriving) {
    const node = item.build(this.deeds);
    const changed = this.drawn.get(item.key)?.content !== item.content;
    node.dataset.key = item.key;
    this.drawn.set(item.key, item);
    if (!old) {
      if (arriving) node.classList.add("arriving");
      return node;
    }
    const height = old.querySelector(".bubble")?.offsetHeight;
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    old.replaceWith(node);
    if (focused) (node.querySelector(`[data-testid="${CSS.escape(focused)}"]`) ?? node).focus({ preventScroll: true });
    if (changed) this.#highlight(node, height);
    return node;
  }

  #highlight(node, height) {
    const box = node.querySelector(".bubble");
    if (!box) return;
    box.classList.add("changed");
    const visible = node.getBoundingClientRect().bottom > this.node.getBoundingClientRect().top;
    if (calm.matches || !visible || !height || Math.abs(height - box.offsetHeight) < 2) return;
    const heights = [height, box.offsetHeight].map((px) => ({ height: `${px}px`, overflow: "clip" }));
    box.animate(heights, { duration: 180, easing: "ease-out" });
  }

  #anchor() {
    const top = this.node.getBoundingClientRect().top;
    const node = [...this.list.querySelectorAll(".row, .service")].find((row) => row.getBoundingClientRect().bottom > top);
    return node ? { key: node.dataset.key, top: node.getBoundingClientRect().top } : null;
  }

  /** Scroll so that the anchor stands where it stood; its row may have been drawn anew. */
  #keep({ key, top }) {
    const node = this.#byKey(key);
    if (node) this.node.scrollTop += node.getBoundingClientRect().top - top;
    this.top = this.node.scrollTop;
  }

  #byKey(key) {
    return this.list.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  row(id) {
    return this.#byKey(`m${id}`);
  }

  /** Scroll to a message and flash it; false if it is not loaded. */
  reveal(id) {
    const row = this.row(id);
    if (!row) return false;
    this.pinned = false;
    const distance = row.getBoundingClientRect().top - this.node.getBoundingClientRect().top;
    const far = Math.abs(distance) > 2 * this.node.clientHeight;
    row.scrollIntoView({ block: "center", behavior: far || calm.matches ? "instant" : "smooth" });
    row.classList.remove("flash");
    requestAnimationFrame(() => row.classList.add("flash"));
    row.focus({ preventScroll: true });
    return true;
  }

  /** Scroll so that the unread separator stands at the top; false if there is none. */
  toUnread() {
    const mark = this.list.querySelector(".unread-mark");
    if (!mark) return false;
    this.node.scrollTop = mark.offsetTop - 12;
    this.top = this.node.scrollTop;
    this.pinned = this.#gap() < NEAR;
    return true;
  }

  #arrows() {
    this.node.addEventListener("keydown", (event) => {
      if (!["ArrowUp", "ArrowDown"].includes(event.key) || !event.target.matches(".row, .scroller")) return;
      const rows = [...this.list.querySelectorAll(".row")];
      const at = event.target.matches(".row") ? rows.indexOf(event.target) : rows.length;
      const next = rows[at + (event.key === "ArrowUp" ? -1 : 1)];
      next?.focus();
      event.preventDefault();
    });
  }
}

/** The rows that the messages need, with a signature that changes when a row must be drawn anew. */
function plan(messages, { named, topicOf, busyOf, unreadFrom }) {
  const rows = [];
  messages.forEach((message, at) => {
    const before = messages[at - 1];
    const newDay = !before || dayKey(before.date) !== dayKey(message.date);
    const unread = message.id === unreadFrom;
    if (newDay) rows.push(separator(`d${message.id}`, dayName(message.date), "day"));
    if (unread) rows.push(separator("unread", t("newMessages"), "unread-mark"));
    const first = newDay || unread || !together(before, message);
    const look = {
      first,
      last: !together(message, messages[at + 1]),
      named,
      topic: first ? topicOf(message) : null,
      busy: busyOf(message),
    };
    const content = JSON.stringify([message.text, message.entities, message.keyboard, message.file]);
    rows.push({
      key: `m${message.id}`,
      content,
      signature: JSON.stringify([message, look]),
      build: (deeds) => messageRow(message, look, deeds),
    });
  });
  return rows;
}

function together(a, b) {
  return Boolean(a && b) && !a.service && !b.service && a.from.id === b.from.id && a.thread === b.thread
    && b.date - a.date < GROUP_SECONDS && dayKey(a.date) === dayKey(b.date);
}

function separator(key, words, kind) {
  return { key, signature: words, build: () => h("div", { class: `separator ${kind}` }, h("span", {}, words)) };
}
