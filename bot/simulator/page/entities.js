// A text and its entities as nodes. Offsets count UTF-16 units, as JavaScript strings do.

import { el, icon } from "./dom.js";
import { t } from "./words.js";
import { entityMoment, wholeMoment } from "./when.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/**
 * Returns the nodes of `text`.
 * `context`: { now, zone, onCommand(text), onLink(url), onCopy(text) }.
 */
export function draw(text, entities, context) {
  const spans = (entities ?? [])
    .map((entity) => ({ entity, start: entity.offset, end: entity.offset + entity.length }))
    .filter(({ start, end }) => start >= 0 && end > start && end <= text.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return stretch(text, 0, text.length, spans, context);
}

function stretch(text, from, to, spans, context) {
  const nodes = [];
  const queue = [...spans];
  let at = from;
  while (queue.length) {
    const span = queue.shift();
    const inside = takeInside(queue, span);
    nodes.push(text.slice(at, span.start));
    const words = text.slice(span.start, span.end);
    nodes.push(wrap(span.entity, words, stretch(text, span.start, span.end, inside, context), context));
    at = span.end;
    // a block brings its own line break: the one in the text would make an empty line
    if (BLOCKS.has(span.entity.type) && text[at] === "\n" && at < to) at += 1;
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== "");
}

/** Takes from `queue` what begins inside `span`; what reaches beyond is cut, its rest put back. */
function takeInside(queue, span) {
  const inside = [];
  const rests = [];
  while (queue.length && queue[0].start < span.end) {
    const next = queue.shift();
    inside.push({ ...next, end: Math.min(next.end, span.end) });
    if (next.end > span.end) rests.push({ ...next, start: span.end });
  }
  queue.unshift(...rests);
  return inside;
}

function wrap(entity, words, children, context) {
  const { type } = entity;
  if (TAGS[type]) return el(TAGS[type], {}, children);
  return (WRAPS[type] ?? ((_, __, inner) => el("span", {}, inner)))(entity, words, children, context);
}

const WRAPS = {
  text_link: (entity, _, children, context) => link(entity.url ?? "", children, context),
  url: (_, words, children, context) => link(/^[a-z]+:/i.test(words) ? words : `https://${words}`, children, context),
  bot_command: (_, words, children, context) =>
    el("button.inline", { type: "button", onclick: () => context.onCommand(words) }, children),
  email: copied,
  phone_number: copied,
  mention: (_, __, children) => el("span.tinted", {}, children),
  hashtag: (_, __, children) => el("span.tinted", {}, children),
  spoiler: (_, __, children) => spoiler(children),
  pre: (entity, _, children) => el("pre", { "data-language": entity.language || null }, el("code", {}, children)),
  blockquote: (_, __, children) => el("blockquote", {}, children),
  expandable_blockquote: (_, __, children) => expandable(children),
  date_time: moment,
};

function link(url, children, context) {
  if (!/^https?:\/\//i.test(url)) return el("span.tinted", {}, children);
  const open = (event) => {
    event.preventDefault();
    context.onLink(url);
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url, onclick: open }, children);
}

// a number is copied, not dialled: this is a try-out
function copied(_, words, children, context) {
  return el("button.inline", { type: "button", onclick: () => context.onCopy(words) }, children);
}

function spoiler(children) {
  const cover = el("button.spoiler", { type: "button", "aria-label": t("hidden") }, children);
  cover.addEventListener("click", () => cover.replaceWith(el("span", {}, [...cover.childNodes])));
  return cover;
}

function expandable(children) {
  const quote = el("blockquote.expandable", {}, el("div.quoted", {}, children));
  const toggle = el("button.expand", { type: "button", "aria-expanded": "false", "aria-label": t("showMore") }, icon("chevron"));
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", t(open ? "showLess" : "showMore"));
  });
  quote.append(toggle);
  return quote;
}

function moment(entity, _, children, context) {
  const ms = entity.unix_time * 1000;
  const shown = entityMoment(ms, entity.date_time_format ?? "", context.now, context.zone);
  const props = { datetime: new Date(ms).toISOString(), title: wholeMoment(ms, context.zone) };
  return el("time.moment", props, shown === null ? children : [shown]);
}

/** Hides the toggles of quotes that fit; only nodes that are laid out can tell. */
export function fitQuotes(root) {
  for (const quote of root.querySelectorAll(".expandable:not(.open)")) {
    const words = quote.querySelector(".quoted");
    if (words.clientHeight) quote.classList.toggle("fits", words.scrollHeight <= words.clientHeight + 2);
  }
}
