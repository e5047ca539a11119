// The header of a chat: back, the bot's name and state, the menu of the chat.

import { el, iconButton } from "./dom.js";
import { isTyping, model } from "./model.js";
import { avatar } from "./people.js";
import { menu } from "./popup.js";
import { t } from "./words.js";

const TONGUES = [["en", "English"], ["ru", "Русский"]];

/** Makes the header; `onBack()`, `onBlock(blocked)`, `onLanguage(code)`, `onTheme()`. */
export function makeHead(root, { onBack, onBlock, onLanguage, onTheme }) {
  const name = el("h2");
  const state = el("p.state");
  const face = el("span.face");
  const back = iconButton("back", "", onBack, { class: "round back" });
  const more = iconButton("more", "", () => menu(more, items(), t("more")), { "aria-haspopup": "menu" });
  root.append(back, face, el("div.title", {}, name, state), more);
  let shown = { chat: null, dark: false };

  function items() {
    const { chat, dark } = shown;
    const tongue = chat.language_code.slice(0, 2);
    return [
      { icon: dark ? "sun" : "moon", label: t(dark ? "light" : "dark"), act: onTheme },
      ...TONGUES.map(([code, label]) => ({
        icon: "globe", label, hint: t("language"), checked: tongue === code, act: () => onLanguage(code),
      })),
      chat.blocked
        ? { icon: "block", label: t("unblockBot"), act: () => onBlock(false) }
        : { icon: "block", label: t("blockBot"), danger: true, act: () => onBlock(true) },
    ];
  }

  function show(chat, { dark }) {
    shown = { chat, dark };
    if (name.textContent !== model.bot.name) {
      name.textContent = model.bot.name;
      face.replaceChildren(avatar(model.bot.name, 4));
    }
    const typing = isTyping(chat.id);
    const text = model.linked ? t(typing ? "typing" : "bot") : t("reconnecting");
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("busy", typing || !model.linked);
    for (const [button, label] of [[back, t("back")], [more, t("more")]]) {
      button.setAttribute("aria-label", label);
      button.title = label;
    }
  }

  return { show };
}
