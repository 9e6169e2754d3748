// What a bubble carries besides text: files, photos, contacts and locations.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { fileSize, t } from "./i18n.js";
import { icon } from "./icons.js";
import { outsideLink, ownFile } from "./links.js";

/** Nodes for everything attached to the message; `showPhoto(url, name)` opens a picture. */
export function attachments(message, { showPhoto }) {
  return [
    message.file && fileNode(message.file, showPhoto),
    message.contact && contactNode(message.contact),
    message.location && locationNode(message.location),
  ].filter(Boolean);
}

function fileNode(file, showPhoto) {
  const url = ownFile(file.url);
  const name = file.name || t("file");
  if (url && file.kind === "photo") {
    const image = h("img", { src: url, alt: name, width: file.width, height: file.height });
    return h("button", { type: "button", class: "photo", testid: "photo", "aria-label": t("openPhoto"),
      onclick: () => showPhoto(url, name) }, image);
  }
  if (url && ["voice", "audio"].includes(file.kind)) return h("audio", { src: url, controls: true, class: "player" });
  if (url && ["video", "video_note"].includes(file.kind)) return h("video", { src: url, controls: true, class: "player" });
  return h("a", { class: "file", testid: "file", href: url, download: name, title: t("download") },
    h("span", { class: "file-icon" }, icon("file")),
    h("span", { class: "file-words" },
      h("bdi", { class: "file-name" }, name),
      h("span", { class: "faint" }, fileSize(file.size))));
}

function contactNode(contact) {
  return h("span", { class: "contact", testid: "contact" },
    avatar({ id: contact.phone, name: contact.name }),
    h("span", { class: "file-words" },
      h("bdi", { class: "file-name" }, contact.name),
      h("span", { class: "faint" }, contact.phone)));
}

function locationNode({ latitude, longitude }) {
  const place = `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`;
  const map = outsideLink(`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`);
  return h("a", { class: "place", testid: "location", href: map, target: "_blank", rel: "noopener noreferrer" },
    h("span", { class: "place-map" }, icon("pin")),
    h("span", { class: "file-words" },
      h("span", { class: "file-name" }, t("location")),
      h("span", { class: "faint" }, place)));
}
