// The list of messages: date separators, tails, and a scroll position that does not jump.

import { makeBubble, updateBubble } from "./bubble.js";
import { el, icon } from "./dom.js";
import { fitQuotes } from "./entities.js";
import { readUpTo, waitingData } from "./model.js";
import { dayOf, dayTitle } from "./when.js";
import { t } from "./words.js";

const NEAR = 60; // pixels from the end that still count as "at the end"
const GROUP_SECONDS = 15 * 60;

/** Makes the view of one chat at a time inside `root`. */
export function makeLog(root, downButton, actions) {
  const list = el("div.messages");
  const bubbles = new Map();
  const days = new Map();
  let shown = null;
  let following = true;
  let top = 0;
  root.append(list);
  downButton.append(icon("chevron"));

  const distance = () => root.scrollHeight - root.scrollTop - root.clientHeight;
  const showDown = () => (downButton.hidden = distance() <= NEAR);
  const noteScroll = () => {
    top = root.scrollTop;
    following = distance() <= NEAR;
    showDown();
  };
  root.addEventListener("scroll", noteScroll);
  downButton.addEventListener("click", () => {
    root.scrollTo({ top: root.scrollHeight, behavior: "smooth" });
    root.focus({ preventScroll: true });
  });
  new ResizeObserver(() => following && toEnd()).observe(root);
  // a picture grows the list after it was drawn
  list.addEventListener("load", () => following && toEnd(), true);

  function toEnd() {
    following = true;
    root.scrollTop = root.scrollHeight;
    top = root.scrollTop;
    showDown();
  }

  /** Draws the chat; `view`: { now, zone }. */
  function show(chat, view) {
    root.setAttribute("aria-label", t("messages"));
    if (root.scrollTop !== top) noteScroll(); // its event is still on its way
    const fresh = shown !== chat.id;
    if (fresh) clear(chat);
    const before = lastId();
    const place = fresh ? null : remember();
    arrange(chat, view);
    fitQuotes(list);
    if (fresh || (following && before === lastId())) toEnd();
    else if (following) reveal(chat);
    else restore(place);
    showDown();
    root.removeAttribute("aria-busy");
  }

  function clear(chat) {
    root.setAttribute("aria-busy", "true"); // a whole chat is not read aloud
    list.replaceChildren();
    bubbles.clear();
    days.clear();
    shown = chat.id;
    following = true;
  }

  const lastId = () => [...bubbles.keys()].at(-1) ?? 0;

  function arrange(chat, view) {
    const nodes = [];
    const seenTo = readUpTo(chat);
    let day = null;
    chat.messages.forEach((message, index) => {
      const itsDay = dayOf(message.date * 1000, view.zone);
      if (itsDay !== day) nodes.push(separator(itsDay, dayTitle(message.date * 1000, view.now, view.zone)));
      day = itsDay;
      const node = bubbleFor(message);
      node.classList.toggle("first", !joins(chat.messages[index - 1], message));
      node.classList.toggle("last", !joins(message, chat.messages[index + 1]));
      const read = seenTo > message.message_id;
      updateBubble(node, message, { ...actions, ...view, read, waiting: waitingData(chat.id, message.message_id) });
      nodes.push(node);
    });
    place(nodes);
  }

  function bubbleFor(message) {
    const id = message.message_id;
    if (!bubbles.has(id)) bubbles.set(id, makeBubble(message));
    return bubbles.get(id);
  }

  function separator(day, title) {
    if (!days.has(day)) days.set(day, el("div.day", {}, el("span")));
    const node = days.get(day);
    if (node.firstChild.textContent !== title) node.firstChild.textContent = title;
    return node;
  }

  /** Puts `nodes` in order, moving only what is out of place: a moved node is read aloud again. */
  function place(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, index) => {
      if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
    });
    for (const [id, node] of bubbles) if (!wanted.has(node)) bubbles.delete(id);
    for (const [day, node] of days) if (!wanted.has(node)) days.delete(day);
  }

  function remember() {
    const top = root.getBoundingClientRect().top;
    for (const node of list.children) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top) return { node, offset: box.top };
    }
    return null;
  }

  function restore(place) {
    const moved = place?.node.isConnected ? place.node.getBoundingClientRect().top - place.offset : 0;
    // setting it, even to what it is, would end a smooth scroll on its way
    if (moved) root.scrollTop += moved;
  }

  /** Shows the newest message; one taller than the window from its beginning. */
  function reveal(chat) {
    const node = bubbles.get(chat.messages.at(-1).message_id);
    const room = root.clientHeight;
    if (node.offsetHeight <= room) return toEnd();
    root.scrollTop += node.getBoundingClientRect().top - root.getBoundingClientRect().top - 8;
    return undefined;
  }

  return { show, toEnd };
}

/** Says whether two neighbours stand together as one group. */
function joins(earlier, later) {
  return Boolean(
    earlier && later && earlier.from_bot === later.from_bot && later.date - earlier.date < GROUP_SECONDS && !earlier.keyboard,
  );
}
