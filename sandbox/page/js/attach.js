// Attaching: the menu, the file inputs, dropped and pasted files, contacts and locations.

import { attempt } from "./deeds.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { pickCaption, pickChat, pickContact, pickLocation, pickPeople } from "./pickers.js";

export class Attachments {
  /** `view` is the open chat; what is attached goes there. */
  constructor(view) {
    this.view = view;
    this.inputs = ["file", "photo"].map((kind) => h("input", {
      type: "file", hidden: true, testid: `${kind}-input`, accept: kind === "photo" ? "image/*" : null,
      onchange: (event) => this.#chosen(event.target, kind),
    }));
    view.node.append(...this.inputs);
    view.node.addEventListener("dragover", (event) => event.preventDefault());
    view.node.addEventListener("drop", (event) => {
      event.preventDefault();
      this.files([...event.dataTransfer.files]);
    });
  }

  menu(event) {
    const box = event.currentTarget.getBoundingClientRect();
    this.view.overlays.menu([
      { icon: "photo", text: t("attachPhoto"), testid: "attach-photo", act: () => this.inputs[1].click() },
      { icon: "file", text: t("attachFile"), testid: "attach-file", act: () => this.inputs[0].click() },
      { icon: "person", text: t("attachContact"), testid: "attach-contact", act: () => this.contact() },
      { icon: "pin", text: t("attachLocation"), testid: "attach-location", act: () => this.location() },
    ], { x: box.left, y: box.top - 190 }, t("attach"));
  }

  #chosen(input, kind) {
    const [file] = input.files;
    input.value = "";
    if (file) this.#send(file, kind);
  }

  /** Files that were dropped or pasted: pictures go as photos. */
  async files(files) {
    for (const file of files) await this.#send(file, file.type.startsWith("image/") ? "photo" : "document");
  }

  async #send(file, kind) {
    const { chatId: chat, thread } = this.view;
    const caption = await pickCaption(this.view.overlays, file, kind);
    await attempt(this.view.overlays, () =>
      this.view.store.api.file({ chat, kind: kind === "file" ? "document" : kind, caption, file, thread }));
  }

  async contact() {
    const { chatId: chat, thread } = this.view;
    const contact = await pickContact(this.view.overlays, this.view.people);
    await this.#act("contact", { chat, thread, ...contact });
  }

  async location() {
    const { chatId: chat, thread } = this.view;
    const place = await pickLocation(this.view.overlays);
    await this.#act("location", { chat, thread, ...place });
  }

  /** The people that a bot asks for. */
  async people({ request_id: request, max_quantity: most = 1 }) {
    const { chatId: chat, person } = this.view;
    const others = this.view.people.filter((one) => one.id !== person.id);
    const people = await pickPeople(this.view.overlays, others, most);
    await this.#act("people", { chat, request, people });
  }

  /** The group that a bot asks for: one of those that Telegram offers for it. */
  async chat({ request_id: request }) {
    const { chatId: chat, store, overlays } = this.view;
    const offered = await attempt(overlays, () => store.api.act("groups", { chat, request }));
    if (!offered) return;
    if (!offered.groups.length) {
      overlays.alert(t("noGroups"));
      return;
    }
    const fits = (one) => offered.groups.includes(one.id);
    const group = await pickChat(overlays, store.chats.filter(fits), () => "", t("chats"), "choose-chat");
    await this.#act("group", { chat, request, group: group.id });
  }

  /** A key of the reply keyboard: text, or one's own phone number or place after a question. */
  async key(button) {
    const { chatId: chat, overlays, person } = this.view;
    if (button.request_contact) {
      if (await overlays.confirm(t("sharePhone"), t("share"))) await this.#act("contact", { chat, person: person.id });
    } else if (button.request_location) {
      if (await overlays.confirm(t("shareLocation"), t("share"))) await this.location();
    } else if (button.request_users) {
      await this.people(button.request_users);
    } else if (button.request_chat) {
      await this.chat(button.request_chat);
    } else {
      await this.view.send(button.text, null);
    }
  }

  #act(deed, body) {
    return attempt(this.view.overlays, () => this.view.store.api.act(deed, body));
  }
}
