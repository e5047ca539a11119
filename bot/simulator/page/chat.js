// Joins the parts: server -> model -> views, and what a person does -> server.

import * as api from "./api.js";
import { makeClock } from "./clock.js";
import { makeComposer } from "./composer.js";
import { el } from "./dom.js";
import { makeHead } from "./head.js";
import { makeLog } from "./log.js";
import * as data from "./model.js";
import { makePeople } from "./people.js";
import { alertBox, askPerson, mayOpen, menu, toast } from "./popup.js";
import { languageOf, speak, spoken, t } from "./words.js";

const { model } = data;
const byId = (id) => document.getElementById(id);
const darkSystem = matchMedia("(prefers-color-scheme: dark)");

const people = makePeople(byId("people"), { onChoose: choose, onNew: newPerson, onTheme: switchTheme });
const clock = makeClock(byId("tryout"), { onZone: chooseZone });
const head = makeHead(byId("head"), {
  onBack: () => (location.hash = "#/"),
  onBlock: (blocked) => attempt(api.setBlocked(model.chosen, blocked)),
  onLanguage: (code) => attempt(api.setLanguage(model.chosen, code)),
  onTheme: switchTheme,
});
const composer = makeComposer(byId("foot"), {
  onText: (text) => attempt(api.sendText(model.chosen, text)).then(followAfter),
  onEdit: (message, text) => text === message.text || attempt(api.editText(model.chosen, message.message_id, text)),
  onMedia: (kind) => attempt(api.sendMedia(model.chosen, kind)).then(followAfter),
  onUnblock: () => attempt(api.setBlocked(model.chosen, false)),
});
const log = makeLog(byId("log"), byId("down"), {
  onTap,
  onLink: openLink,
  onCopy: copy,
  onCommand: (text) => attempt(api.sendText(model.chosen, text)).then(followAfter),
  onActions: openActions,
});

api.follow({
  onState: (state) => {
    data.takeState(state);
    if (!model.chats.size) firstPerson();
    takeAddress();
  },
  onEvent: (event) => {
    data.takeEvent(event);
    if (event.type === "toast" && event.chat === model.chosen && event.text) {
      if (event.alert) alertBox(event.text);
      else toast(event.text);
    }
    if (event.type === "chat") takeAddress(); // the address may name a chat before its event comes
    soon();
  },
  onLink: (linked) => {
    model.linked = linked;
    soon();
  },
});

window.addEventListener("hashchange", takeAddress);
document.addEventListener("visibilitychange", soon);
darkSystem.addEventListener("change", soon);
setInterval(draw, 1000); // the clock goes on, "typing" and waiting buttons end

let planned = false;

/** Draws once for all that happens in this turn. */
function soon() {
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    draw();
  });
}

function draw() {
  const chat = data.chosenChat();
  speak(chat?.language_code ?? navigator.language);
  if (chat && !document.hidden && listIsClosed()) data.markRead(chat.id);
  const view = { now: data.now(), zone: model.zone, dark: isDark() };
  byId("chat").hidden = !chat;
  byId("empty").hidden = Boolean(chat);
  byId("empty").textContent = t("choose");
  byId("down").setAttribute("aria-label", t("down"));
  byId("down").title = t("down");
  people.show(view);
  clock.show();
  if (!chat) return;
  head.show(chat, view);
  byId("chat").setAttribute("aria-label", model.bot.name);
  describe(chat);
  log.show(chat, view);
  composer.show(chat);
  document.title = model.bot.name;
}

const listIsClosed = () => !byId("app").classList.contains("shows-list") || innerWidth > 760;

/** An empty chat says what the bot is for, as Telegram does. */
function describe(chat) {
  const stage = byId("stage");
  const box = stage.querySelector(".about");
  const text = chat.messages.length ? "" : data.descriptionFor(chat);
  if (!text) return box?.remove();
  if (box?.lastChild.textContent === text && box.firstChild.textContent === t("whatCan")) return undefined;
  const fresh = el("div.about", {}, el("strong", {}, t("whatCan")), el("p", { lang: languageOf(text) }, text));
  return box ? box.replaceWith(fresh) : stage.append(fresh);
}

function isDark() {
  const kept = document.documentElement.dataset.theme;
  return kept ? kept === "dark" : darkSystem.matches;
}

function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  soon();
}

function chooseZone(zone) {
  model.zone = zone;
  localStorage.setItem("zone", zone);
  soon();
}

/** Waits for a call; shows what went wrong. Resolves to its answer, or false. */
async function attempt(call) {
  try {
    return await call;
  } catch (error) {
    toast(t("failed") + error.message);
    return false;
  }
}

// what I write myself I want to see, also when I had scrolled up
function followAfter(done) {
  if (done) setTimeout(log.toEnd);
  return done;
}

function choose(id) {
  if (location.hash === `#/${id}`) takeAddress();
  else location.hash = `#/${id}`;
}

/** The address holds the chosen chat, so that a phone's own back gesture works. */
function takeAddress() {
  const wanted = Number(location.hash.slice(2));
  const listed = location.hash === "#/";
  const known = model.chats.has(wanted) ? wanted : ([...model.chats.keys()].at(0) ?? null);
  model.chosen = listed ? (model.chats.has(model.chosen) ? model.chosen : known) : known;
  byId("app").classList.toggle("shows-list", listed || model.chosen === null);
  soon();
}

async function firstPerson() {
  const language = spoken();
  const made = await attempt(api.addPerson(language === "ru" ? "Алекс" : "Alex", navigator.language.slice(0, 2)));
  if (made) choose(made.id);
}

async function newPerson() {
  const person = await askPerson(spoken());
  const made = person && (await attempt(api.addPerson(person.name, person.language)));
  if (made) choose(made.id);
}

async function onTap(message, button) {
  if (button.url) return openLink(button.url);
  if (button.copy_text) return copy(button.copy_text.text ?? button.copy_text);
  const { chosen } = model;
  if (!button.callback_data || data.waitingData(chosen, message.message_id) === button.callback_data) return undefined;
  data.beginTap(chosen, message.message_id, button.callback_data);
  soon();
  const made = await attempt(api.tap(chosen, message.message_id, button.callback_data));
  if (made) data.nameTap(chosen, message.message_id, made.query_id);
  else data.dropTap(chosen, message.message_id);
  return soon();
}

async function openLink(url) {
  if (/^https?:\/\//i.test(url) && (await mayOpen(url))) window.open(url, "_blank", "noopener,noreferrer");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch (error) {
    toast(t("failed") + error.message);
  }
}

function openActions(event, message) {
  if (event.type === "contextmenu" && String(getSelection())) return; // the browser's own menu copies a selection
  const words = message.text || message.caption;
  const items = [];
  if (!message.from_bot && message.text) items.push({ icon: "edit", label: t("edit"), act: () => composer.startEditing(message) });
  if (words) items.push({ icon: "copy", label: t("copy"), act: () => copy(words) });
  if (!items.length) return;
  event.preventDefault();
  menu(event, items, t("actions"));
}
