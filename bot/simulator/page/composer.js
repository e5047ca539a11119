// The foot of a chat: START, the field, commands, attachments, editing.

import { el, icon, iconButton } from "./dom.js";
import { commandsFor, menuFor } from "./model.js";
import { menu } from "./popup.js";
import { t } from "./words.js";

const LONGEST = 4096;
const MEDIA = ["photo", "sticker", "voice", "poll", "location"];

/** Makes the foot; `onText(text)`, `onEdit(message, text)`, `onMedia(kind)`, `onUnblock()`, `onLink(url)`; the first two resolve to success. */
export function makeComposer(root, { onText, onEdit, onMedia, onUnblock, onLink }) {
  const drafts = new Map();
  const field = el("textarea", {
    rows: 1, maxlength: LONGEST, enterkeyhint: "send", autocomplete: "off",
    "aria-autocomplete": "list", "aria-controls": "suggestions", oninput: changed, onkeydown: pressed,
  });
  const suggestions = el("div", { id: "suggestions", role: "listbox", hidden: true });
  const commands = el("button.commands", { type: "button", "aria-haspopup": "menu", onclick: openCommands });
  const clip = iconButton("clip", "", openMedia, { "aria-haspopup": "menu" });
  const send = iconButton("send", "", submit, { class: "round send" });
  const editBar = el("div.editing", { hidden: true });
  const line = el("div.line", {}, el("div.pill", {}, commands, field, clip), send);
  const big = el("button.big", { type: "button", onclick: () => (shown.blocked ? onUnblock() : onText("/start")) });
  root.append(suggestions, editBar, line, big);
  let shown = null;
  let editing = null;
  let worded = "";

  function show(chat) {
    if (shown?.id !== chat.id) change(chat);
    const begun = chat.messages.length > 0;
    const wasBig = line.hidden;
    shown = chat;
    line.hidden = !begun || chat.blocked;
    big.hidden = !line.hidden;
    big.textContent = t(chat.blocked ? "unblock" : "start");
    if (worded !== t("send")) wording();
    showMenuButton(chat);
    if (!wasBig || line.hidden) return;
    changed(); // what is hidden has no height
    if (document.activeElement === document.body) focus();
  }

  function showMenuButton(chat) {
    const button = menuFor(chat);
    const words = button.type === "web_app" ? button.text : t("menu");
    if (commands.textContent !== words) commands.replaceChildren(icon("menu"), el("span", {}, words));
    commands.hidden = button.type !== "web_app" && !commandsFor(chat).length;
  }

  function change(chat) {
    if (shown) drafts.set(shown.id, editing ? "" : field.value);
    stopEditing();
    shown = chat;
    field.value = drafts.get(chat.id) ?? "";
    changed();
  }

  function wording() {
    worded = t("send");
    for (const [button, text] of [[clip, t("attach")], [send, t("send")]]) {
      button.setAttribute("aria-label", text);
      button.title = text;
    }
    field.placeholder = t("message");
    field.setAttribute("aria-label", t("message"));
    suggestions.setAttribute("aria-label", t("commands"));
    if (editing) startEditing(editing);
  }

  const focus = () => field.focus({ preventScroll: true });

  function changed() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    line.classList.toggle("filled", field.value.trim() !== "");
    suggest();
  }

  async function submit() {
    const text = field.value.trim();
    if (!text) return focus();
    const message = editing;
    const chat = shown.id;
    stopEditing();
    field.value = "";
    changed();
    focus();
    const done = await (message ? onEdit(message, text) : onText(text));
    if (!done && shown.id === chat && !field.value) {
      field.value = text;
      changed();
    }
    return undefined;
  }

  function pressed(event) {
    if (event.isComposing) return;
    if (!suggestions.hidden && suggestionKey(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && !field.value) {
      const own = shown.messages.filter((message) => !message.from_bot && message.text).at(-1);
      if (own) event.preventDefault();
      if (own) startEditing(own);
    } else if (event.key === "Escape" && editing) {
      stopEditing();
      field.value = "";
      changed();
    }
    return undefined;
  }

  function startEditing(message) {
    const fresh = editing !== message;
    editing = message;
    const cancel = () => {
      stopEditing();
      field.value = "";
      changed();
      focus();
    };
    editBar.replaceChildren(
      icon("edit"),
      el("div", {}, el("strong", {}, t("editing")), el("p", {}, message.text)),
      iconButton("close", t("cancelEdit"), cancel),
    );
    editBar.hidden = false;
    if (!fresh) return;
    field.value = message.text;
    changed();
    focus();
  }

  function stopEditing() {
    editing = null;
    editBar.hidden = true;
  }

  function suggest() {
    const typed = field.value;
    const fitting = /^\/\w*$/.test(typed) && shown
      ? commandsFor(shown).filter(({ command }) => command.startsWith(typed.slice(1)))
      : [];
    suggestions.replaceChildren(...fitting.map(suggestion));
    suggestions.hidden = fitting.length === 0;
    field.removeAttribute("aria-activedescendant");
  }

  function suggestion({ command, description }, index) {
    const act = () => choose(command);
    // the field keeps the focus: a press here must not take it
    return el(
      "div.suggestion",
      { role: "option", id: `suggestion-${index}`, "aria-selected": "false", "data-command": command, onclick: act, onmousedown: (event) => event.preventDefault() },
      el("strong", {}, `/${command}`),
      el("span", {}, description),
    );
  }

  function choose(command) {
    field.value = `/${command}`;
    submit();
  }

  /** Takes a key that belongs to the suggestions; says whether it did. */
  function suggestionKey({ key }) {
    const options = [...suggestions.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (key === "ArrowDown") mark(options, (at + 1) % options.length);
    else if (key === "ArrowUp") mark(options, (at <= 0 ? options.length : at) - 1);
    else if (key === "Enter" && at >= 0) choose(options[at].dataset.command);
    else if (key === "Tab") complete(options[Math.max(at, 0)].dataset.command);
    else if (key === "Escape") suggestions.hidden = true;
    else return false;
    return true;
  }

  function mark(options, chosen) {
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function complete(command) {
    field.value = `/${command}`;
    suggestions.hidden = true;
  }

  function openCommands() {
    const button = menuFor(shown);
    if (button.type === "web_app") return onLink(button.web_app.url);
    const items = commandsFor(shown).map(({ command, description }) => ({
      label: `/${command}`, hint: description, act: () => onText(`/${command}`),
    }));
    return menu(commands, items, t("commands"));
  }

  function openMedia() {
    menu(clip, MEDIA.map((kind) => ({ icon: ICONS[kind] ?? kind, label: t(kind), act: () => onMedia(kind) })), t("attach"));
  }

  return { show, startEditing, focus };
}

const ICONS = { voice: "mic", location: "pin" };
