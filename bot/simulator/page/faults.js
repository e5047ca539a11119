// What can go wrong, thrown by hand, and whether the promise to everybody holds all the same.

import { clearFaults, endFault, killBot, lookAtFaults, openChat, setLimits, throwFault } from "./api.js";
import { el } from "./dom.js";
import { control, field } from "./drawer.js";
import { model } from "./model.js";
import { t } from "./words.js";

const LOOK_MS = 1000;
const SLOW = 4; // seconds; shorter than the bot waits for an answer
const CLOSED = 20; // seconds of a "too many messages"
const MINUTE = 60;
const ENDS = ["sent", "stale", "undeliverable", "cancelled", "unknown", "pending"];

/** Each has a name and a line in the words of the page: `fault-<key>`, `fault-<key>Hint`. */
const PRESETS = [
  { key: "slow", order: () => ({ kind: "delay", seconds: SLOW, for: MINUTE }) },
  { key: "many", order: () => ({ kind: "429", chat: model.chosen, seconds: CLOSED }) },
  { key: "manyAll", order: () => ({ kind: "429-all", seconds: CLOSED }) },
  { key: "lost", order: () => ({ kind: "lost-reply", method: "sendMessage" }) },
  { key: "down", order: () => ({ kind: "502", for: MINUTE }) },
  { key: "unreachable", order: () => ({ kind: "refused", for: MINUTE }) },
  { key: "garbled", order: () => ({ kind: "no-json", for: MINUTE }) },
  { key: "tenth", order: () => ({ kind: "drop-after", method: "send*", share: 0.1, for: 10 * MINUTE }) },
];
const KINDS = [
  "429", "429-all", "403", "403-gone", "400-chat", "400-entities", "400-same", "migrated",
  "409", "401", "404", "500", "502", "drop-before", "drop-after", "lost-reply", "refused",
  "broken-json", "no-json", "no-object", "delay", "delay-before",
];
const EXTENTS = {
  once: {},
  minute: { for: MINUTE },
  tenth: { for: 10 * MINUTE, share: 0.1 },
};
const OF_ONE_CHAT = new Set(["429", "403", "403-gone", "400-chat", "migrated"]);
const LATE = { "429": CLOSED, "429-all": CLOSED, delay: SLOW, "delay-before": SLOW };

/** Makes the part; `attempt(button, act)`. */
export function makeFaults({ attempt }) {
  let seen = null; // what the server said last
  let at = 0; // when it said it
  let worded = "";
  const promise = makePromise();
  const limits = el("input", { type: "checkbox", role: "switch", id: "limits", onchange: () => act(limits, () => setLimits(limits.checked)) });
  const limitsName = el("label", { for: "limits" });
  const limitsHint = el("small", { id: "limits-hint" });
  limits.setAttribute("aria-describedby", limitsHint.id);
  const kill = control(() => model.running === "here" && attempt(kill.node, killBot));
  const presets = PRESETS.map((preset) => {
    const button = control(() => act(button.node, () => throwOrEnd(preset)));
    return { ...preset, ...button };
  });
  const kind = el("select", { id: "fault-kind" });
  const extent = el("select", { id: "fault-extent" });
  const go = el("button.small", { type: "submit" });
  const kinds = field(kind);
  const extents = field(extent, go);
  const form = el("form.other", { onsubmit: submit }, kinds.node, extents.node);
  const standing = el("ul.standing");
  const clear = el("button.small", { type: "button", onclick: () => act(clear, clearFaults) });
  const node = el("div.fill", {},
    promise.node,
    el("div.check", {}, limits, el("div", {}, limitsName, limitsHint)),
    el("div.turns", {}, presets.map((each) => each.node), kill.node),
    form, standing, clear);
  setInterval(look, LOOK_MS);

  /** Asks how things stand, while somebody can see it. */
  async function look() {
    if (document.hidden || !node.checkVisibility() || node.closest("[inert]")) return;
    const view = await lookAtFaults().catch(() => null);
    if (view) take(view);
  }

  function take(view) {
    seen = view;
    at = Date.now();
    draw();
  }

  /** Does an act whose answer says how things stand then. */
  function act(button, doing) {
    return attempt(button, async () => {
      const view = await doing();
      take(view);
      return view;
    });
  }

  function throwOrEnd(preset) {
    const order = orderOf(preset);
    if (order) return endFault(order.number);
    return closedFor(preset) > 0 ? openChat(preset.order().chat) : throwFault(preset.order());
  }

  function submit(event) {
    event.preventDefault();
    const body = { kind: kind.value, ...EXTENTS[extent.value] };
    if (LATE[kind.value]) body.seconds = LATE[kind.value];
    if (OF_ONE_CHAT.has(kind.value)) body.chat = model.chosen;
    act(go, () => throwFault(body));
  }

  /** Returns the order that a button gave and that stands; in a chat's button, of this chat. */
  function orderOf(preset) {
    const wanted = preset.order();
    return seen?.faults.find((fault) => fault.kind === wanted.kind
      && (wanted.chat === undefined || fault.chat === wanted.chat)
      && fault.share === (wanted.share ?? 1)
      && fault.method === (wanted.method ?? ""));
  }

  /** Returns how many seconds more Telegram keeps closed what a button's 429 has closed. */
  function closedFor(preset) {
    if (preset.key === "many") return (seen?.closed.chats[model.chosen] ?? 0) - age();
    return preset.key === "manyAll" ? (seen?.closed.all ?? 0) - age() : 0;
  }

  const age = () => (Date.now() - at) / 1000;

  function show() {
    if (worded !== t("whoAmI")) wording();
    if (!seen) look();
    draw();
  }

  function wording() {
    worded = t("whoAmI");
    limitsName.textContent = t("limits");
    limitsHint.textContent = t("limitsHint");
    kinds.word(t("anyFault"), t("anyFaultHint"));
    extents.word(t("extent"), t("extentHint"));
    go.textContent = t("throw");
    clear.textContent = t("clearFaults");
    standing.setAttribute("aria-label", t("standing"));
    options(kind, KINDS, (each) => `kind-${each}`);
    options(extent, Object.keys(EXTENTS), (each) => `extent-${each}`);
    promise.word();
  }

  function draw() {
    kill.node.hidden = !model.controls.restart;
    kill.word(t("fault-kill"), t("fault-killHint"));
    busy(kill.node, ["leaving", "coming"].includes(model.running));
    for (const preset of presets) drawPreset(preset);
    if (!seen) return;
    if (document.activeElement !== limits || limits.checked !== seen.limits) limits.checked = seen.limits;
    promise.show(seen);
    drawStanding();
  }

  function drawPreset(preset) {
    const order = orderOf(preset);
    const closed = closedFor(preset);
    const left = order?.seconds_left ? order.seconds_left - age() : closed;
    const on = Boolean(order) || closed > 0;
    preset.word(t(`fault-${preset.key}`), on ? endsIn(order, left) : t(`fault-${preset.key}Hint`));
    preset.node.setAttribute("aria-pressed", String(on));
    preset.node.classList.toggle("running-down", on);
    const whole = order?.lasts ?? CLOSED;
    preset.node.style.setProperty("--left", on && left > 0 ? Math.min(1, left / whole) : 1);
  }

  function drawStanding() {
    const key = JSON.stringify([worded, seen.faults.map((fault) => [fault.number, fault.hits, whole(fault.seconds_left)])]);
    clear.hidden = standing.hidden = !seen.faults.length;
    if (standing.dataset.key === key) return;
    standing.dataset.key = key;
    const held = document.activeElement?.dataset?.order;
    standing.replaceChildren(...seen.faults.map(row));
    if (held) standing.querySelector(`[data-order="${CSS.escape(held)}"]`)?.focus();
  }

  function row(fault) {
    const words = [t(`kind-${fault.kind}`), fault.method, whose(fault)].filter(Boolean).join(" · ");
    const more = fault.starts_in > 0 ? `${t("startsIn")} ${whole(fault.starts_in)} ${t("seconds")}` : endsIn(fault, fault.seconds_left);
    const end = el("button.small", { type: "button", "data-order": fault.number, "aria-label": `${t("end")}: ${words}` }, t("end"));
    end.addEventListener("click", () => act(end, () => endFault(fault.number)));
    return el("li", {}, el("div", {}, el("strong", {}, words), el("small", {}, `${more} ${t("hits")} ${fault.hits}.`)), end);
  }

  const whose = (fault) => (fault.chat ? (model.chats.get(fault.chat)?.first_name ?? String(fault.chat)) : "");

  return { node, show };
}

