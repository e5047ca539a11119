// What opens over the chat: menus, dialogs, toasts.

import { el, icon } from "./dom.js";
import { languageOf, t } from "./words.js";

const TOAST_LASTS = 4000;

let openMenu = null;

/**
 * Opens a menu beside `anchor` (a node, or a pointer event).
 * `items`: { label, hint?, icon?, checked?, danger?, act }.
 */
export function menu(anchor, items, label) {
  openMenu?.hidePopover();
  const back = document.activeElement;
  const node = el("div.menu", { role: "menu", popover: "auto", "aria-label": label });
  for (const item of items) node.append(menuItem(item, node));
  node.addEventListener("keydown", (event) => walk(event, node));
  node.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    if (node.contains(document.activeElement) || document.activeElement === document.body) back?.focus();
    node.remove();
    if (openMenu === node) openMenu = null;
  });
  document.body.append(node);
  node.showPopover();
  openMenu = node;
  placeBeside(node, anchor);
  node.firstElementChild?.focus({ focusVisible: anchor.detail === 0 });
}

function menuItem(item, node) {
  const checked = item.checked === undefined ? null : String(item.checked);
  const act = () => {
    node.hidePopover();
    item.act();
  };
  const role = checked === null ? "menuitem" : "menuitemradio";
  return el(
    `button.item${item.danger ? ".danger" : ""}`,
    { type: "button", role, "aria-checked": checked, tabindex: "-1", onclick: act },
    item.icon ? icon(item.icon) : null,
    el("span.label", {}, item.label),
    item.hint ? el("span.hint", {}, item.hint) : null,
  );
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function walk(event, node) {
  const items = [...node.children];
  const at = items.indexOf(document.activeElement);
  const goals = { Home: 0, End: items.length - 1 };
  const goal = event.key in STEPS ? (at + STEPS[event.key] + items.length) % items.length : goals[event.key];
  if (event.key === "Tab") node.hidePopover();
  if (goal === undefined) return;
  event.preventDefault();
  items[goal].focus();
}

function placeBeside(node, anchor) {
  const box = anchor.getBoundingClientRect?.() ?? anchor.target.getBoundingClientRect();
  const pointed = anchor.type === "contextmenu";
  const x = pointed ? anchor.clientX : box.left;
  const below = pointed ? anchor.clientY : box.bottom + 6;
  const above = (pointed ? anchor.clientY : box.top - 6) - node.offsetHeight;
  const fits = below + node.offsetHeight <= innerHeight - 8;
  node.style.left = `${Math.max(8, Math.min(x, innerWidth - node.offsetWidth - 8))}px`;
  node.style.top = `${Math.max(8, fits ? below : above)}px`;
}

/** Shows a dialog; resolves to the pressed button's value, or "" if it was dismissed. */
function dialog(label, content, buttons) {
  return new Promise((resolve) => {
    const row = el("div.buttons", {}, buttons.map(({ text, value, main }) =>
      el(`button${main ? ".main" : ""}`, { type: "submit", value, formnovalidate: value === "" }, text)));
    const form = el("form", { method: "dialog" }, content, row);
    const node = el("dialog", { "aria-label": label }, form);
    node.addEventListener("close", () => {
      node.remove();
      resolve({ value: node.returnValue, form });
    });
    document.body.append(node);
    node.showModal();
  });
}

/** Shows an alert, as answerCallbackQuery with show_alert does. */
export const alertBox = (text) =>
  dialog(text, [el("p", { lang: languageOf(text) }, text)], [{ text: t("ok"), value: "ok", main: true }]);

/** Asks before a link is followed; returns whether to. */
export async function mayOpen(url) {
  const buttons = [{ text: t("cancel"), value: "" }, { text: t("open"), value: "open", main: true }];
  const answer = await dialog(t("openLink"), [el("p", {}, t("openLink")), el("p.address", {}, url)], buttons);
  return answer.value === "open";
}

/** Asks who the new person is; returns { name, language }, or null. */
export async function askPerson(language) {
  const name = el("input", { type: "text", name: "name", required: true, maxlength: 64, autocomplete: "off", id: "new-name" });
  const select = el("select", { name: "language", id: "new-language" },
    [["en", "English"], ["ru", "Русский"]].map(([code, title]) => el("option", { value: code, selected: code === language }, title)));
  const content = [
    el("h2", {}, t("newPerson")),
    el("label", { for: "new-name" }, t("firstName")), name,
    el("label", { for: "new-language" }, t("language")), select,
  ];
  // Enter presses the first submit button, so that one must be "Create"
  const buttons = [{ text: t("create"), value: "create", main: true }, { text: t("cancel"), value: "" }];
  const { value } = await dialog(t("newPerson"), content, buttons);
  return value === "create" && name.value.trim() ? { name: name.value.trim(), language: select.value } : null;
}

let toastTimer = 0;

/** Shows `text` over the chat for a moment. */
export function toast(text) {
  const node = document.getElementById("toast");
  node.textContent = text;
  node.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    node.classList.remove("shown");
    node.textContent = "";
  }, TOAST_LASTS);
}
