// What the server knows, as far as this page has heard.

export const store = { world: null, chats: new Map(), alarm: null, online: true };

const watchers = new Set();
let heardAt = 0;

export function watch(fn) { watchers.add(fn); }
export function changed() { for (const fn of watchers) fn(); }

// now is the bot's time: what was heard last, run on.
export function now() {
  if (!store.world) return new Date();
  return new Date(Date.parse(store.world.clock.now) + performance.now() - heardAt);
}

export function connect() {
  const events = new EventSource("/phone/api/events");
  events.addEventListener("world", (event) => {
    store.world = JSON.parse(event.data);
    heardAt = performance.now();
    store.online = true;
    askAlarm();
    changed();
  });
  events.addEventListener("chat", (event) => {
    const news = JSON.parse(event.data);
    const old = store.chats.get(news.id);
    const byID = new Map(old?.byID);
    for (const message of news.messages) byID.set(message.id, message);
    store.chats.set(news.id, { byID, doing: news.doing, list: news.ids.map((id) => byID.get(id)).filter(Boolean) });
    askAlarm();
    changed();
  });
  events.addEventListener("error", () => { store.online = false; changed(); });
  // Every stream begins with all there is.
  events.addEventListener("open", () => { store.online = true; store.chats.clear(); });
}

let asking = 0;

// askAlarm asks for the next alarm a little later, once for many changes.
export function askAlarm() {
  if (!store.world?.clock.canAlarm || asking) return;
  asking = setTimeout(async () => {
    asking = 0;
    try {
      const { at } = await (await fetch("/phone/api/alarm")).json();
      if (store.alarm === at) return;
      store.alarm = at;
      changed();
    } catch { /* the next event asks again */ }
  }, 300);
}

export function messagesIn(chat, thread) {
  const list = store.chats.get(chat)?.list ?? [];
  return thread ? list.filter((m) => m.thread === thread) : list;
}

// doingIn is what the bot is seen doing in a chat right now, or null.
export function doingIn(chat, thread = 0) {
  const doing = store.chats.get(chat)?.doing;
  if (!doing || doing.thread !== (thread > 1 ? thread : 0) || Date.parse(doing.until) <= now().getTime()) return null;
  return doing.kind;
}

// act asks the server for something; it throws with words that can be shown.
export async function act(name, body) {
  const response = await fetch(`/phone/api/${name}`, {
    method: "POST",
    headers: body instanceof FormData ? {} : { "Content-Type": "application/json" },
    body: body instanceof FormData ? body : JSON.stringify(body),
  });
  return reading(response);
}

export async function answerTo(press) { return reading(await fetch(`/phone/api/answer/${press}`)); }

async function reading(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}
