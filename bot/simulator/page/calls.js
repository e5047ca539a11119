// The calls that the bot makes, newest first.

import { clearCalls } from "./api.js";
import { el } from "./dom.js";
import { field } from "./drawer.js";
import { model } from "./model.js";
import { timeWithSeconds } from "./when.js";
import { t } from "./words.js";

const MOST_SHOWN = 100;
const POLL = "getUpdates"; // comes all the time and says little

/** Makes the list; `attempt(button, act)`. */
export function makeCalls({ attempt }) {
  const filter = el("input", { type: "search", id: "call-filter", autocomplete: "off", spellcheck: "false", oninput: () => draw() });
  const clear = el("button.small", { type: "button", onclick: () => attempt(clear, clearCalls) });
  const filtered = field(filter, clear);
  const polls = el("input", { type: "checkbox", id: "call-polls", onchange: () => draw() });
  const pollsName = el("label", { for: "call-polls" });
  const list = el("ol.calls", { tabindex: "0" });
  const none = el("p.none");
  const node = el("div.fill", {}, filtered.node, el("div.check", {}, polls, pollsName), list, none);
  let shown = { calls: null, zone: "", words: "" };

  function show({ zone }) {
    const words = t("calls");
    if (shown.calls === model.calls && shown.zone === zone && shown.words === words) return;
    if (shown.words !== words) wording();
    shown = { calls: model.calls, zone, words };
    draw();
  }

  function wording() {
    filtered.word(t("filter"), t("callsHint"));
    clear.textContent = t("clear");
    pollsName.textContent = t("polls");
    list.setAttribute("aria-label", t("calls"));
  }

  function draw() {
    const needle = filter.value.trim().toLowerCase();
    const found = shown.calls
      .filter((call) => (polls.checked || call.method !== POLL) && matches(call, needle))
      .slice(-MOST_SHOWN)
      .reverse();
    list.replaceChildren(...found.map((call) => row(call, shown.zone)));
    list.hidden = !found.length;
    none.hidden = found.length > 0;
    none.textContent = t(needle ? "noneFound" : "noCalls");
  }

  return { node, show };
}

const answerOf = (call) => (call.code ? String(call.code) : t("noAnswer"));

function matches(call, needle) {
  const words = [call.method, answerOf(call), call.problem, ...call.args.flat()].join(" ");
  return words.toLowerCase().includes(needle);
}

function row(call, zone) {
  const good = call.code === 200;
  return el(
    `li${good ? "" : ".bad"}`,
    {},
    el("div", {},
      el("strong", {}, call.method),
      el("span.code", {}, answerOf(call)),
      el("span.took", {}, `${call.ms} ${t("ms")}`),
      el("time", {}, timeWithSeconds(call.at * 1000, zone))),
    call.args.length ? el("code", {}, call.args.flatMap(([name, value], at) => [at ? " " : "", el("i", {}, `${name}=`), value])) : null,
    call.problem ? el("p", { lang: "en" }, call.problem) : null,
  );
}
