// Joins the parts: server -> model -> views, and what a person does -> server.

import * as api from "./api.js";
import { makeCalls } from "./calls.js";
import { makeClock } from "./clock.js";
import { makeComposer } from "./composer.js";
import { el } from "./dom.js";
import { makeDrawer } from "./drawer.js";
import { makeFaults } from "./faults.js";
import { makeHardship } from "./hardship.js";
import { makeHead } from "./head.js";
import { makeLog } from "./log.js";
import * as data from "./model.js";
import { makePeople } from "./people.js";
import { alertBox, askPerson, mayOpen, menu, toast } from "./popup.js";
import { chromeLanguage, languageOf, speak, spoken, t, told } from "./words.js";

const { model } = data;
let planned = false;
const byId = (id) => document.getElementById(id);
const darkSystem = matchMedia("(prefers-color-scheme: dark)");

const block = (blocked) => attempt(api.setBlocked(model.chosen, blocked));
const people = makePeople({
  onChoose: (id) => {
    choose(id);
    drawer.giveWay();
  },
  onNew: newPerson,
  onLanguage: (code) => attempt(api.setLanguage(model.chosen, code)),
});
const clock = makeClock({ attempt: press, onZone: chooseZone });
const hardship = makeHardship({ attempt: press, onBlock: block });
const faults = makeFaults({ attempt: press });
const calls = makeCalls({ attempt: press });
const head = makeHead(byId("head"), { onDrawer: (button) => drawer.toggle(button), onBlock: block, onTheme: switchTheme });
const drawer = makeDrawer(byId("drawer"), byId("shade"), byId("chat"), {
  tools: [
    { key: "whoAmI", icon: "person", node: people.node },
    { key: "clock", icon: "clock", node: clock.node },
    { key: "theBot", icon: "robot", node: hardship.node },
    { key: "faults", icon: "bolt", node: faults.node },
    { key: "calls", icon: "list", node: calls.node },
  ],
  onTheme: switchTheme,
  onToggle: soon,
});
drawer.anchor(head.tools);
const composer = makeComposer(byId("foot"), {
  onText: (text) => send(api.sendText(model.chosen, text)),
  onEdit: (message, text) => text === message.text || attempt(api.editText(model.chosen, message.message_id, text)),
  onMedia: (kind) => send(api.sendMedia(model.chosen, kind)),
  onUnblock: () => block(false),
  onLink: openLink,
});
const log = makeLog(byId("log"), byId("down"), {
  onTap,
  onLink: openLink,
  onCopy: copy,
  onCommand: (text) => send(api.sendText(model.chosen, text)),
  onActions: openActions,
});

api.follow({
  onState: (state) => {
    data.takeState(state);
    if (!model.chats.size) attempt(api.readyMade());
    takeAddress();
  },
  onEvent: (event) => {
    data.takeEvent(event);
    if (event.type === "toast" && event.chat === model.chosen && event.text) {
      if (event.alert) alertBox(event.text);
      else toast(event.text);
    }
    if (event.type === "bot" && event.state === "here" && event.seconds) toast(t("botBack")(event.seconds));
    if (event.type === "moved" && location.hash === `#/${event.chat}`) location.hash = `#/${event.to.id}`;
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
  if (chat && !document.hidden) data.markRead(chat.id);
  const view = { now: data.now(), zone: model.zone, dark: isDark(), drawerOpen: drawer.isOpen() };
  byId("chat").hidden = !chat;
  byId("down").setAttribute("aria-label", t("down"));
  byId("down").title = t("down");
  drawer.show(view);
  if (drawer.isOpen()) for (const tool of [people, clock, hardship, faults, calls]) tool.show(view);
  if (!chat) return;
  head.show(chat, view);
  byId("chat").setAttribute("aria-label", model.bot.name);
  describe(chat);
  log.show(chat, view);
  composer.show(chat);
  document.title = model.bot.name;
}

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
    toast(t("failed") + told(error.message));
    return false;
  }
}

/** Does what a button of the drawer stands for; a second press waits for the first. */
async function press(button, act) {
  if (button.classList.contains("pressed")) return;
  button.classList.add("pressed");
  await attempt(act());
  button.classList.remove("pressed");
}

// what I write myself I want to see, also when I had scrolled up; not afterwards: a long answer
// may stand there by then, at its beginning
function send(call) {
  log.toEnd();
  return attempt(call);
}

function choose(id) {
  if (location.hash === `#/${id}`) takeAddress();
  else location.hash = `#/${id}`;
}

/** The address holds the chosen chat; without one it is the first whose language is the browser's. */
function takeAddress() {
  const wanted = Number(location.hash.slice(2));
  const chats = [...model.chats.values()];
  const own = chats.find((chat) => chromeLanguage(chat.language_code) === chromeLanguage(navigator.language));
  model.chosen = model.chats.has(wanted) ? wanted : ((own ?? chats.at(0))?.id ?? null);
  soon();
}

async function newPerson() {
  const person = await askPerson(spoken());
  const made = person && (await attempt(api.addPerson(person.name, person.language)));
  if (!made) return;
  choose(made.id);
  drawer.giveWay();
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
