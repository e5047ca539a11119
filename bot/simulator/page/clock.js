// The clock bar: no part of Telegram, and drawn so that nobody takes it for one.

import { turnClock, restartBot } from "./api.js";
import { el, icon } from "./dom.js";
import { model, now } from "./model.js";
import { browserZone, clockFace, instantOf, wallOf } from "./when.js";
import { t } from "./words.js";

/** Makes the bar; `onZone(name)` when another zone was chosen. */
export function makeClock(root, { onZone }) {
  const face = el("time", { id: "clock" });
  const notice = el("p.notice");
  const problem = el("p.problem", { role: "alert" });
  const more = el("button.toggle", { type: "button", "aria-expanded": "false", "aria-controls": "tryout-more", onclick: toggle }, icon("chevron"));
  const turns = [
    ["plus10", () => ({ turn: "10m" })],
    ["next", () => ({ turn: "next" })],
    ["tomorrow", () => ({ turn: "tomorrow-07:55", zone: model.zone })],
  ].map(([key, body]) => ({ key, node: action(() => turnClock(body())) }));
  const moment = el("input", { type: "datetime-local", id: "tryout-moment", required: true });
  const set = el("button", { type: "submit" });
  const form = el("form", {}, field(moment), set);
  const zone = el("select", { id: "tryout-zone", onchange: () => onZone(zone.value) });
  const restart = action(restartBot);
  const panel = el("div.more", { id: "tryout-more" }, form, field(zone), restart);
  const clockRow = el("div.now", {}, el("span.dot", { "aria-hidden": "true" }), el("div", {}, face, notice), more);
  root.append(clockRow, el("div.turns", {}, turns.map(({ node }) => node)), panel, problem);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(set, () => turnClock({ to: new Date(instantOf(moment.value, model.zone)).toISOString() }));
  });
  fillZones(zone);
  let worded = "";

  function action(act) {
    const node = el("button", { type: "button", onclick: () => attempt(node, act) });
    return node;
  }

  async function attempt(button, act) {
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    problem.textContent = "";
    await act().catch((error) => (problem.textContent = t("failed") + error.message));
    button.removeAttribute("aria-busy");
  }

  function toggle() {
    const open = root.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    if (open) fillMoment();
  }

  /** Puts the simulated now into the field, unless somebody is writing there. */
  function fillMoment() {
    if (document.activeElement !== moment) moment.value = wallOf(now(), model.zone);
  }

  function show() {
    const text = clockFace(now(), model.zone);
    if (face.textContent !== text) {
      face.textContent = text;
      face.dateTime = new Date(now()).toISOString();
      fillMoment();
    }
    if (worded !== t("notice")) wording();
    zone.value = model.zone;
    for (const node of [...turns.map((turn) => turn.node), form]) node.hidden = !model.controls.turn;
    turns[1].node.hidden = !model.controls.next_reminder;
    restart.hidden = !model.controls.restart;
  }

  function wording() {
    worded = t("notice");
    root.setAttribute("aria-label", t("clock"));
    notice.textContent = worded;
    more.setAttribute("aria-label", t("controls"));
    more.title = t("controls");
    for (const { key, node } of turns) node.textContent = t(key);
    set.textContent = t("set");
    restart.textContent = t("restart");
    panel.querySelector("[for=tryout-moment]").textContent = t("moment");
    panel.querySelector("[for=tryout-zone]").textContent = t("zone");
  }

  return { show };
}

const field = (input) => el("span.field", {}, el("label", { for: input.id }), input);

function fillZones(select) {
  const known = Intl.supportedValuesOf?.("timeZone") ?? [];
  const names = [...new Set([browserZone, model.zone, "UTC", ...known])];
  select.append(...names.map((name) => el("option", { value: name }, name.replaceAll("_", " "))));
}
