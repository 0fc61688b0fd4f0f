// The messages of a chat: bubbles, their buttons and what can be done with them.

import { el, icon, avatar, popup } from "./dom.js";
import { store } from "./store.js";

const formats = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", spoiler: "span" };
const commands = /(^|\s)(\/[a-z0-9_]{1,32})(?![\w/])/gi;
const links = /https?:\/\/[^\s<>"]+/g;

export class Log {
  // options: label, lang, t, group, mine(message), press(message, button), command(text), reply, edit, remove, zone()
  constructor(options) {
    this.o = options;
    this.nodes = new Map();
    this.list = el("ol", { class: "log", role: "log", "aria-live": "polite", "aria-label": options.label, lang: options.lang, tabIndex: 0 });
    this.down = el("button", { type: "button", class: "down", "aria-label": options.t("newest"), hidden: true, onclick: () => this.toEnd() }, icon("down"));
    this.node = el("div", { class: "log-box" }, this.list, this.down);
    this.atEnd = true;
    this.list.addEventListener("scroll", () => {
      this.atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
      if (this.atEnd) this.down.hidden = true;
    });
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.list);
    this.pressed = new Set();
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.atEnd = true;
    this.down.hidden = true;
  }

  show(messages) {
    const wanted = [];
    let day = "", previous = null;
    messages.forEach((m, i) => {
      const date = this.day(m.at);
      if (date !== day) wanted.push(this.keyed(`day ${date}`, date, () => el("li", { class: "day" }, el("span", {}, date))));
      const joins = previous && date === day && !m.service && !previous.service && previous.from === m.from;
      const next = messages[i + 1];
      const ends = !next || next.service || next.from !== m.from || this.day(next.at) !== date;
      const look = { ...m, joins: Boolean(joins), ends, quoted: m.replyTo ? (messages.find((x) => x.id === m.replyTo) ?? null) : null,
        waiting: [...this.pressed].filter((p) => p.startsWith(`${m.id} `)) };
      wanted.push(this.keyed(`m ${m.id}`, JSON.stringify(look), () => this.message(look)));
      day = date;
      previous = m;
    });
    const grew = wanted.length > this.nodes.size || !this.nodes.size;
    this.lay(wanted);
    if (this.atEnd) this.toEnd();
    else if (grew) this.down.hidden = false;
    this.last = messages;
  }

  again() { if (this.last) this.show(this.last); }

  keyed(key, look, make) {
    const old = this.nodes.get(key);
    if (old && old.look === look) return { key, look, node: old.node };
    return { key, look, node: make(), replaces: old?.node };
  }

  lay(wanted) {
    const keep = new Set(wanted.map((w) => w.key));
    for (const [key, { node }] of this.nodes) if (!keep.has(key)) node.remove();
    let at = this.list.firstChild;
    for (const w of wanted) {
      if (w.replaces) {
        const focus = this.focusIn(w.replaces);
        if (at === w.replaces) at = w.node;
        w.replaces.replaceWith(w.node);
        focus?.(w.node);
      }
      if (at === w.node) at = at.nextSibling;
      else this.list.insertBefore(w.node, at);
    }
    this.nodes = new Map(wanted.map((w) => [w.key, { look: w.look, node: w.node }]));
  }

  // focusIn remembers which button of a message had the focus, to give it back to the new one.
  focusIn(node) {
    if (!node.contains(document.activeElement)) return null;
    const at = [...node.querySelectorAll("button, a")].indexOf(document.activeElement);
    return (fresh) => [...fresh.querySelectorAll("button, a")][at]?.focus();
  }

  day(at) { return new Intl.DateTimeFormat(this.o.lang, { month: "long", day: "numeric", timeZone: this.o.zone() }).format(new Date(at)); }
  time(at) { return new Intl.DateTimeFormat(this.o.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.o.zone() }).format(new Date(at)); }

  message(m) {
    const { t } = this.o;
    if (m.service) return el("li", { class: "service" }, el("span", {}, t(m.service, m)));
    const mine = this.o.mine(m);
    const bubble = el("div", { class: `bubble ${m.file ? m.file.kind : ""} ${m.text ? "" : "bare"}` },
      this.o.group && !mine && !m.joins ? el("div", { class: `sender ${m.bot ? "" : `tone${Math.abs(m.from) % 6}`}` }, m.name, m.bot ? el("span", { class: "tag" }, t("bot")) : null) : null,
      m.forward ? el("div", { class: "forward" }, t("forwarded", { name: m.forward })) : null,
      m.replyTo ? this.quote(m.quoted) : null,
      m.file ? this.attachment(m.file) : null,
      m.text ? el("div", { class: "text" }, this.text(m)) : null,
      this.meta(m));
    const body = el("div", { class: `body ${m.buttons ? "keyed" : ""}` }, el("div", { class: "line" }, bubble, this.actions(m, mine)), this.keyboard(m));
    return el("li", { class: `message ${mine ? "mine" : "theirs"} ${m.joins ? "joins" : ""} ${m.ends ? "ends" : ""}`, "data-id": m.id },
      this.o.group && !mine ? (m.ends ? avatar(m.from, m.name, m.bot ? "small brand" : "small") : el("span", { class: "avatar small blank" })) : null, body);
  }

  meta(m) {
    return el("div", { class: "meta" },
      m.reaction ? el("span", { class: "reaction" }, m.reaction) : null,
      m.pinned ? el("span", { class: "pinned" }, icon("pin")) : null,
      m.edits ? el("span", { class: "edited" }, this.o.t("edited")) : null,
      el("time", { dateTime: m.at }, this.time(m.at)));
  }

  quote(m) {
    if (!m) return el("div", { class: "quote" }, el("span", { class: "quote-text" }, this.o.t("gone")));
    return el("div", { class: "quote" }, el("span", { class: "quote-name" }, m.name), el("span", { class: "quote-text" }, preview(m, this.o.t)));
  }

  attachment(f) {
    const { t } = this.o;
    const where = `/phone/api/file/${f.id}`;
    switch (f.kind) {
      case "photo":
        return el("a", { class: "picture", href: where, target: "_blank", rel: "noopener" },
          el("img", { src: where, alt: t("photo"), width: f.width, height: f.height, onload: () => { if (this.atEnd) this.toEnd(); } }));
      case "sticker":
        return el("img", { class: "smile", src: "/phone/page/sticker.svg", alt: `${t("sticker")} ${f.name}`, width: 116, height: 116 });
      case "voice":
        return el("div", { class: "voice", "aria-label": t("voice"), role: "img" }, el("span", { class: "disc" }, icon("mic")),
          el("span", { class: "wave" }, [5, 9, 14, 8, 16, 11, 6, 13, 17, 9, 12, 5, 8, 14, 7, 4].map((h) => el("i", { class: `h${h}` }))),
          el("span", { class: "length" }, `0:${String(f.duration ?? 0).padStart(2, "0")}`));
      case "contact":
        return el("div", { class: "card" }, el("span", { class: "disc" }, icon("person")), el("span", {}, el("b", {}, f.name), el("small", {}, t("contact"))));
      case "location":
        return el("div", { class: "card" }, el("span", { class: "disc" }, icon("pin")), el("span", {}, el("b", {}, t("location")), el("small", {}, f.name)));
    }
    return el("a", { class: "card", href: where, download: f.name || f.kind, "aria-label": t("download", { name: f.name || f.kind }) },
      el("span", { class: "disc" }, icon("file")), el("span", {}, el("b", {}, f.name || f.kind), el("small", {}, size(f.size ?? 0))));
  }

  keyboard(m) {
    if (!m.buttons) return null;
    return el("div", { class: "keyboard" }, m.buttons.map((row) => el("div", { class: "row" }, row.map((b) =>
      b.url ? el("a", { class: "key", href: b.url, target: "_blank", rel: "noopener noreferrer" }, b.label)
        : el("button", { type: "button", class: `key ${m.waiting.includes(`${m.id} ${b.data}`) ? "waiting" : ""}`, onclick: () => this.press(m, b) }, b.label)))));
  }

  async press(m, b) {
    const mark = `${m.id} ${b.data}`;
    this.pressed.add(mark);
    this.again();
    try { await this.o.press(m, b); } finally { this.pressed.delete(mark); this.again(); }
  }

  actions(m, mine) {
    const { t } = this.o;
    const items = [
      { icon: "reply", label: t("reply"), run: () => this.o.reply(m) },
      mine && m.text ? { icon: "pencil", label: t("edit"), run: () => this.o.edit(m) } : null,
      m.text ? { icon: "file", label: t("copy"), run: () => navigator.clipboard?.writeText(m.text).catch(() => {}) } : null,
      mine || !this.o.group ? { icon: "close", label: t("remove"), danger: true, run: () => this.o.remove(m) } : null,
    ].filter(Boolean);
    return el("button", { type: "button", class: "dots", "aria-label": t("actions"), title: t("actions"), onclick: (e) => popup(e.currentTarget, items, t("actions")) }, icon("dots"));
  }

  // text gives a text with its formats, its links, and its commands as buttons.
  text(m) {
    const cuts = new Set([0, m.text.length]);
    const marks = (m.entities ?? []).filter((e) => formats[e.type] || e.type === "text_link");
    for (const e of marks) { cuts.add(e.offset); cuts.add(e.offset + e.length); }
    const at = [...cuts].sort((a, b) => a - b);
    return at.slice(1).map((end, i) => {
      const start = at[i];
      const inside = marks.filter((e) => e.offset <= start && e.offset + e.length >= end);
      return inside.reduce((node, e) => wrap(node, e), this.plain(m.text.slice(start, end), inside.some((e) => e.type === "text_link" || e.type === "code" || e.type === "pre")));
    });
  }

  plain(text, bare) {
    const span = document.createElement("span");
    if (bare) { span.append(text); return span; }
    let rest = 0;
    const found = [...text.matchAll(commands)].map((x) => ({ at: x.index + x[1].length, word: x[2], command: true }))
      .concat([...text.matchAll(links)].map((x) => ({ at: x.index, word: x[0] }))).sort((a, b) => a.at - b.at);
    for (const { at, word, command } of found) {
      if (at < rest) continue;
      span.append(text.slice(rest, at));
      span.append(command ? el("button", { type: "button", class: "command", onclick: () => this.o.command(word) }, word)
        : el("a", { href: word, target: "_blank", rel: "noopener noreferrer" }, word));
      rest = at + word.length;
    }
    span.append(text.slice(rest));
    return span;
  }
}

function wrap(node, e) {
  if (e.type === "text_link") return el("a", { href: e.url, target: "_blank", rel: "noopener noreferrer" }, node);
  return el(formats[e.type], e.type === "spoiler" ? { class: "spoiler", tabIndex: 0 } : {}, node);
}

// preview is a message in one line.
export function preview(m, t) {
  if (m.service) return t(m.service, m);
  const what = m.file ? { photo: t("photo"), voice: t("voice"), sticker: m.file.name, contact: t("contact"), location: t("location") }[m.file.kind] ?? (m.file.name || t("file")) : "";
  return [what, m.text].filter(Boolean).join(" · ").replace(/\s+/g, " ").slice(0, 120);
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function zone() { return store.world?.clock.zone ?? "UTC"; }
