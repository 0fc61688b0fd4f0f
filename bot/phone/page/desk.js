// The agents' group: its topics, the messages of one of them, and who the agent at the screen is.

import { el, icon, iconButton, avatar, popup } from "./dom.js";
import { act, doingIn, messagesIn, store } from "./store.js";
import { Log, preview, zone } from "./log.js";
import { Composer, formOf } from "./composer.js";
import { alertIn, press, toast } from "./phone.js";

export class Desk {
  // old is the desk that this one takes the place of, in another language.
  constructor(group, language, t, old) {
    this.id = group.id;
    this.language = language;
    this.t = t;
    this.as = old?.as ?? group.members[0]?.id ?? 0;
    this.thread = old?.thread ?? (group.forum ? 1 : 0);
    this.seen = old?.seen ?? new Map();
    this.chosen = old?.chosen ?? false;
    this.list = el("ul", { class: "topics", "aria-label": t("topics") });
    this.headTitle = el("h2", {});
    this.headStatus = el("p", { class: "status" });
    this.room = el("div", { class: "room" });
    this.notes = el("div", { class: "notes", role: "status" });
    this.dots = iconButton("dots", t("options"), (e) => this.options(e.currentTarget));
    this.node = el("section", { class: "desk", lang: language.tag, "aria-label": t("agents") },
      el("div", { class: "side" }, el("header", { class: "chat-head" }, avatar(group.id, group.title), el("div", { class: "who" }, el("h2", {}, group.title), this.count = el("p", { class: "status" }))), this.list),
      el("div", { class: "main" }, el("header", { class: "chat-head" }, iconButton("back", t("back"), () => { this.chosen = false; this.show(); }, { class: "icon-button back" }),
        el("div", { class: "who" }, this.headTitle, this.headStatus), this.dots), this.room, this.notes));
    this.redraw();
  }

  get group() { return store.world.groups.find((g) => g.id === this.id); }
  get member() { return this.group?.members.find((m) => m.id === this.as); }
  get topic() { return this.group?.topics?.find((x) => x.id === this.thread); }

  nameOf(topic) { return topic.id === 1 ? this.t("general") : topic.name; }

  // redraw makes the room for another topic or another agent.
  redraw() {
    const { t } = this;
    const here = () => ({ chat: this.id, as: this.as, thread: this.thread });
    this.log = new Log({
      label: t("agents"), lang: this.language.tag, t, group: true, zone,
      mine: (m) => m.from === this.as,
      press: (m, b) => press(this, { ...here(), id: m.id, data: b.data }),
      command: (text) => this.do("say", { text }),
      reply: (m) => this.composer.answer(m),
      edit: (m) => this.composer.change(m),
      remove: (m) => this.do("delete", { id: m.id }),
    });
    this.composer = new Composer({
      t, lang: this.language.tag, failed: (e) => this.toast(e.message),
      say: (text, reply) => act("say", { ...here(), text, reply }),
      edit: (id, text) => act("edit", { ...here(), id, text }),
      files: (files, kind, caption) => act("files", formOf(here(), files, kind, caption)),
      give: (what) => act("give", { ...here(), do: what }),
      menu: () => this.member?.commands ?? [],
      writer: this.writer(),
    });
    this.closed = el("p", { class: "hint" }, icon("lock"), t("closedTopic"));
    this.room.replaceChildren(this.log.node, this.closed, el("div", { class: "foot" }, this.composer.node));
    if (store.world) this.show();
  }

  // writer is the button that says as whom one writes, and lets one change it.
  writer() {
    const name = this.member?.name ?? "?";
    const label = `${this.t("as")} ${name}`;
    return el("button", { type: "button", class: "writer", "aria-label": label, title: label, onclick: (e) => this.choose(e.currentTarget) }, avatar(this.as, name, "small"), icon("down"));
  }

  choose(anchor) {
    popup(anchor, this.group.members.map((m) => ({
      icon: "person", label: m.name, note: m.admin ? this.t("admin") : "",
      run: () => { this.as = m.id; this.redraw(); this.node.querySelector(".writer").focus(); },
    })), this.t("as"));
  }

  async do(name, body) {
    try { return await act(name, { chat: this.id, as: this.as, thread: this.thread, ...body }); } catch (error) { this.toast(error.message); }
  }

  open(thread) {
    this.thread = thread;
    this.chosen = true;
    this.redraw();
    if (matchMedia("(min-width: 900px)").matches) this.composer.input.focus();
  }

