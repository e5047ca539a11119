// What the page knows. Events change it; the views draw it.

import { browserZone } from "./when.js";

const TYPING_LASTS = 5000;
const TAP_LASTS = 15_000;

const keptZone = localStorage.getItem("zone");

export const model = {
  bot: { name: "", username: "", commands: {}, description: "" },
  controls: { turn: false, next_reminder: false, restart: false },
  chats: new Map(),
  chosen: null,
  linked: true,
  zone: isZone(keptZone) ? keptZone : browserZone,
  ahead: 0, // simulated minus this computer's time, milliseconds
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

/** Returns the commands of the bot in the client language of `chat`. */
export function commandsFor(chat) {
  const all = model.bot.commands ?? {};
  const code = (chat?.language_code ?? "").slice(0, 2);
  return all[code] ?? all[""] ?? [];
}

/** Takes the whole state, at the start and after each lost connection. */
export function takeState(state) {
  model.bot = state.bot;
  model.controls = state.controls;
  model.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  takeClock(state.clock);
  for (const key of [...taps.keys()]) taps.delete(key);
}

function takeClock({ now: moment }) {
  model.ahead = Date.parse(moment) - Date.now();
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
  clock: takeClock,
};

function change(id, update) {
  const chat = model.chats.get(id);
  if (chat) model.chats.set(id, { ...chat, messages: update(chat.messages) });
}

/** Returns what the bot says about itself, in the client language of `chat` where it does. */
export function descriptionFor(chat) {
  const all = model.bot.descriptions ?? {};
  return all[chat.language_code.slice(0, 2)] ?? all[""] ?? model.bot.description;
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
