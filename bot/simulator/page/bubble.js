// One message. The article stays the same node while what it holds changes.

import { el, icon } from "./dom.js";
import { draw } from "./entities.js";
import { drawMedia } from "./media.js";
import { timeOfDay, wholeMoment } from "./when.js";
import { languageOf, spoken, t } from "./words.js";

/** Makes the empty article of a message. */
export function makeBubble(message) {
  const side = message.from_bot ? "in" : "out";
  return el(`article.bubble.${side}`, { "data-message-id": message.message_id });
}

/**
 * Brings `article` up to date, touching only what changed, so that focus stays where it is.
 * `view`: { now, zone, read, waiting, ...actions }.
 */
export function updateBubble(article, message, view) {
  const body = JSON.stringify([message, view.zone, spoken(), relativeMinute(message, view.now)]);
  if (article.bodyDrawn !== body) {
    article.bodyDrawn = body;
    redraw(article, message, view);
  }
  showRead(article, view.read);
  showWaiting(article, view.waiting);
}

/** A relative moment ("in 5 minutes") grows old: it is drawn anew each minute. */
function relativeMinute(message, now) {
  const relative = message.entities?.some((entity) => entity.date_time_format === "r");
  return relative ? Math.floor(now / 60_000) : 0;
}

function redraw(article, message, view) {
  const held = focusedButton(article);
  const balloon = drawBalloon(message, view);
  const keyboard = sameKeyboard(article, message) ? article.querySelector(".keyboard") : drawKeyboard(message, view);
  article.keyboardDrawn = JSON.stringify(message.keyboard);
  article.classList.toggle("bare", isBare(message));
  article.replaceChildren(...[balloon, keyboard].filter(Boolean));
  refocus(article, held);
}

const sameKeyboard = (article, message) => article.keyboardDrawn === JSON.stringify(message.keyboard);

const isBare = (message) => message.media?.kind === "sticker";

function drawBalloon(message, view) {
  const words = message.text || message.caption || "";
  const text = words && el("div.text", { lang: languageOf(words), dir: "auto" }, draw(words, message.entities, view));
  const media = drawMedia(message.media);
  const above = Boolean(message.media?.above && text);
  const parts = above ? [text, drawMeta(message, view), media] : [media, text || null, drawMeta(message, view)];
  const balloon = el("div.balloon", {}, ...parts);
  if (media) balloon.classList.add(`with-${message.media.kind}`, words ? "captioned" : "wordless");
  balloon.classList.toggle("above", above);
  if (!message.from_bot) {
    const act = (event) => view.onActions(event, message);
    balloon.append(
      el("button.actions", { type: "button", "aria-label": t("actions"), "aria-haspopup": "menu", onclick: act }, icon("chevron")),
    );
  }
  balloon.addEventListener("contextmenu", (event) => view.onActions(event, message));
  return balloon;
}

function drawMeta(message, view) {
  const ms = message.date * 1000;
  return el(
    "span.meta",
    {},
    message.silent ? el("span.silent", { role: "img", "aria-label": t("silent"), title: t("silent") }, icon("bell")) : null,
    message.edited ? el("span.edited", {}, t("edited")) : null,
    el("time", { datetime: new Date(ms).toISOString(), title: wholeMoment(ms, view.zone) }, timeOfDay(ms, view.zone)),
    message.from_bot ? null : el("span.ticks", { role: "img" }),
  );
}

function showRead(article, read) {
  const ticks = article.querySelector(".ticks");
  const label = t(read ? "read" : "sent");
  if (!ticks || ticks.getAttribute("aria-label") === label) return;
  ticks.setAttribute("aria-label", label);
  ticks.replaceChildren(icon(read ? "two" : "one"));
}

function drawKeyboard(message, view) {
  if (!message.keyboard?.length) return null;
  const rows = message.keyboard.map((row) => el("div.row", {}, row.map((button) => drawButton(message, button, view))));
  return el("div.keyboard", { lang: languageOf(message.keyboard.flat().map((button) => button.text).join(" ")) }, rows);
}

function drawButton(message, button, view) {
  const style = ["danger", "success", "primary"].includes(button.style) ? button.style : "plain";
  const node = el(
    `button.key.${style}`,
    {
      type: "button",
      "data-callback": button.callback_data,
      onclick: () => view.onTap(message, button),
      onpointerenter: () => (node.title = node.scrollWidth > node.clientWidth ? button.text : ""),
    },
    button.text,
  );
  if (button.url) node.append(icon("link"));
  if (button.copy_text) node.append(icon("copy"));
  return node;
}

function showWaiting(article, data) {
  for (const key of article.querySelectorAll(".key")) {
    const waits = data !== null && key.dataset.callback === data;
    if (waits) key.setAttribute("aria-busy", "true");
    else key.removeAttribute("aria-busy");
  }
}

/** Returns where in its keyboard the focus stands, as [row, column]; null for nowhere. */
function focusedButton(article) {
  const focused = article.contains(document.activeElement) && document.activeElement.closest(".key");
  if (!focused) return null;
  const row = focused.parentElement;
  return [[...row.parentElement.children].indexOf(row), [...row.children].indexOf(focused)];
}

// a screen that changes under a tap keeps the keyboard user in place
function refocus(article, place) {
  if (!place || article.contains(document.activeElement)) return;
  const rows = article.querySelectorAll(".keyboard .row");
  const row = rows[Math.min(place[0], rows.length - 1)];
  row?.children[Math.min(place[1], row.children.length - 1)]?.focus({ preventScroll: true });
}
