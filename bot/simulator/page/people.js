// The list of chats: each is one person who talks with the bot.

import { el, icon, iconButton } from "./dom.js";
import { model, unreadOf } from "./model.js";
import { stamp } from "./when.js";
import { languageOf, t } from "./words.js";

const HUES = 7;

/** Makes a round letter picture, its colour taken from the id. */
export function avatar(name, id) {
  const letter = [...name.trim()][0] ?? "?";
  return el(`span.avatar.hue-${Math.abs(id) % HUES}`, { "aria-hidden": "true" }, letter.toUpperCase());
}

/** Makes the list; `onChoose(id)`, `onNew()`, `onTheme()`. */
export function makePeople(root, { onChoose, onNew, onTheme }) {
  const title = el("h1");
  const list = el("ul");
  const add = iconButton("plus", "", onNew);
  const theme = iconButton("moon", "", onTheme);
  root.append(el("div.bar", {}, title, theme, add), list);
  let drawn = "";

  function show(view) {
    const chats = [...model.chats.values()];
    const key = JSON.stringify([t("chats"), view.zone, model.chosen, chats.map((chat) => summary(chat, view))]);
    label(add, t("newPerson"));
    label(theme, t(view.dark ? "light" : "dark"));
    if (theme.dataset.dark !== String(view.dark)) theme.replaceChildren(icon(view.dark ? "sun" : "moon"));
    theme.dataset.dark = view.dark;
    if (key === drawn) return;
    drawn = key;
    root.setAttribute("aria-label", t("chats"));
    title.textContent = t("chats");
    const held = list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
    list.replaceChildren(...chats.map((chat) => el("li", {}, row(summary(chat, view)))));
    if (held) list.querySelector(`[data-chat="${CSS.escape(held)}"]`)?.focus();
  }

  function row(person) {
    const props = {
      type: "button",
      "data-chat": person.id,
      "aria-current": person.id === model.chosen ? "true" : null,
      onclick: () => onChoose(person.id),
    };
    return el(
      "button.person",
      props,
      avatar(person.name, person.id),
      el("span.name", {}, person.name, el("span.tongue", {}, person.language)),
      el("time.stamp", {}, person.stamp),
      el("span.preview", { lang: languageOf(person.last) }, person.last),
      person.unread ? el("span.unread", { "aria-label": `${person.unread} ${t("unread")}` }, String(person.unread)) : null,
    );
  }

  return { show };
}

function label(button, text) {
  button.setAttribute("aria-label", text);
  button.title = text;
}

function summary(chat, { now, zone }) {
  const last = chat.messages.at(-1);
  return {
    id: chat.id,
    name: chat.first_name,
    language: chat.language_code || "–",
    stamp: last ? stamp(last.date * 1000, now, zone) : "",
    last: chat.blocked ? t("blocked") : preview(last),
    unread: unreadOf(chat.id),
  };
}

const KINDS = new Set(["photo", "sticker", "voice", "poll", "location"]);

function preview(message) {
  if (!message) return t("noMessages");
  const words = message.text || message.caption || "";
  if (words) return words.replace(/\s+/g, " ").slice(0, 120);
  return t(KINDS.has(message.media?.kind) ? message.media.kind : "photo");
}
