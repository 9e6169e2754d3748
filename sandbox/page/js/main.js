// Starts the page: asks the server who is there, and puts two phones side by side.

import { getInfo, getPeople, postLanguage } from "./api.js";
import { avatar } from "./avatar.js";
import { h, refill } from "./dom.js";
import { applyTheme, header } from "./header.js";
import { getLanguage, setLanguage, t } from "./i18n.js";
import { icon } from "./icons.js";
import { Phone } from "./phone.js";
import { recall, remember } from "./settings.js";
import { forgetStores, keepOnly } from "./store.js";

const SIDES = ["left", "right"];
const narrow = matchMedia("(max-width: 759px)");
const app = document.getElementById("app");
let phones = [];
let tabs = null;

function show(side) {
  remember("shown", side);
  document.body.dataset.shown = side;
  drawTabs();
}

/** On a narrow page one phone is shown: these tabs choose which, and the chosen one chooses the person. */
function drawTabs() {
  refill(tabs, phones.filter((phone) => phone.person).map(phoneTab));
}

function phoneTab(phone) {
  const unread = phone.store.chats.reduce((sum, chat) => sum + chat.unread, 0);
  const chosen = document.body.dataset.shown === phone.side;
  return h("button", {
    type: "button",
    role: "tab",
    class: "phone-tab",
    testid: `show-${phone.side}`,
    "aria-selected": String(chosen),
    onclick: () => (chosen ? phone.plate.toggle(phone.plate.panel.hidden) : show(phone.side)),
  },
  avatar(phone.person, "tiny"),
  h("span", { class: "peer-words" }, h("bdi", { class: "peer-name" }, phone.person.name),
    h("bdi", { class: "faint" }, phone.person.subtitle ?? "")),
  unread > 0 && !chosen && h("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, String(unread)),
  chosen && icon("chevron"));
}

function changed(phone) {
  remember(phone.side, phone.person.id);
  remember(`${phone.side}Chat`, phone.place);
  drawTabs();
  attach();
}

/** Streams are open only while the page is seen: a browser allows six connections to one server. */
function attach() {
  const seen = document.visibilityState === "visible";
  keepOnly(seen ? phones.filter((phone) => phone.person).map((phone) => phone.person.id) : []);
}

/** Another language, which means another world: what was done in this one is given up only on purpose. */
async function speak(language) {
  const { touched } = await getInfo();
  const phone = phones.find((one) => one.side === document.body.dataset.shown);
  if (touched && phone && !(await phone.overlays.confirm(t("startAnew"), t("startAnewYes"), "danger"))) return;
  remember("lang", language);
  await mount(true);
}

/** Ask for the world in the page's language; a world of one language stays as it is, and so, unless it is `meant`
 * otherwise, does one in which something was done: the page speaks its language then. */
async function translated(world, meant) {
  const spoken = world.info.language ?? world.people[0]?.language;
  if (spoken === getLanguage()) return world;
  if (world.info.touched && !meant) {
    setLanguage(spoken);
    return world;
  }
  const changed = await postLanguage(getLanguage()).then(() => true, () => false);
  return changed ? ask() : world;
}

async function ask() {
  const [info, { people, languages }] = await Promise.all([getInfo(), getPeople()]);
  return { info, people, languages };
}

function chooseLanguage(languages) {
  const wanted = [recall("lang"), ...navigator.languages.map((code) => code.slice(0, 2)), "en"];
  setLanguage(wanted.find((code) => languages.includes(code)) ?? "en");
}

async function mount(meant = false) {
  forgetStores();
  phones = [];
  const known = await ask();
  chooseLanguage(known.languages);
  const { info, people, languages } = await translated(known, meant);
  document.title = info.title;
  const wishes = SIDES.map((side, at) => ({
    person: people.find((one) => String(one.id) === recall(side)) ?? people[Math.min(at, people.length - 1)],
    chat: recall(`${side}Chat`),
  }));
  phones = people.length ? SIDES.map((side) => new Phone({
    side, people, bots: info.bots ?? [info.bot], changed, narrow: () => narrow.matches,
    shown: () => !narrow.matches || document.body.dataset.shown === side,
  })) : [];
  tabs = h("div", { class: "phone-tabs", role: "tablist", "aria-label": t("people") });
  const shown = phones.length ? phones.map((phone) => phone.node) : h("p", { class: "empty" }, t("nobody"));
  refill(app, header(info.title, languages, speak), tabs, h("main", { class: "stage" }, shown));
  show(SIDES.includes(recall("shown")) ? recall("shown") : "left");
  await Promise.all(phones.map((phone, at) => phone.become(wishes[at].person, wishes[at].chat)));
}

function fail(error) {
  refill(app, h("main", { class: "stage" }, h("p", { class: "empty", role: "alert" }, error.message || t("failed"))));
}

document.addEventListener("visibilitychange", attach);
addEventListener("popstate", () => phones.find((phone) => phone.side === document.body.dataset.shown)?.closeChat());
setInterval(() => phones.forEach((phone) => phone.tick()), 15_000);

applyTheme();
mount().catch(fail);
