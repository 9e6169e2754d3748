// The plate over a phone: whose phone it is, and the list from which another person is chosen.

import { avatar } from "./avatar.js";
import { h, refill } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { peerList, searchField } from "./pickers.js";

const SEARCH_FROM = 8;

export class PersonPlate {
  /** `choose(person)` is called for the chosen one. */
  constructor(people, choose) {
    this.people = people;
    this.choose = choose;
    this.button = h("button", { type: "button", class: "person", testid: "person-switch", "aria-haspopup": "listbox",
      "aria-expanded": "false", onclick: () => this.toggle(this.panel.hidden) });
    this.panel = h("div", { class: "people", hidden: true });
    this.node = h("div", { class: "plate" }, this.button, this.panel);
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      this.toggle(false);
      this.button.focus();
    });
    this.node.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.node.contains(relatedTarget) && !relatedTarget?.matches(".phone-tab")) this.toggle(false);
    });
  }

  show(person) {
    this.person = person;
    this.button.setAttribute("aria-label", t("switchPerson", { name: person.name }));
    refill(this.button, avatar(person, "small"),
      h("span", { class: "peer-words" }, h("bdi", { class: "peer-name" }, person.name),
        h("bdi", { class: "faint" }, person.subtitle ?? "")),
      icon("chevron"));
  }

  toggle(open) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const list = peerList(this.people, {
      pick: (person) => {
        this.toggle(false);
        this.button.focus();
        if (person.id !== this.person.id) this.choose(person);
      },
      chosen: this.person?.id,
      testid: "person",
      label: t("people"),
    });
    const search = this.people.length >= SEARCH_FROM ? searchField(list, t("searchPeople")) : null;
    refill(this.panel, search ?? [], list);
    (search?.querySelector("input") ?? list.querySelector("[aria-selected=true]"))?.focus();
    list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }
}
