// The drawer for people who try the bot: no part of Telegram, and drawn so that nobody takes it for one.

import { el, icon, iconButton } from "./dom.js";
import { t } from "./words.js";

const overlay = matchMedia("(width < 1000px)"); // there it lies over the chat, as a sheet

/** Makes the drawer of `tools`: { key, icon, node }; `onTheme()`, `onToggle()` after it opened or closed. */
export function makeDrawer(root, shade, behind, { tools, onTheme, onToggle }) {
  const title = el("h2", { id: "drawer-title" });
  const note = el("p.note");
  const theme = iconButton("moon", "", onTheme);
  const closer = iconButton("close", "", () => close());
  const folds = tools.map(fold);
  root.append(
    el("header", {}, icon("flask"), el("div", {}, title, note), theme, closer),
    el("div.tools", {}, folds.map((each) => each.node)),
  );
  root.setAttribute("aria-labelledby", "drawer-title");
  let open = !overlay.matches && localStorage.getItem("drawer") !== "closed";
  let back = null;
  let watcher = null;
  let worded = "";
  shade.addEventListener("click", () => close());
  overlay.addEventListener("change", () => set(!overlay.matches && localStorage.getItem("drawer") !== "closed"));
  root.addEventListener("keydown", (event) => event.key === "Escape" && overlay.matches && !event.defaultPrevented && close());
  set(open);

  /** Shows `open` to eyes, keyboard and screen reader alike. */
  function set(value) {
    const modal = value && overlay.matches;
    open = value;
    root.classList.toggle("open", value);
    root.inert = !value;
    behind.inert = modal;
    if (modal) root.setAttribute("role", "dialog");
    else root.removeAttribute("role");
    root.setAttribute("aria-modal", String(modal));
    watch(modal);
    onToggle();
  }

  // a phone's own back gesture closes the sheet
  function watch(modal) {
    watcher?.destroy();
    watcher = modal && "CloseWatcher" in window ? new CloseWatcher() : null;
    if (watcher) watcher.onclose = () => close();
  }

  function toggle(anchor) {
    if (open) return close();
    back = anchor;
    set(true);
    if (overlay.matches) closer.focus();
    else localStorage.removeItem("drawer");
    return undefined;
  }

  function close() {
    if (!open) return;
    const held = root.contains(document.activeElement);
    set(false);
    if (!overlay.matches) localStorage.setItem("drawer", "closed");
    if (held) back?.focus();
  }

  /** Closes the sheet of a phone; on a desk the drawer stays. */
  function giveWay() {
    if (overlay.matches) close();
  }

  function show({ dark }) {
    if (theme.dataset.dark !== String(dark)) theme.replaceChildren(icon(dark ? "sun" : "moon"));
    theme.dataset.dark = dark;
    label(theme, t(dark ? "light" : "dark"));
    if (worded === t("notice")) return;
    worded = t("notice");
    title.textContent = t("tryout");
    note.textContent = worded;
    label(closer, t("closeDrawer"));
    for (const each of folds) each.word();
  }

  return { show, toggle, giveWay, isOpen: () => open, anchor: (node) => (back ??= node) };
}

/** Makes one part of the drawer, which folds and remembers whether it is folded. */
function fold({ key, icon: name, node }) {
  const words = el("h3");
  const kept = `folded ${key}`;
  const details = el("details.fold", { open: localStorage.getItem(kept) === null }, el("summary", {}, icon(name), words, icon("chevron")), node);
  details.addEventListener("toggle", () => {
    if (details.open) localStorage.removeItem(kept);
    else localStorage.setItem(kept, "1");
  });
  return { node: details, word: () => (words.textContent = t(key)) };
}

export function label(button, text) {
  if (button.getAttribute("aria-label") === text) return;
  button.setAttribute("aria-label", text);
  button.title = text;
}

let numbers = 0;

/**
 * Makes a button that says what it is and, in smaller letters, what it does.
 * Returns { node, word(label, hint) }; its name is the label, the hint describes it.
 */
export function control(onclick) {
  const id = `control-${(numbers += 1)}`;
  const name = el("strong", { id: `${id}-name` });
  const hint = el("small", { id: `${id}-hint` });
  const node = el("button.control", { type: "button", onclick, "aria-labelledby": name.id, "aria-describedby": hint.id }, name, hint);
  const word = (words, more) => {
    if (name.textContent !== words) name.textContent = words;
    if (hint.textContent !== more) hint.textContent = more;
  };
  return { node, word };
}

/** Makes a labelled field with a line that explains it; returns { node, word(label, hint) }. */
export function field(input, ...beside) {
  const hint = el("small", { id: `${input.id}-hint` });
  const name = el("label", { for: input.id });
  input.setAttribute("aria-describedby", hint.id);
  const node = el("div.field", {}, name, el("div.line", {}, input, beside), hint);
  const word = (words, more) => {
    name.textContent = words;
    hint.textContent = more;
  };
  return { node, word };
}
