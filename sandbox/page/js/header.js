// The page's header: its title, the language and the colours.

import { h, refill } from "./dom.js";
import { getLanguage, t } from "./i18n.js";
import { icon } from "./icons.js";
import { recall, remember } from "./settings.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Use the chosen colours, or the system's. */
export function applyTheme() {
  document.documentElement.dataset.theme = recall("theme") ?? (dark.matches ? "dark" : "light");
}

dark.addEventListener("change", applyTheme);

/** The header; `speak(language)` is called for a chosen language. */
export function header(title, languages, speak) {
  const theme = h("button", { type: "button", class: "round", testid: "theme", onclick: () => {
    remember("theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    applyTheme();
    drawTheme();
  } });
  function drawTheme() {
    const isDark = document.documentElement.dataset.theme === "dark";
    theme.setAttribute("aria-label", t(isDark ? "themeLight" : "themeDark"));
    theme.title = t(isDark ? "themeLight" : "themeDark");
    refill(theme, icon(isDark ? "sun" : "moon"));
  }
  drawTheme();
  return h("header", { class: "top" },
    h("div", { class: "brand" }, h("span", { class: "logo", "aria-hidden": "true" }),
      h("h1", {}, title), h("span", { class: "about" }, t("about"))),
    h("div", { class: "segmented", role: "radiogroup", "aria-label": t("language") }, languages.map((code) =>
      h("button", {
        type: "button",
        role: "radio",
        testid: `language-${code}`,
        "aria-checked": String(code === getLanguage()),
        onclick: () => code !== getLanguage() && speak(code),
      }, code.toUpperCase()))),
    theme);
}
