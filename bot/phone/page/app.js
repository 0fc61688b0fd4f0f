// The page: phones and the agents' group side by side, or one of them at a time where there is no room.

import { el, icon, avatar, popup } from "./dom.js";
import { act, askAlarm, connect, store, watch } from "./store.js";
import { Clock } from "./clock.js";
import { Desk } from "./desk.js";
import { Phone } from "./phone.js";
import { languages, names, pick, words } from "./words.js";

const byID = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 900px)");
const stage = byID("stage"), people = byID("people");

let language = pick(localStorage.getItem("respite.language") ?? navigator.language);
let t, clock, desk = null, deskOpen = true;
const phones = new Map(); // by person, in the order in which they were opened
let shown = null; // narrow: a person's id, or "desk"

function agents() { return new Set(store.world.groups.flatMap((g) => g.members.map((m) => m.id))); }
function borrowers() { const a = agents(); return store.world.people.filter((p) => !a.has(p.id)); }

function speak(next) {
  language = next;
  t = words(language);
  document.documentElement.lang = language.tag;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  byID("languages").setAttribute("aria-label", t("pageLanguage"));
  byID("languages").replaceChildren(...languages.map((l) => el("button", { type: "button", lang: l.tag, title: l.name, "aria-label": l.name, "aria-pressed": String(l === language),
    onclick: () => { localStorage.setItem("respite.language", l.tag); speak(l); } }, l.label)));
  people.setAttribute("aria-label", t("phones"));
  clock = new Clock(byID("clock"), language, t);
  desk = desk && new Desk(desk.group, language, t, desk);
  peopleLook = "";
  show();
}

// open puts a phone on the stage.
function open(id) {
  const person = store.world.people.find((p) => p.id === id);
  if (!phones.has(id)) phones.set(id, new Phone(person, () => close(id)));
  shown = id;
  show();
  if (wide.matches) phones.get(id).node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function close(id) {
  phones.delete(id);
  if (shown === id) shown = [...phones.keys()][0] ?? "desk";
  show();
}

// choose answers to the row of people: where there is room it shows and puts away, else it switches.
function choose(what) {
  if (!wide.matches) {
    if (what === "desk") { shown = "desk"; show(); } else open(what);
    return;
  }
  if (what === "desk") { deskOpen = !deskOpen; show(); } else if (phones.has(what)) close(what);
  else open(what);
}

function addBorrower(anchor) {
  popup(anchor, languages.map((l) => ({ label: l.name, icon: "person", run: async () => {
    const used = new Set(store.world.people.map((p) => p.name));
    const name = names[l.index].find((n) => !used.has(n)) ?? `${names[l.index][0]} ${store.world.people.length}`;
    const { id } = await act("person", { name, lang: l.tag.toLowerCase() });
    wanted = id;
    show();
  } })), t("addBorrower"));
}

let wanted = null; // a person who was added here and whom the server has not told of yet
let begun = false;

function begin() {
  begun = true;
  const room = Math.max(1, Math.floor((innerWidth - 580) / 410));
  for (const p of borrowers().slice(0, wide.matches ? Math.min(room, 2) : 1)) phones.set(p.id, new Phone(p, () => close(p.id)));
  shown = borrowers()[0]?.id ?? "desk";
}

let peopleLook = "";

function showPeople() {
  const rows = [...borrowers().map((p) => ({ id: p.id, name: p.name, lang: pick(p.lang), on: wide.matches ? phones.has(p.id) : shown === p.id })),
    ...(store.world.groups.length ? [{ id: "desk", name: t("agents"), on: wide.matches ? deskOpen : shown === "desk" }] : [])];
  const look = JSON.stringify(rows);
  if (peopleLook === look) return;
  peopleLook = look;
  const focused = people.contains(document.activeElement) ? document.activeElement.dataset.who : null;
  people.replaceChildren(...rows.map((r) => el("button", { type: "button", class: "chip", "data-who": r.id, "aria-pressed": String(r.on), onclick: () => choose(r.id) },
    r.id === "desk" ? el("span", { class: "avatar tiny desk-face" }, icon("person")) : avatar(r.id, r.name, "tiny"),
    el("span", { lang: r.lang?.tag }, r.name), r.lang ? el("small", {}, r.lang.label) : null)),
    el("button", { type: "button", class: "chip add", "data-who": "add", "aria-label": t("addBorrower"), title: t("addBorrower"), onclick: (e) => addBorrower(e.currentTarget) }, icon("plus"), el("span", {}, t("borrower"))));
  if (focused) people.querySelector(`[data-who="${focused}"]`)?.focus();
}

function show() {
  byID("link").textContent = store.online ? "" : t("offline");
  if (!store.world) return;
  if (!begun) begin();
  if (wanted !== null && store.world.people.some((p) => p.id === wanted)) { const id = wanted; wanted = null; open(id); return; }
  for (const id of phones.keys()) if (!store.world.people.some((p) => p.id === id)) phones.delete(id);
  const group = store.world.groups[0];
  if (group && desk?.id !== group.id) {
    desk = new Desk(group, language, t);
  }
  const parts = [...phones.values()].map((p) => [p, wide.matches || shown === p.id]);
  if (desk && group) parts.push([desk, wide.matches ? deskOpen : shown === "desk"]);
  for (const node of [...stage.children]) if (!parts.some(([p]) => p.node === node)) node.remove();
  parts.forEach(([p, visible], i) => {
    if (stage.children[i] !== p.node) stage.insertBefore(p.node, stage.children[i] ?? null);
    p.node.hidden = !visible;
    p.show();
  });
  showPeople();
  clock.show();
}

wide.addEventListener("change", () => { peopleLook = ""; show(); });
watch(show);
let seconds = 0;
setInterval(() => {
  if (!store.world || document.hidden) return;
  if (++seconds % 5 === 0) askAlarm(); // alarms are set and ring without a word
  clock.show();
  for (const p of phones.values()) p.tick();
  desk?.tick();
}, 1000);
speak(language);
connect();
