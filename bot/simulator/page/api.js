// The simulator's side door: its state, its events, and what a person does in a chat.

/** Posts `body`; returns the answer or throws an Error with the server's sentence. */
async function post(path, body = {}) {
  const answer = await fetch(`/sim/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const data = await answer.json().catch(() => ({ ok: answer.ok }));
  if (!answer.ok || data.ok === false) throw new Error(data.error ?? `HTTP ${answer.status}`);
  return data;
}

export const addPerson = (first_name, language_code) => post("chats", { first_name, language_code });
export const sendText = (chat, text) => post(`chats/${chat}/text`, { text });
export const editText = (chat, message_id, text) => post(`chats/${chat}/edit`, { message_id, text });
export const tap = (chat, message_id, data) => post(`chats/${chat}/tap`, { message_id, data });
export const sendMedia = (chat, kind) => post(`chats/${chat}/media`, { kind });
export const setBlocked = (chat, blocked) => post(`chats/${chat}/block`, { blocked });
export const setLanguage = (chat, language_code) => post(`chats/${chat}/language`, { language_code });
export const turnClock = (body) => post("clock", body);
export const restartBot = () => post("restart");
export const readyMade = () => post("people");
export const loseNetwork = (seconds) => post("network", { lost_for: seconds });
export const killBot = () => post("kill");
export const throwFault = (order) => post("faults", order);
export const endFault = (number) => post("faults/end", { number });
export const openChat = (chat) => post("faults/open", { chat });
export const clearFaults = () => post("faults/clear");
export const setLimits = (on) => post("limits", { on });
export const clearCalls = () => post("calls/clear");

/** Returns what goes wrong on order, and how the promise holds. */
export async function lookAtFaults() {
  const answer = await fetch("/sim/faults");
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

const LONGEST_PAUSE = 5000;

/** Keeps `onState` and `onEvent` fed; `onLink(false)` while the connection is lost. */
export function follow({ onState, onEvent, onLink }) {
  let source = null;
  let pause = 250;

  async function connect() {
    source?.close();
    try {
      const answer = await fetch("/sim/state");
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const state = await answer.json();
      onState(state);
      listen(state.seq, state.last_call);
    } catch {
      retry();
    }
  }

  function listen(after, calls) {
    let seen = after;
    const stream = new EventSource(`/sim/events?after=${after}&calls=${calls}`);
    source = stream;
    stream.onopen = () => {
      pause = 250;
      onLink(true);
    };
    stream.onerror = () => {
      stream.close();
      if (source === stream) retry();
    };
    stream.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (source !== stream) return;
      if (event.type === "reload") return connect();
      if (event.seq <= seen) return undefined;
      seen = event.seq ?? seen; // calls have no number of this kind
      return onEvent(event);
    };
  }

  function retry() {
    source = null;
    onLink(false);
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  connect();
}
