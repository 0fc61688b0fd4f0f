// Small things to build a page with.

// el makes an element: attributes, listeners (onclick...) and properties of aria and data by their names, then children.
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && !key.includes("-") && key !== "list" && key !== "role" && key !== "lang") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const shapes = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.3 10l11.6 2-11.6 2z",
  clip: "M16.5 6v11a4.5 4.5 0 0 1-9 0V5a3 3 0 0 1 6 0v10.5a1.5 1.5 0 0 1-3 0V6H9v9.5a3 3 0 0 0 6 0V5a4.5 4.5 0 0 0-9 0v12a6 6 0 0 0 12 0V6z",
  dots: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4m0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  close: "M6.4 19 5 17.6 10.6 12 5 6.4 6.4 5l5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6z",
  back: "M20 11H7.8l5.6-5.6L12 4l-8 8 8 8 1.4-1.4L7.8 13H20z",
  down: "M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  file: "M6 2h8l6 6v14H6zm7 1.5V9h5.5z",
  mic: "M12 14a3 3 0 0 0 3-3V5a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3m5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.9V21h2v-3.1A7 7 0 0 0 19 11z",
  pin: "M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7m0 9.5A2.5 2.5 0 1 1 12 6a2.5 2.5 0 0 1 0 5.5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8m0 2c-3 0-8 1.5-8 4.5V20h16v-1.5c0-3-5-4.5-8-4.5",
  reply: "M10 9V5l-7 7 7 7v-4.1c5 0 8.5 1.6 11 5.1-1-5-4-10-11-11",
  pencil: "M4 17.2V20h2.8L17.8 9l-2.8-2.8zM20.7 6a.9.9 0 0 0 0-1.4l-1.3-1.3a.9.9 0 0 0-1.4 0L16.3 5 19 7.7z",
  lock: "M17 9V7A5 5 0 0 0 7 7v2H5v12h14V9zm-8 0V7a3 3 0 0 1 6 0v2z",
  clock: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m1 10.4 4 2.4-.9 1.5L11.2 13V6.5H13z",
  hash: "m10 3-.7 4H5v2h4l-.7 4H4v2h4l-.8 6h2l.8-6h4l-.8 6h2l.8-6H20v-2h-3.8l.6-4H21V7h-4l.6-4h-2l-.6 4h-4l.6-4zm1 6h4l-.6 4h-4z",
  image: "M3 4h18v16H3zm2 2v9l4-4 4 4 2-2 4 4V6zm10.5 4a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shapes[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

// avatar is a disc with the first letter of a name, always in the same colour for the same id.
export function avatar(id, name, extra = "") {
  const letter = [...(name || "?")][0].toUpperCase();
  return el("span", { class: `avatar ${extra.includes("brand") ? "" : `tone${Math.abs(Number(id)) % 6}`} ${extra}`, "aria-hidden": "true" }, letter);
}

let openPopup = null;

// popup shows a menu by its anchor. Items are {icon, label, note, run}. Arrows, Home, End and Escape work in it.
export function popup(anchor, items, label) {
  openPopup?.();
  const keys = items.map((item) =>
    el("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : "", onclick: () => { close(); item.run(); } },
      item.icon ? icon(item.icon) : null,
      el("span", { class: "menu-label" }, item.label),
      item.note ? el("span", { class: "menu-note" }, item.note) : null));
  const box = el("div", { class: "popup", role: "menu", "aria-label": label }, keys);
  const outside = (event) => { if (!box.contains(event.target) && !anchor.contains(event.target)) close(); };
  function close() {
    if (openPopup !== close) return;
    openPopup = null;
    box.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    anchor.focus();
  }
  box.addEventListener("keydown", (event) => {
    const at = keys.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: keys.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); close(); }
    if (to !== undefined) { event.preventDefault(); keys.at(to % keys.length)?.focus(); }
  });
  document.body.append(box);
  place(box, anchor);
  anchor.setAttribute("aria-haspopup", "menu");
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  openPopup = close;
  keys[0]?.focus();
}

function place(box, anchor) {
  const a = anchor.getBoundingClientRect(), b = box.getBoundingClientRect(), gap = 6;
  const left = Math.min(Math.max(gap, a.left), innerWidth - b.width - gap);
  const above = a.top > innerHeight - a.bottom;
  const top = above ? Math.max(gap, a.top - b.height - gap) : Math.min(a.bottom + gap, innerHeight - b.height - gap);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
