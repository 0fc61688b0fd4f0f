// Where people write: a text, a file, an edit or an answer.

import { el, icon, iconButton, popup } from "./dom.js";
import { preview } from "./log.js";

export class Composer {
  // options: t, lang, say(text, reply), edit(id, text), files(files, kind, caption), give(what), failed(error), menu() with the
  // commands, and perhaps writer, a button that says who writes
  constructor(options) {
    this.o = options;
    const { t } = options;
    this.reply = this.editing = null;
    this.strip = el("div", { class: "strip", hidden: true });
    this.input = el("textarea", { rows: 1, placeholder: t("message"), "aria-label": t("message"), lang: options.lang, enterKeyHint: "send",
      oninput: () => this.fit(),
      // Keyboards on glass and input methods make no Enter key: the line break that would come tells of all of them.
      onbeforeinput: (e) => { if (e.inputType === "insertLineBreak" && !this.shift) { e.preventDefault(); this.send(); } },
      onkeyup: (e) => { this.shift = e.shiftKey; },
      onkeydown: (e) => {
        this.shift = e.shiftKey;
        if (e.key === "Escape") this.cancel();
      } });
    this.menu = el("button", { type: "button", class: "menu-button", "aria-label": t("commands"), onclick: (e) => this.openMenu(e.currentTarget) }, icon("menu"), el("span", {}, t("menu")));
    this.button = iconButton("send", t("send"), () => this.send(), { class: "icon-button send" });
    this.node = el("div", { class: "composer" }, this.strip,
      el("div", { class: "composer-row" }, options.writer ?? null, this.menu, iconButton("clip", t("attach"), (e) => this.attach(e.currentTarget)), this.input, this.button));
  }

  // show keeps the menu away where there are no commands, as Telegram does.
  show() { this.menu.hidden = !this.o.menu().length; }

  fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
  }

  clear() {
    this.reply = this.editing = null;
    this.strip.hidden = true;
  }

  cancel() {
    if (this.editing) this.input.value = "";
    this.clear();
    this.fit();
  }

  answer(m) {
    this.clear();
    this.reply = m;
    this.tell(this.o.t("replying", { name: m.name }), preview(m, this.o.t), "reply");
  }

  change(m) {
    this.clear();
    this.editing = m;
    this.input.value = m.text;
    this.tell(this.o.t("editing"), preview(m, this.o.t), "pencil");
    this.fit();
  }

  tell(what, text, shape) {
    this.strip.replaceChildren(icon(shape), el("div", {}, el("b", {}, what), el("span", {}, text)),
      iconButton("close", this.o.t("cancel"), () => this.cancel()));
    this.strip.hidden = false;
    this.input.focus();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const { editing, reply } = this;
    this.input.value = "";
    this.clear();
    this.fit();
    try {
      if (editing) await this.o.edit(editing.id, text);
      else await this.o.say(text, reply?.id ?? 0);
    } catch (error) {
      this.input.value = text;
      this.o.failed(error);
    }
    this.input.focus();
  }

  openMenu(anchor) {
    const items = this.o.menu().map((c) => ({ label: c.description, note: `/${c.command}`, run: () => this.o.say(`/${c.command}`, 0).catch(this.o.failed) }));
    if (items.length) popup(anchor, items, this.o.t("commands"));
  }

  attach(anchor) {
    const { t } = this.o;
    const give = (what) => () => this.o.give(what).catch(this.o.failed);
    popup(anchor, [
      { icon: "image", label: t("photo"), run: () => this.choose("image/*", "photo") },
      { icon: "image", label: t("sample"), run: () => this.sample() },
      { icon: "file", label: t("file"), run: () => this.choose("", "document") },
      { icon: "mic", label: t("voice"), run: give("voice") },
      { icon: "image", label: t("sticker"), run: give("sticker") },
      { icon: "person", label: t("contact"), run: give("contact") },
      { icon: "pin", label: t("location"), run: give("location") },
    ], t("attach"));
  }

  choose(accept, kind) {
    const input = el("input", { type: "file", accept, multiple: true });
    input.addEventListener("change", () => this.give([...input.files].slice(0, 10), kind));
    input.click();
  }

  async give(files, kind) {
    const caption = this.input.value.trim();
    try {
      await this.o.files(files, kind, caption);
      this.input.value = "";
      this.fit();
    } catch (error) { this.o.failed(error); }
  }

  // sample draws a paper to send, for those who have none at hand.
  async sample() {
    const canvas = el("canvas", { width: 480, height: 640 });
    const c = canvas.getContext("2d");
    c.fillStyle = "#fdfdf8"; c.fillRect(0, 0, 480, 640);
    c.fillStyle = "#1f2d33"; c.font = "bold 26px sans-serif"; c.fillText(this.o.t("payslip"), 36, 70);
    c.fillStyle = "#c9d2d4";
    for (let y = 130; y < 580; y += 34) { c.fillRect(36, y, 200 + ((y * 37) % 120), 10); c.fillRect(360, y, 40 + ((y * 13) % 44), 10); }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    await this.give([new File([blob], "payslip.png", { type: "image/png" })], "photo");
  }
}

// formOf puts files into what the server takes.
export function formOf(fields, files, kind, caption) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, kind, caption })) form.append(name, value);
  files.forEach((file, i) => form.append(`file${i}`, file, file.name));
  return form;
}
