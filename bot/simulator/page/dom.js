// Building nodes. Data becomes text nodes and attributes only, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element: `el("button.send", { type: "submit", onclick: act }, "Send")`. */
export function el(selector, props = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Each icon is a list of strokes on a 24 by 24 grid. */
const STROKES = {
  back: ["M20 12H5", "M11 5l-7 7 7 7"],
  bolt: ["M13 3L5 13.5h6L10 21l8-10.5h-6z"],
  bell: ["M6 16V11a6 6 0 0 1 1-3.3M9.5 5.5A6 6 0 0 1 18 11v3", "M4.5 16.5H16", "M10 20h4", "M4 4l16 16"],
  block: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M5.7 5.7l12.6 12.6"],
  chevron: ["M6 9l6 6 6-6"],
  clip: ["M19 11l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5L13 4a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.2-2.2l7.2-7.2"],
  clock: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 7v5l3.5 2"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  copy: ["M9 9h10v11H9z", "M15 9V4H5v11h4"],
  edit: ["M4 20l1-5L16 4l4 4L9 19z", "M13.5 6.5l4 4"],
  flask: ["M9 3h6", "M10 3v6l-5 9a2 2 0 0 0 1.8 3h10.4a2 2 0 0 0 1.8-3l-5-9V3", "M7.5 15h9"],
  globe: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M3 12h18", "M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z"],
  link: ["M8 16L18 6", "M10 6h8v8"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  mic: ["M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3z", "M6 11a6 6 0 0 0 12 0", "M12 17v4"],
  list: ["M9 6h11", "M9 12h11", "M9 18h11", "M4 6h.01", "M4 12h.01", "M4 18h.01"],
  moon: ["M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z"],
  more: ["M12 5v.01", "M12 12v.01", "M12 19v.01"],
  one: ["M5 12.5l5 5L20 7"],
  photo: ["M4 5h16v14H4z", "M4 16l5-5 4 4 3-3 4 4", "M15 9v.01"],
  pin: ["M12 21s7-6.5 7-11a7 7 0 0 0-14 0c0 4.5 7 11 7 11z", "M12 8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z"],
  person: ["M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M4.5 20.5a7.5 7.5 0 0 1 15 0"],
  play: ["M8 5l11 7-11 7z"],
  plus: ["M12 5v14", "M5 12h14"],
  poll: ["M6 20v-7", "M12 20V4", "M18 20v-11"],
  robot: ["M5 9h14v10H5z", "M12 9V5", "M12 4v.01", "M9.5 13v.01", "M14.5 13v.01", "M9.5 16h5", "M2.5 13v3", "M21.5 13v3"],
  send: ["M4 5l17 7-17 7 3-7z", "M7 12h7"],
  sticker: ["M5 4h14v9l-6 7H5z", "M19 13h-6v7", "M9 9v.01", "M15 9v.01"],
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5"],
  two: ["M2 12.5l5 5L16 7", "M12 17.5L22 7"],
};

/** Makes a decorative icon; what it means stands in the label of its button. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  for (const stroke of STROKES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", stroke);
    svg.append(path);
  }
  return svg;
}

/** Makes a round button that shows only an icon. */
export function iconButton(name, label, onclick, props = {}) {
  return el("button.round", { type: "button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}
