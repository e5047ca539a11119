// The simulated clock, and the ways to turn it.

import { turnClock } from "./api.js";
import { el } from "./dom.js";
import { control, field } from "./drawer.js";
import { model, now } from "./model.js";
import { browserZone, instantOf, longDay, offsetName, timeOfDay, wallOf } from "./when.js";
import { howLong, t } from "./words.js";

const BEFORE_BREAKFAST = "07:55"; // the usual reminder rings at 08:00
const NEAR = 60_000; // milliseconds; so close the clocks go together

/** Makes the clock; `attempt(button, act)` does an act and shows what went wrong, `onZone(name)`. */
export function makeClock({ attempt, onZone }) {
  const face = el("time", { id: "clock" });
  const day = el("span.day-name");
  const ahead = el("p.ahead");
  const turns = [
    ["plus10", () => ({ turn: "10m" })],
    ["plus60", () => ({ turn: "1h" })],
    ["morning", () => ({ turn: `morning-${BEFORE_BREAKFAST}`, zone: model.zone })],
    ["next", () => ({ turn: "next" })],
  ].map(([key, body]) => {
    const button = control(() => attempt(button.node, () => turnClock(body())));
    return { key, ...button };
  });
  const moment = el("input", { type: "datetime-local", id: "moment", required: true });
  const set = el("button.small", { type: "submit" });
  const chosen = field(moment, set);
  const form = el("form", { onsubmit: submit }, chosen.node);
  const zone = el("select", { id: "zone", onchange: () => onZone(zone.value) });
  const zoned = field(zone);
  const node = el("div.fill", {},
    el("div.clock-face", {}, face, el("div", {}, day, ahead)),
    el("div.turns", {}, turns.map((turn) => turn.node)),
    form, zoned.node);
  fillZones(zone);
  let worded = "";

  function submit(event) {
    event.preventDefault();
    attempt(set, () => turnClock({ to: new Date(instantOf(moment.value, model.zone)).toISOString() }));
  }

  function show() {
    const time = timeOfDay(now(), model.zone);
    const text = `${longDay(now(), model.zone)} ${offsetName(now(), model.zone)}`;
    if (face.textContent !== time || day.textContent !== text) {
      face.textContent = time;
      face.dateTime = new Date(now()).toISOString();
      day.textContent = text;
      // unless somebody is writing there
      if (document.activeElement !== moment) moment.value = wallOf(now(), model.zone);
    }
    const apart = Math.abs(model.ahead) < NEAR ? t("inStep") : `${t("ahead")} ${howLong(model.ahead)}`;
    if (ahead.textContent !== apart) ahead.textContent = apart;
    if (worded !== t("whoAmI")) wording();
    if (zone.value !== model.zone) zone.value = model.zone;
    turns.at(-1).node.hidden = !model.controls.next_reminder;
  }

  function wording() {
    worded = t("whoAmI");
    for (const turn of turns) turn.word(t(turn.key), t(`${turn.key}Hint`));
    set.textContent = t("set");
    chosen.word(t("moment"), t("momentHint"));
    zoned.word(t("zone"), t("zoneHint"));
  }

  return { node, show };
}

function fillZones(select) {
  const known = Intl.supportedValuesOf?.("timeZone") ?? [];
  const names = [...new Set([browserZone, model.zone, "UTC", ...known])];
  select.append(...names.map((name) => el("option", { value: name }, name.replaceAll("_", " "))));
}
