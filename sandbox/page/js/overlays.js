// What lies over a phone's screen: menus, sheets, questions, toasts, banners and the photo viewer.

import { arrowKeys, h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

const TOAST_MS = 3500;
const BANNER_MS = 4500;

export class Overlays {
  /** `panes` is what becomes inert while a dialog is open. */
  constructor(panes) {
    this.panes = panes;
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.banners = h("div", { class: "banners" });
    this.node = h("div", { class: "overlays" }, this.banners, this.toasts);
    this.open = null;
  }

  #show(layer, focus) {
    this.close();
    const opener = document.activeElement;
    const outside = (event) => event.target === layer && this.close();
    layer.addEventListener("click", outside);
    layer.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    this.open = { layer, opener };
    this.panes.inert = true;
    this.node.append(layer);
    focus?.focus({ preventScroll: true });
  }

  /** Close the open menu or dialog and give the focus back. */
  close() {
    if (!this.open) return;
    const { layer, opener } = this.open;
    this.open = null;
    this.panes.inert = false;
    layer.remove();
    layer.dispatchEvent(new Event("closed"));
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  }

  /** A context menu at a point of the page; items are `{icon, text, testid, danger, act}`, `row` stands side by side. */
  menu(items, { x, y }, label, row = []) {
    const button = (item) => h("button", {
      type: "button",
      role: "menuitem",
      class: item.danger ? "danger" : "",
      testid: item.testid,
      onclick: () => {
        this.close();
        item.act();
      },
    }, item.icon && icon(item.icon), h("span", {}, item.text));
    const list = h("div", { class: "menu", role: "menu", "aria-label": label }, items.map(button),
      row.length > 0 && h("div", { class: "menu-row" }, row.map(button)));
    arrowKeys(list, "[role=menuitem]");
    const layer = h("div", { class: "layer" }, list);
    this.#show(layer, list.firstElementChild);
    const frame = this.node.getBoundingClientRect();
    const left = Math.min(x - frame.left, frame.width - list.offsetWidth - 8);
    const top = Math.min(y - frame.top, frame.height - list.offsetHeight - 8);
    list.style.left = `${Math.max(8, left)}px`;
    list.style.top = `${Math.max(8, top)}px`;
  }

  /** A sheet that rises from below with a title and the given content. */
  sheet(title, ...content) {
    const close = h("button", { type: "button", class: "round", "aria-label": t("close"), testid: "sheet-close",
      onclick: () => this.close() }, icon("close"));
    const box = h("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title, testid: "sheet" },
      h("header", {}, h("h2", {}, title), close), h("div", { class: "sheet-body" }, content));
    this.#show(h("div", { class: "layer dim" }, box), box.querySelector("[autofocus], input, [role=option]") ?? close);
    return box;
  }

  #question(text, buttons, role) {
    return new Promise((resolve) => {
      let answer = false;
      const keys = buttons.map(({ words, value, look }) => h("button", {
        type: "button",
        class: `action ${look}`,
        testid: value ? "dialog-yes" : "dialog-no",
        onclick: () => {
          answer = value;
          this.close();
        },
      }, words));
      const box = h("div", { class: "dialog", role, "aria-modal": "true", "aria-label": text, testid: "dialog" },
        h("p", { dir: "auto" }, text), h("div", { class: "actions" }, keys));
      const layer = h("div", { class: "layer dim center" }, box);
      layer.addEventListener("closed", () => resolve(answer));
      this.#show(layer, keys.at(-1));
    });
  }

  /** A text that must be acknowledged. */
  alert(text) {
    return this.#question(text, [{ words: t("alertOk"), value: true, look: "main" }], "alertdialog");
  }

  /** Resolves to whether the person agreed. */
  confirm(text, yes, look = "main") {
    return this.#question(text, [
      { words: t("cancel"), value: false, look: "" },
      { words: yes, value: true, look },
    ], "alertdialog");
  }

  toast(text) {
    const node = h("div", { class: "toast", testid: "toast", dir: "auto" }, text);
    this.toasts.replaceChildren(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  /** A notification about a message in another chat. */
  banner(content, open) {
    const node = h("button", { type: "button", class: "banner", testid: "banner", onclick: () => {
      node.remove();
      open();
    } }, content);
    this.banners.replaceChildren(node);
    setTimeout(() => node.remove(), BANNER_MS);
  }

  photo(url, name) {
    const props = { type: "button", class: "viewer", "aria-label": t("close"), onclick: () => this.close() };
    const close = h("button", props, h("img", { src: url, alt: name }));
    const dialog = { class: "layer dim center", role: "dialog", "aria-modal": "true", "aria-label": name };
    this.#show(h("div", dialog, close), close);
  }
}