const whole = (seconds) => (seconds === null || seconds === undefined ? null : Math.max(0, Math.ceil(seconds)));

function endsIn(order, left) {
  if (left > 0) return `${t("endsIn")} ${whole(left)} ${t("seconds")}.`;
  return order?.times ? t("untilHit") : t("untilEnded");
}

function options(select, values, key) {
  const chosen = select.value;
  select.replaceChildren(...values.map((value) => el("option", { value }, t(key(value)))));
  select.value = values.includes(chosen) ? chosen : values[0];
}

function busy(button, waits) {
  if (waits) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

/** Makes the table of the promise: what was due, and what became of it. */
function makePromise() {
  const verdict = el("p.verdict", { role: "status" });
  const caption = el("caption");
  const cells = Object.fromEntries(["due", ...ENDS, "arrived", "copies", "given", "violations"].map((key) => [key, el("td")]));
  const heads = Object.fromEntries(Object.keys(cells).map((key) => [key, el("th", { scope: "row" })]));
  const rows = Object.fromEntries(Object.keys(cells).map((key) => [key, el(`tr.${key}`, {}, heads[key], cells[key])]));
  const table = el("table.promise", {}, caption, el("tbody", {}, Object.values(rows)));
  const node = el("div", {}, verdict, table);

  function word() {
    caption.textContent = t("promise");
    for (const [key, head] of Object.entries(heads)) head.textContent = t(`promise-${key}`);
  }

  function show({ promise, arrived, given, violations }) {
    for (const key of ["due", ...ENDS]) rows[key].hidden = !promise && !cells[key].textContent;
    if (promise) for (const key of ["due", ...ENDS]) set(cells[key], promise[key]);
    set(cells.arrived, arrived.reminders);
    set(cells.copies, arrived.messages - arrived.reminders);
    set(cells.given, given);
    set(cells.violations, violations);
    const known = promise ?? null;
    const state = known === null ? "unseen" : known.difference || arrived.most > 2 ? "broken" : "holds";
    verdict.dataset.state = state;
    const words = t(`promise-${state}`);
    if (verdict.textContent !== words) verdict.textContent = words;
  }

  return { node, word, show };
}

function set(cell, number) {
  const text = String(number);
  if (cell.textContent === text) return;
  if (cell.textContent) flash(cell);
  cell.textContent = text;
}

function flash(cell) {
  cell.classList.remove("fresh");
  requestAnimationFrame(() => cell.classList.add("fresh"));
}
