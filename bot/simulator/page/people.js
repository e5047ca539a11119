// Who am I: each person here is another Telegram account with a chat of its own.

import { el } from "./dom.js";
import { control, field } from "./drawer.js";
import { chosenChat, model, unreadOf } from "./model.js";
import { stamp } from "./when.js";
import { languageOf, t } from "./words.js";

const HUES = 7;
const TONGUES = [["en", "English"], ["ru", "Русский"], ["de", "Deutsch"]];

/** Makes a round letter picture, its colour taken from the id. */
export function avatar(name, id) {
  const letter = [...name.trim()].find((each) => /[\p{L}\p{N}]/u.test(each)) ?? "?";
  return el(`span.avatar.hue-${Math.abs(id) % HUES}`, { "aria-hidden": "true" }, letter.toUpperCase());
}

/** Makes the list; `onChoose(id)`, `onNew()`, `onLanguage(code)`. */
export function makePeople({ onChoose, onNew, onLanguage }) {
  const list = el("ul.people");
  const add = control(onNew);
  const select = el("select", { id: "tongue", onchange: () => onLanguage(select.value) });
  const tongue = field(select);
  const node = el("div.fill", {}, list, add.node, tongue.node);
  let drawn = "";

  function show(view) {
    const chats = [...model.chats.values()];
    const key = JSON.stringify([t("whoAmI"), view.zone, model.chosen, chats.map((chat) => summary(chat, view))]);
    if (key === drawn) return;
    drawn = key;
    add.word(t("newPerson"), t("newPersonHint"));
    tongue.word(t("language"), t("languageHint"));
    list.setAttribute("aria-label", t("whoAmI"));
    const held = list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
    list.replaceChildren(...chats.map((chat) => el("li", {}, row(summary(chat, view)))));
    if (held) list.querySelector(`[data-chat="${CSS.escape(held)}"]`)?.focus();
    offerTongues(chosenChat()?.language_code ?? "");
  }

  function offerTongues(code) {
    const all = TONGUES.some(([each]) => each === code) || !code ? TONGUES : [...TONGUES, [code, code]];
    select.replaceChildren(...[...all, ["", t("untold")]].map(([value, title]) => el("option", { value }, title)));
    select.value = code;
  }

  function row(person) {
    const props = {
      type: "button",
      "data-chat": person.id,
      "aria-current": person.id === model.chosen ? "true" : null,
      title: person.name,
      onclick: () => onChoose(person.id),
    };
    return el(
      "button.person",
      props,
      avatar(person.name, person.id),
      el("span.name", {}, el("span.words", { dir: "auto" }, person.name), el("span.tongue", {}, person.language)),
      el("time.stamp", {}, person.stamp),
      el("span.preview", { lang: languageOf(person.last) }, person.last),
      person.unread ? el("span.unread", { "aria-label": `${person.unread} ${t("unread")}` }, String(person.unread)) : null,
    );
  }

  return { node, show };
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

const KINDS = new Set(["photo", "video", "animation", "sticker", "voice", "poll", "location"]);

function preview(message) {
  if (!message) return t("noMessages");
  const words = message.text || message.caption || "";
  if (words) return words.replace(/\s+/g, " ").slice(0, 120);
  return t(KINDS.has(message.media?.kind) ? message.media.kind : "photo");
}
