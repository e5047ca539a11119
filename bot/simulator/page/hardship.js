// What a bot must survive: a restart, a lost network, a person who blocks it.

import { loseNetwork, restartBot } from "./api.js";
import { el } from "./dom.js";
import { control } from "./drawer.js";
import { chosenChat, cutSeconds, model } from "./model.js";
import { t } from "./words.js";

const LOST_FOR = 30;

/** Makes the controls; `attempt(button, act)`, `onBlock(blocked)`. */
export function makeHardship({ attempt, onBlock }) {
  const state = el("p.running", { role: "status" });
  const broken = el("p.broken", { role: "alert" });
  const restart = control(() => (model.running === "here" || model.why) && attempt(restart.node, restartBot));
  const network = control(() => attempt(network.node, () => loseNetwork(cutSeconds() ? 0 : LOST_FOR)));
  const block = control(() => onBlock(!chosenChat().blocked));
  const node = el("div.fill", {}, state, broken, restart.node, network.node, block.node);

  function show() {
    const left = cutSeconds();
    const where = left ? "cut" : model.running;
    // the seconds run on beside it: a status that changes each second would be read out each second
    if (state.dataset.state !== where || state.textContent !== t(`bot-${where}`)) state.textContent = t(`bot-${where}`);
    state.dataset.state = where;
    const edit = model.notice ? `${t("brokenEdit")} ${model.notice}` : model.why;
    if (broken.textContent !== edit) broken.textContent = edit;
    restart.node.hidden = !model.controls.restart;
    restart.word(t("restart"), t("restartHint"));
    busy(restart.node, ["leaving", "coming"].includes(model.running));
    network.word(left ? t("mend") : t("lose"), left ? `${t("backIn")} ${left} ${t("seconds")}` : t("loseHint"));
    network.node.classList.toggle("running-down", left > 0);
    network.node.style.setProperty("--left", left / LOST_FOR);
    const chat = chosenChat();
    if (chat) block.word(t(chat.blocked ? "unblockBot" : "blockBot"), t(chat.blocked ? "unblockHint" : "blockHint"));
  }

  return { node, show };
}

function busy(button, waits) {
  if (waits) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}
