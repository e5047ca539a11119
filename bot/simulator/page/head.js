// The header of a chat: the bot's name and state, the way to the drawer, the menu of the chat.

import { el, icon, iconButton } from "./dom.js";
import { label } from "./drawer.js";
import { cutSeconds, isTyping, model, unreadOf } from "./model.js";
import { avatar } from "./people.js";
import { menu } from "./popup.js";
import { shortClock } from "./when.js";
import { t } from "./words.js";

/** Makes the header; `onDrawer(button)`, `onBlock(blocked)`, `onTheme()`. Returns the drawer's button too. */
export function makeHead(root, { onDrawer, onBlock, onTheme }) {
  const name = el("h1");
  const state = el("p.state");
  const face = el("span.face");
  const time = el("span.time", { "aria-hidden": "true" });
  const badge = el("span.unread", { "aria-hidden": "true" });
  const tools = el("button.tools-toggle", { type: "button", "aria-controls": "drawer", onclick: () => onDrawer(tools) }, icon("flask"), time, badge);
  const more = iconButton("more", "", () => menu(more, items(), t("more")), { "aria-haspopup": "menu" });
  root.append(face, el("div.title", {}, name, state), tools, more);
  let shown = { chat: null, dark: false };

  function items() {
    const { chat, dark } = shown;
    return [
      { icon: dark ? "sun" : "moon", label: t(dark ? "light" : "dark"), act: onTheme },
      chat.blocked
        ? { icon: "block", label: t("unblockBot"), act: () => onBlock(false) }
        : { icon: "block", label: t("blockBot"), danger: true, act: () => onBlock(true) },
    ];
  }

  function show(chat, { now, zone, dark, drawerOpen }) {
    shown = { chat, dark };
    if (name.textContent !== model.bot.name) {
      name.textContent = model.bot.name;
      face.replaceChildren(avatar(model.bot.name, 4));
    }
    const typing = isTyping(chat.id);
    const text = model.linked ? t(typing ? "typing" : "bot") : t("reconnecting");
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("busy", typing || !model.linked);
    showTools(now, zone, drawerOpen);
    label(more, t("more"));
  }

  function showTools(now, zone, open) {
    const left = cutSeconds();
    const clock = left ? `${t("offline")} ${left} ${t("seconds")}` : shortClock(now, zone);
    if (time.textContent !== clock) time.textContent = clock;
    const unread = [...model.chats.keys()].filter((id) => id !== model.chosen).reduce((sum, id) => sum + unreadOf(id), 0);
    badge.textContent = unread ? String(unread) : "";
    tools.classList.toggle("alarm", left > 0);
    tools.setAttribute("aria-expanded", String(open));
    label(tools, unread ? `${t("tryout")}, ${unread} ${t("unread")}` : t("tryout"));
  }

  return { show, tools };
}
