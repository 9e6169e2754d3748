// Inline keyboards under a bubble, and the reply keyboard under the input.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

const STYLES = new Set(["danger", "success", "primary"]);

/** The rows of an inline keyboard; `busy` lists the places ("row-col") that spin, `press(button, row, col)` acts. */
export function inlineKeyboard(rows, busyPlaces, press) {
  const key = (button, row, col) => {
    const busy = busyPlaces.includes(`${row}-${col}`);
    const style = STYLES.has(button.style) ? ` key-${button.style}` : "";
    return h("button", {
      type: "button",
      class: `key${style}${busy ? " busy" : ""}`,
      testid: `button-${row}-${col}`,
      "aria-busy": busy ? "true" : null,
      title: busy ? t("wait") : null,
      onclick: () => press(button, row, col),
    }, label(button.text), button.url && icon("link", "corner"), button.copy && icon("copy", "corner"),
    h("span", { class: "spinner", "aria-hidden": "true" }));
  };
  return h("div", { class: "keyboard", testid: "keyboard", role: "group" },
    rows.map((row, r) => h("div", { class: "key-row" }, row.map((button, c) => key(button, r, c)))));
}

/** The reply keyboard; `press(button)` acts. */
export function replyKeyboard(rows, press) {
  return rows.map((row, r) => h("div", { class: "key-row" }, row.map((button, c) =>
    h("button", {
      type: "button",
      class: `key reply-key${STYLES.has(button.style) ? ` key-${button.style}` : ""}`,
      testid: `reply-key-${r}-${c}`,
      onclick: () => press(button),
    }, label(button.text)))));
}

function label(text) {
  return h("bdi", { class: "key-label", testid: "label" }, text);
}
