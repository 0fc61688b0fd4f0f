// A borrower's phone.

import { el, icon, iconButton, avatar, popup } from "./dom.js";
import { act, answerTo, doingIn, messagesIn, store } from "./store.js";
import { Log, zone } from "./log.js";
import { Composer, formOf } from "./composer.js";
import { pick, words } from "./words.js";

export class Phone {
  constructor(person, putAway) {
    this.id = person.id;
    this.language = pick(person.lang);
    this.t = words(this.language);
    const t = this.t;
    this.log = new Log({
      label: t("chatWith", { name: person.profile.name }), lang: this.language.tag, t, group: false, zone,
      mine: (m) => !m.bot,
      press: (m, b) => press(this, { as: this.id, id: m.id, data: b.data }),
      command: (text) => this.do("say", { text }),
      reply: (m) => this.composer.answer(m),
      edit: (m) => this.composer.change(m),
      remove: (m) => this.do("delete", { id: m.id }),
    });
    this.composer = new Composer({
      t, lang: this.language.tag, failed: (e) => this.toast(e.message),
      say: (text, reply) => act("say", { as: this.id, text, reply }),
      edit: (id, text) => act("edit", { as: this.id, id, text }),
      files: (files, kind, caption) => act("files", formOf({ as: this.id }, files, kind, caption)),
      give: (what) => act("give", { as: this.id, do: what }),
      menu: () => this.person.commands ?? [],
    });
    this.face = el("span", { class: "face" });
    this.title = el("h2", {});
    this.status = el("p", { class: "status" });
    this.welcome = el("div", { class: "welcome", lang: this.language.tag });
    this.foot = el("div", { class: "foot" });
    this.notes = el("div", { class: "notes", role: "status" });
    this.node = el("section", { class: "phone", lang: this.language.tag, "data-person": this.id, "aria-label": t("phoneOf", { name: person.name }) },
      el("header", { class: "chat-head" }, this.face, el("div", { class: "who" }, this.title, this.status),
        iconButton("dots", t("options"), (e) => this.options(e.currentTarget, putAway))),
      this.welcome, this.log.node, this.foot, this.notes);
  }

  get person() { return store.world.people.find((p) => p.id === this.id); }

  options(anchor, putAway) {
    const { t, person } = this;
    popup(anchor, [
      person.blocked ? { icon: "lock", label: t("unblock"), run: () => this.do("block", { do: "off" }) }
        : { icon: "lock", label: t("block"), danger: true, run: () => this.do("block", { do: "on" }) },
      { icon: "close", label: t("close"), run: putAway },
    ], t("options"));
  }

  async do(name, body) {
    try { return await act(name, { as: this.id, ...body }); } catch (error) { this.toast(error.message); }
  }

  show() {
    const { person, t } = this;
    const name = person.profile.name;
    if (this.title.textContent !== name) {
      this.title.textContent = name;
      this.face.replaceChildren(avatar(store.world.bot.id, name, "brand"));
    }
    this.tick();
    this.composer.show();
    const messages = messagesIn(this.id);
    const fresh = !person.started && !messages.length;
    this.welcome.hidden = !fresh;
    this.log.node.hidden = fresh;
    if (fresh) this.greet(person);
    else this.log.show(messages);
    const mode = person.blocked ? "blocked" : fresh ? "fresh" : "open";
    if (this.mode === mode) return;
    this.mode = mode;
    this.foot.replaceChildren(...{
      blocked: () => [el("p", { class: "hint" }, t("blocked")), el("button", { type: "button", class: "wide", onclick: () => this.do("block", { do: "off" }) }, t("unblock"))],
      fresh: () => [el("button", { type: "button", class: "wide start", onclick: () => this.do("start", {}) }, t("start"))],
      open: () => [this.composer.node],
    }[mode]());
  }

  greet(person) {
    const look = JSON.stringify(person.profile);
    if (this.greeted === look) return;
    this.greeted = look;
    this.welcome.replaceChildren(avatar(store.world.bot.id, person.profile.name, "large brand"), el("h3", {}, person.profile.name),
      el("div", { class: "about" }, el("b", {}, this.t("what")), el("p", {}, person.profile.description || "…")));
  }

  // tick shows what the bot is doing, which ends by itself.
  tick() {
    const doing = doingIn(this.id);
    this.status.textContent = !doing ? this.t("bot") : doing === "typing" ? this.t("typing") : this.t("uploading");
    this.status.classList.toggle("busy", Boolean(doing));
  }

  toast(text) { toast(this.notes, text); }
  alert(text) { alertIn(this.node, text, this.t("ok")); }
}

// press presses a button, waits for the answer, and shows it.
export async function press(phone, body) {
  try {
    const { press: id } = await act("press", body);
    const answer = await answerTo(id);
    if (!answer.text) return;
    if (answer.alert) phone.alert(answer.text);
    else phone.toast(answer.text);
  } catch (error) { phone.toast(error.message); }
}

export function toast(box, text) {
  const note = el("div", { class: "toast" }, text);
  box.append(note);
  setTimeout(() => note.remove(), 4000);
}

export function alertIn(node, text, ok) {
  const before = document.activeElement;
  const close = () => { shade.remove(); before?.focus(); };
  const button = el("button", { type: "button", class: "wide", onclick: close }, ok);
  const shade = el("div", { class: "shade", role: "alertdialog", "aria-modal": "true", "aria-label": text,
    onkeydown: (e) => { if (e.key === "Escape" || e.key === "Tab") { e.preventDefault(); if (e.key === "Escape") close(); } } },
    el("div", { class: "alert" }, el("p", {}, text), button));
  node.append(shade);
  button.focus();
}