  options(anchor) {
    const { t, group, topic } = this;
    const change = (what) => () => this.do("topic", { do: what });
    const bot = (what) => () => this.do("bot", { do: what });
    const items = [];
    if (topic && topic.id !== 1) {
      items.push(topic.closed ? { icon: "hash", label: t("reopenTopic"), run: change("reopen") } : { icon: "lock", label: t("closeTopic"), run: change("close") });
      items.push({ icon: "close", label: t("deleteTopic"), danger: true, run: change("delete") });
    }
    if (group.bot === "administrator") items.push({ icon: "person", label: t("demoteBot"), run: bot("demote") });
    if (group.bot === "member") items.push({ icon: "person", label: t("promoteBot"), run: bot("promote") });
    if (group.bot === "administrator" || group.bot === "member") items.push({ icon: "close", label: t("removeBot"), danger: true, run: bot("remove") });
    else items.push({ icon: "plus", label: t("addBot"), run: bot("add") });
    popup(anchor, items, t("options"));
  }

  show() {
    const { group, t } = this;
    if (!group) return;
    this.node.classList.toggle("forum", group.forum);
    this.node.classList.toggle("chosen", this.chosen || !group.forum);
    if (group.forum && !this.topic) { this.thread = 1; this.chosen = false; this.redraw(); return; }
    this.members();
    this.composer.show();
    this.topics();
    const messages = messagesIn(this.id, this.thread);
    this.log.show(messages);
    if (this.isVisible()) this.seen.set(this.thread, messages.at(-1)?.id ?? 0);
    this.headTitle.textContent = group.forum ? this.nameOf(this.topic) : group.title;
    this.closed.hidden = !this.topic?.closed;
    this.dots.hidden = !this.member?.admin;
    this.count.textContent = `${group.members.map((m) => m.name).join(" · ")}`;
    this.tick();
  }

  isVisible() { return this.node.offsetParent !== null && this.room.offsetParent !== null && !document.hidden; }

  // members sees to it that whoever writes is still in the group.
  members() {
    const { group } = this;
    const look = JSON.stringify(group.members);
    if (this.membersLook === look) return;
    this.membersLook = look;
    if (!this.member) this.as = group.members[0]?.id ?? 0;
    this.node.querySelector(".writer")?.replaceWith(this.writer());
  }

  topics() {
    const { group, t } = this;
    const rows = (group.topics ?? []).map((topic) => {
      const messages = messagesIn(this.id, topic.id);
      const last = messages.at(-1);
      const unread = messages.filter((m) => m.id > (this.seen.get(topic.id) ?? 0) && m.from !== this.as).length;
      return { topic, last, unread: topic.id === this.thread && this.isVisible() ? 0 : unread };
    });
    const look = JSON.stringify([rows.map((r) => [r.topic, r.last?.id, r.last?.edits, r.last?.text, r.unread]), this.thread]);
    if (this.topicsLook === look) return;
    this.topicsLook = look;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.thread : null;
    this.list.replaceChildren(...rows.map(({ topic, last, unread }) => el("li", {},
      el("button", { type: "button", class: "topic", "data-thread": topic.id, "aria-current": topic.id === this.thread ? "true" : undefined, onclick: () => this.open(topic.id) },
        el("span", { class: `mark ${topic.id === 1 ? "general" : `tone${topic.id % 6}`}` }, icon(topic.closed ? "lock" : "hash")),
        el("span", { class: "topic-name" }, this.nameOf(topic)),
        unread ? el("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, unread > 99 ? "99+" : unread) : null,
        el("span", { class: "topic-last" }, last ? `${last.service ? "" : `${last.name}: `}${preview(last, t)}` : t("noMessages"))))));
    if (focused) this.list.querySelector(`[data-thread="${focused}"]`)?.focus();
  }

  tick() {
    const doing = doingIn(this.id, this.thread);
    const away = !["administrator", "member"].includes(this.group?.bot);
    this.headStatus.textContent = doing ? this.t("typing") : away ? this.t("left", { text: `@${store.world.bot.username}` }) : "";
    this.headStatus.hidden = !this.headStatus.textContent;
    this.headStatus.classList.toggle("busy", Boolean(doing));
  }

  toast(text) { toast(this.notes, text); }
  alert(text) { alertIn(this.node, text, this.t("ok")); }
}
