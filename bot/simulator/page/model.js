// What the page knows. Events change it; the views draw it.

import { browserZone } from "./when.js";

const TYPING_LASTS = 5000;
const TAP_LASTS = 15_000;
const MOST_CALLS = 300;

const keptZone = localStorage.getItem("zone");

export const model = {
  bot: { name: "", username: "", commands: {}, menu: {}, descriptions: {} },
  controls: { turn: false, next_reminder: false, restart: false },
  chats: new Map(),
  chosen: null,
  linked: true,
  zone: isZone(keptZone) ? keptZone : browserZone,
  ahead: 0, // simulated minus this computer's time, milliseconds
  running: "away", // where the bot is: away, leaving, coming, here
  cutUntil: 0, // when the bot's network comes back, on this computer's clock; 0: it is there
  why: "", // why the bot ended by itself
  notice: "", // what is wrong with the newest edit of the content
  calls: [], // newest last
};

const unread = new Map();
const typing = new Map();
const taps = new Map(); // "chat/message" -> { data, query, until }
const answeredEarly = new Set(); // an answer can overtake the response to its tap

function isZone(name) {
  try {
    return Boolean(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

export const now = () => Date.now() + model.ahead;
export const chosenChat = () => model.chats.get(model.chosen) ?? null;
export const unreadOf = (chat) => unread.get(chat) ?? 0;
export const isTyping = (chat) => (typing.get(chat) ?? 0) > Date.now();

/** Returns for how many whole seconds more the bot is without network; 0: it has it. */
export const cutSeconds = () => Math.max(0, Math.ceil((model.cutUntil - Date.now()) / 1000));

const tongueOf = (chat) => (chat?.language_code ?? "").slice(0, 2);

/** Returns the commands that `chat` shows: the narrowest scope first, in it the client's language. */
export function commandsFor(chat) {
  const scopes = [`chat:${chat?.id}`, "all_private_chats", "default"];
  const slots = scopes.flatMap((scope) => [`${scope}/${tongueOf(chat)}`, `${scope}/`]);
  return slots.map((slot) => model.bot.commands[slot]).find(Boolean) ?? [];
}

/** Returns the button beside the field, as setChatMenuButton gave it. */
export const menuFor = (chat) => model.bot.menu[chat.id] ?? model.bot.menu[""] ?? { type: "default" };

/** Takes the whole state, at the start and after each lost connection. */
export function takeState(state) {
  model.bot = state.bot;
  model.controls = state.controls;
  model.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  takeClock(state.clock);
  takeNetwork(state.network);
  model.running = state.running;
  model.why = state.why;
  model.notice = state.notice;
  model.calls = state.calls;
  for (const key of [...taps.keys()]) taps.delete(key);
}

function takeClock({ now: moment }) {
  model.ahead = Date.parse(moment) - Date.now();
}

function takeNetwork({ seconds_left: seconds }) {
  model.cutUntil = seconds ? Date.now() + seconds * 1000 : 0;
}

/** Changes the model by one event; unknown types change nothing. */
export function takeEvent(event) {
  EVENTS[event.type]?.(event);
}

const EVENTS = {
  message: ({ chat, message }) => {
    change(chat, (messages) => [...messages.filter((m) => m.message_id !== message.message_id), message]);
    if (message.from_bot) typing.delete(chat);
    if (message.from_bot && (chat !== model.chosen || document.hidden)) unread.set(chat, unreadOf(chat) + 1);
  },
  edit: ({ chat, message }) => {
    change(chat, (messages) => messages.map((m) => (m.message_id === message.message_id ? message : m)));
    if (message.from_bot) typing.delete(chat);
  },
  delete: ({ chat, message_id }) => change(chat, (messages) => messages.filter((m) => m.message_id !== message_id)),
  answered: ({ query_id }) => endTap(query_id),
  toast: ({ query_id }) => endTap(query_id),
  typing: ({ chat }) => typing.set(chat, Date.now() + TYPING_LASTS),
  chat: ({ chat }) => model.chats.set(chat.id, { messages: [], ...model.chats.get(chat.id), ...chat }),
  commands: ({ commands }) => (model.bot = { ...model.bot, commands }),
  menu: ({ menu }) => (model.bot = { ...model.bot, menu }),
  profile: ({ name, descriptions, abouts }) => (model.bot = { ...model.bot, name, descriptions, abouts }),
  clock: takeClock,
  network: takeNetwork,
  bot: ({ state, why }) => {
    model.running = state;
    model.why = why;
  },
  moved: ({ chat, to }) => {
    model.chats.delete(chat);
    model.chats.set(to.id, to);
    if (model.chosen === chat) model.chosen = to.id;
  },
  notice: ({ text }) => (model.notice = text),
  call: ({ call }) => (model.calls = [...model.calls, call].slice(-MOST_CALLS)),
  calls_cleared: () => (model.calls = []),
};

function change(id, update) {
  const chat = model.chats.get(id);
  if (chat) model.chats.set(id, { ...chat, messages: update(chat.messages) });
}

/** Returns what the bot says about itself, in the client language of `chat` where it does. */
export function descriptionFor(chat) {
  const all = model.bot.descriptions ?? {};
  return all[tongueOf(chat)] ?? all[""] ?? "";
}

export function markRead(chat) {
  unread.delete(chat);
}

const tapKey = (chat, message) => `${chat}/${message}`;

/** Notes that a button waits for its answer. */
export function beginTap(chat, message, data) {
  taps.set(tapKey(chat, message), { data, query: null, until: Date.now() + TAP_LASTS });
}

/** Notes the query that a tap became; it may have been answered already. */
export function nameTap(chat, message, query) {
  const waiting = taps.get(tapKey(chat, message));
  if (waiting) waiting.query = query;
  if (answeredEarly.delete(query)) endTap(query);
}

export function dropTap(chat, message) {
  taps.delete(tapKey(chat, message));
}

function endTap(query) {
  for (const [key, waiting] of taps) {
    if (waiting.query === query) return taps.delete(key);
  }
  if (taps.size) answeredEarly.add(query);
  return false;
}

/** Returns the callback data that waits in a message; null for none. Telegram gives up after 15 s too. */
export function waitingData(chat, message) {
  const waiting = taps.get(tapKey(chat, message));
  return waiting && waiting.until > Date.now() ? waiting.data : null;
}

/** Returns the id up to which the bot has seen what the person sent: it answered later. */
export function readUpTo(chat) {
  const last = chat.messages.filter((message) => message.from_bot).at(-1);
  return isTyping(chat.id) ? Infinity : (last?.message_id ?? 0);
}
