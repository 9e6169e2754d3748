// The input under a chat: text, reply and edit modes, command hints and the reply keyboard.

import { h, refill } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { replyKeyboard } from "./keyboard.js";

function round(name, testid, label, onclick, extra = "") {
  const props = { type: "button", class: `round ${extra}`.trim(), testid, "aria-label": label, title: label, onclick };
  return h("button", props, icon(name));
}

export class Composer {
  /** `deeds`: submit(text, mode), attach(event), files(list), pressKey(button), editLast(), typed(text). */
  constructor(deeds) {
    this.deeds = deeds;
    this.mode = null;
    this.commands = [];
    this.input = h("textarea", {
      class: "input",
      rows: "1",
      testid: "composer",
      "aria-label": t("typeMessage"),
      placeholder: t("typeMessage"),
      maxlength: "4096",
      dir: "auto",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => this.#paste(event),
    });
    this.context = h("div", { class: "context", hidden: true });
    this.hints = h("div",
      { class: "hints", role: "listbox", "aria-label": t("commands"), testid: "hints", hidden: true });
    this.slash = round("slash", "commands", t("commands"), () => this.#toggleHints(), "inner");
    this.toggle = round("grid", "keyboard-toggle", t("hideKeyboard"), () => this.showKeys(this.keys.hidden), "inner");
    this.keys = h("div", { class: "reply-keyboard", testid: "reply-keyboard", role: "group", hidden: true });
    const attach = round("clip", "attach", t("attach"), (event) => deeds.attach(event));
    this.sendButton = round("send", "send", t("send"), () => this.#submit(), "send");
    this.node = h("div", { class: "composer" }, this.hints, this.context,
      h("div", { class: "composer-line" }, attach,
        h("div", { class: "input-box" }, this.input, this.slash, this.toggle), this.sendButton), this.keys);
    this.setKeyboard(null);
    this.setCommands([]);
    this.#typed();
  }

  get text() {
    return this.input.value;
  }

  setText(text) {
    this.input.value = text;
    this.#typed();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  setCommands(commands) {
    this.commands = commands;
    this.slash.hidden = commands.length === 0;
  }

  /** Show the chat's reply keyboard; a new one opens by itself. */
  setKeyboard(rows) {
    const signature = JSON.stringify(rows);
    if (signature === this.signature) return;
    this.signature = signature;
    refill(this.keys, rows?.length ? replyKeyboard(rows, this.deeds.pressKey) : []);
    this.toggle.hidden = !rows?.length;
    this.showKeys(Boolean(rows?.length));
  }

  showKeys(open) {
    this.keys.hidden = !open;
    const label = t(open ? "hideKeyboard" : "showKeyboard");
    this.toggle.setAttribute("aria-expanded", String(open));
    this.toggle.setAttribute("aria-label", label);
    this.toggle.title = label;
  }

  /** Reply to or edit a message: `{kind: "reply" | "edit", message}`; null ends it. */
  setMode(mode) {
    const leftEdit = this.mode?.kind === "edit";
    this.mode = mode;
    this.context.hidden = !mode;
    if (mode) this.#drawContext(mode);
    if (mode?.kind === "edit") this.setText(mode.message.text);
    else if (leftEdit) this.setText("");
    if (mode) this.focus();
  }

  #drawContext({ kind, message }) {
    const title = kind === "edit" ? t("editing") : message.out ? t("you") : message.from.name;
    refill(this.context, icon(kind),
      h("span", { class: "context-words" }, h("bdi", { class: "strong" }, title),
        h("span", { class: "quote-text", dir: "auto" }, message.text || t("messages"))),
      round("close", "context-close", t("cancel"), () => this.setMode(null)));
    this.context.dataset.testid = `context-${kind}`;
  }

  #typed() {
    this.input.style.height = "auto";
    if (this.text) this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
    this.sendButton.disabled = !this.text.trim();
    this.deeds.typed(this.text);
    const start = /^\/\w*$/.exec(this.text)?.[0];
    this.#drawHints(start ? this.commands.filter(({ command }) => `/${command}`.startsWith(start)) : []);
  }

  #toggleHints() {
    this.#drawHints(this.hints.hidden ? this.commands : []);
    if (!this.hints.hidden) this.focus();
  }

  #drawHints(commands) {
    this.hints.hidden = commands.length === 0;
    this.input.removeAttribute("aria-activedescendant");
    refill(this.hints, commands.map(({ command, description }) => h("button", {
      type: "button",
      class: "hint",
      role: "option",
      tabindex: "-1",
      testid: `command-${command}`,
      onclick: () => this.#command(command),
    }, h("bdi", { class: "strong" }, `/${command}`), h("span", { class: "faint" }, description))));
  }

  #command(command) {
    this.deeds.submit(`/${command}`, null);
    this.setText("");
    this.focus();
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.#escape(event);
    else if (!this.hints.hidden && this.#hintKey(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && !this.text && !this.mode) {
      event.preventDefault();
      this.deeds.editLast();
    }
  }

  #escape(event) {
    if (this.hints.hidden && !this.mode) return;
    event.stopPropagation();
    if (this.hints.hidden) this.setMode(null);
    else this.#drawHints([]);
  }

  #hintKey(event) {
    const hints = [...this.hints.children];
    const at = hints.findIndex((hint) => hint.ariaSelected === "true");
    if (["Enter", "Tab"].includes(event.key) && at >= 0) {
      hints[at].click();
      return true;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return false;
    const next = at < 0 && step < 0 ? hints.length - 1 : (at + step + hints.length) % hints.length;
    hints.forEach((hint, index) => (hint.ariaSelected = String(index === next)));
    hints[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  #paste(event) {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    this.deeds.files([...event.clipboardData.files]);
  }

  #submit() {
    const text = this.text.trim();
    if (!text) return;
    const { mode } = this;
    this.mode = null;
    this.context.hidden = true;
    this.setText("");
    this.deeds.submit(text, mode);
  }
}
