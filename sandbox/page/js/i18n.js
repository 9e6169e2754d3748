// Says the page's own words, dates and sizes in the chosen language.

import { LOCALES } from "./locales.js";

let language = "en";
let plural = new Intl.PluralRules("en");

/** Choose the language; one that the page does not know becomes English. */
export function setLanguage(code) {
  language = code in LOCALES ? code : "en";
  plural = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

export function getLanguage() {
  return language;
}

/** The words for a key; `{name}` places take values, `n` chooses the plural form. */
export function t(key, values = {}) {
  const entry = LOCALES[language][key];
  const text = typeof entry === "string" ? entry : (entry[plural.select(values.n)] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

function format(unix, options) {
  return new Intl.DateTimeFormat(language, options).format(new Date(unix * 1000));
}

/** Hours and minutes; 24-hour in both languages, as the messenger shows them. */
export function clock(unix) {
  return format(unix, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The full date and time, for tooltips. */
export function moment(unix) {
  return format(unix, { dateStyle: "long", timeStyle: "medium" });
}

function daysAgo(unix) {
  const day = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(new Date()) - day(new Date(unix * 1000))) / 86_400_000);
}

/** A key that is the same for two moments of one local day. */
export function dayKey(unix) {
  return new Date(unix * 1000).toDateString();
}

/** The words on a date separator: today, yesterday, or the day's date. */
export function dayName(unix) {
  const ago = daysAgo(unix);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  const sameYear = new Date(unix * 1000).getFullYear() === new Date().getFullYear();
  return format(unix, { day: "numeric", month: "long", year: sameYear ? undefined : "numeric" });
}

/** The short time of a chat's last message: a clock, a weekday or a date. */
export function shortTime(unix) {
  const ago = daysAgo(unix);
  if (ago <= 0) return clock(unix);
  if (ago < 7) return format(unix, { weekday: "short" });
  return format(unix, { day: "2-digit", month: "2-digit", year: "2-digit" });
}

/** A file size in bytes, in the reader's units. */
export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power],
    unitDisplay: "short",
    maximumFractionDigits: power ? 1 : 0,
  }).format(bytes / 1024 ** power);
}
