// The bot's clock, which can be moved.

import { el, icon, popup } from "./dom.js";
import { act, now, store } from "./store.js";

const hour = 3600, day = 24 * hour, week = 7 * day;

export class Clock {
  constructor(node, language, t) {
    this.node = node;
    this.language = language;
    this.t = t;
    node.setAttribute("aria-label", t("clock"));
    this.date = el("span", { class: "clock-date" });
    this.day = el("span", { class: "clock-short" });
    this.time = el("time", { class: "clock-time" });
    this.zone = el("span", { class: "clock-zone" });
    const moves = [["hour", { seconds: hour }], ["day", { seconds: day }], ["week", { seconds: week }]];
    this.buttons = moves.map(([key, by]) => el("button", { type: "button", class: "pill", "data-move": key, onclick: () => this.move(by) }, t(key)));
    this.alarmAt = el("small", {});
    this.alarm = el("button", { type: "button", class: "pill alarm", "data-move": "alarm", onclick: () => this.move({ alarm: true }) }, el("span", {}, t("alarm")), this.alarmAt);
    this.short = el("button", { type: "button", class: "pill short", "aria-label": t("move"), onclick: (e) => this.choose(e.currentTarget, moves) }, icon("down"));
    node.replaceChildren(icon("clock"), el("span", { class: "clock-face" }, this.time, el("span", { class: "clock-day" }, this.date, this.day, this.zone)),
      el("span", { class: "moves" }, this.buttons, this.alarm), this.short);
  }

  choose(anchor, moves) {
    const { t } = this;
    const items = moves.map(([key, by]) => ({ icon: "clock", label: t(key), run: () => this.move(by) }));
    if (store.world.clock.canAlarm) items.push({ icon: "clock", label: t("alarm"), note: this.alarmText(), run: () => this.move({ alarm: true }) });
    popup(anchor, items, t("move"));
  }

  async move(by) {
    this.node.classList.add("moving");
    try { await act("clock", by); } catch { /* no alarm is set: the button says so */ }
    this.node.classList.remove("moving");
  }

  format(date, options) { return new Intl.DateTimeFormat(this.language.tag, { timeZone: store.world.clock.zone, hourCycle: "h23", ...options }).format(date); }

  alarmText() {
    if (!store.alarm) return this.t("noAlarm");
    return this.format(new Date(store.alarm), { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
  }

  show() {
    if (!store.world) return;
    const { canMove, canAlarm, zone } = store.world.clock;
    const at = now();
    this.time.textContent = this.format(at, { hour: "2-digit", minute: "2-digit" });
    this.time.dateTime = at.toISOString();
    this.date.textContent = this.format(at, { year: "numeric", month: "short", day: "numeric", weekday: "short" });
    this.day.textContent = this.format(at, { month: "short", day: "numeric", weekday: "short" });
    this.zone.textContent = zone;
    for (const b of this.buttons) b.hidden = !canMove;
    this.short.hidden = !canMove;
    this.alarm.hidden = !canAlarm;
    this.alarm.disabled = !store.alarm;
    this.alarmAt.textContent = this.alarmText();
  }
}
