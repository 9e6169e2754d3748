// The sheets in which a person, a chat, a contact, a place or a file's caption is chosen.

import { avatar } from "./avatar.js";
import { arrowKeys, h } from "./dom.js";
import { fileSize, t } from "./i18n.js";
import { icon } from "./icons.js";

/** A list of people or chats to choose from; `pick(peer)` gets the chosen one. */
export function peerList(peers, { pick, chosen, testid, label, subtitle = (peer) => peer.subtitle }) {
  const options = peers.map((peer) => h("button", {
    type: "button",
    class: "peer",
    role: "option",
    "aria-selected": String(peer.id === chosen),
    testid: `${testid}-${peer.id}`,
    onclick: () => pick(peer),
  }, avatar(peer),
  h("span", { class: "peer-words" },
    h("bdi", { class: "peer-name" }, peer.name ?? peer.title),
    h("bdi", { class: "faint" }, subtitle(peer) ?? "")),
  peer.id === chosen && icon("check", "chosen")));
  const list = h("div", { class: "peers", role: "listbox", "aria-label": label }, options);
  arrowKeys(list, "[role=option]");
  return list;
}

/** A search field that hides the options of a list that do not contain the words. */
export function searchField(list, label) {
  const input = h("input", { type: "search", placeholder: label, "aria-label": label, testid: "search", oninput: filter });
  function filter() {
    const words = input.value.trim().toLocaleLowerCase();
    for (const option of list.children) option.hidden = !option.textContent.toLocaleLowerCase().includes(words);
  }
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") list.querySelector("[role=option]:not([hidden])")?.focus();
    if (event.key === "Enter") list.querySelector("[role=option]:not([hidden])")?.click();
  });
  return h("label", { class: "search" }, icon("search"), input);
}

function field(name, words, props = {}) {
  return h("label", { class: "field" }, h("span", {}, words), h("input", { name, testid: `field-${name}`, ...props }));
}

function form(fields, words, submit) {
  const node = h("form", { class: "form", onsubmit: (event) => {
    event.preventDefault();
    submit(Object.fromEntries(new FormData(node)));
  } }, fields, h("button", { type: "submit", class: "action main", testid: "sheet-send" }, words));
  return node;
}

/** Resolves to `{person}` or `{name, phone}`; never if the sheet is closed. */
export function pickContact(overlays, people) {
  return new Promise((resolve) => {
    const done = (contact) => {
      overlays.close();
      resolve(contact);
    };
    const list = peerList(people, { pick: (person) => done({ person: person.id }), testid: "contact", label: t("people") });
    overlays.sheet(t("attachContact"),
      form([
        field("name", t("contactName"), { required: true, maxlength: 64, autocomplete: "off" }),
        field("phone", t("contactPhone"), { required: true, type: "tel", maxlength: 32, autocomplete: "off" }),
      ], t("send"), done),
      h("h3", {}, t("people")), list);
  });
}

/** Resolves to the ids of up to `most` people; never if the sheet is closed. */
export function pickPeople(overlays, people, most) {
  return new Promise((resolve) => {
    const chosen = new Set();
    const list = peerList(people, { pick, testid: "choose", label: t("people") });
    list.setAttribute("aria-multiselectable", "true");
    const done = h("button", { type: "button", class: "action main", testid: "sheet-send", disabled: true, onclick: () => {
      overlays.close();
      resolve([...chosen]);
    } }, t("share"));
    function pick({ id }) {
      if (!chosen.delete(id) && chosen.size < most) chosen.add(id);
      for (const option of list.children) {
        option.setAttribute("aria-selected", String(chosen.has(Number(option.dataset.testid.split("-")[1]))));
      }
      done.disabled = chosen.size === 0;
    }
    overlays.sheet(t("people"), list, done);
  });
}

/** Resolves to `{latitude, longitude}`; never if the sheet is closed. */
export function pickLocation(overlays) {
  return new Promise((resolve) => {
    const degrees = (limit, value) => ({ type: "number", step: "any", min: -limit, max: limit, required: true, value });
    overlays.sheet(t("attachLocation"), form([
      field("latitude", t("latitude"), degrees(90, 55.751244)),
      field("longitude", t("longitude"), degrees(180, 37.618423)),
    ], t("send"), ({ latitude, longitude }) => {
      overlays.close();
      resolve({ latitude: Number(latitude), longitude: Number(longitude) });
    }));
  });
}

/** Resolves to the caption for a file; never if the sheet is closed. */
export function pickCaption(overlays, file, kind) {
  return new Promise((resolve) => {
    const url = kind === "photo" ? URL.createObjectURL(file) : null;
    const preview = url
      ? h("img", { class: "preview", src: url, alt: file.name })
      : h("span", { class: "file-icon" }, icon("file"));
    const sheet = overlays.sheet(t(kind === "photo" ? "attachPhoto" : "attachFile"),
      h("div", { class: url ? "picked" : "picked file" }, preview,
        h("span", { class: "file-words" },
          h("bdi", { class: "file-name" }, file.name),
          h("span", { class: "faint" }, fileSize(file.size)))),
      form([field("caption", t("caption"), { maxlength: 1024, autocomplete: "off" })], t("send"), ({ caption }) => {
        overlays.close();
        resolve(caption);
      }));
    sheet.parentNode.addEventListener("closed", () => url && URL.revokeObjectURL(url));
  });
}

/** Resolves to the chosen chat; never if the sheet is closed. */
export function pickChat(overlays, chats, subtitle, title = t("forwardTo"), testid = "forward-to") {
  return new Promise((resolve) => {
    const list = peerList(chats, {
      pick: (chat) => {
        overlays.close();
        resolve(chat);
      },
      testid,
      label: t("chats"),
      subtitle,
    });
    overlays.sheet(title, list);
  });
}
