// Texts as nodes. They come from strangers: all of them go through textContent, none is markup.

const ODD = new RegExp(
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f" +
  "\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]|\\p{Cs}", "gu");
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\u200c\u200d]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
const NAMES = {
  0x00: "NUL", 0x0d: "CR", 0x1b: "ESC", 0xa0: "NBSP", 0xad: "SHY", 0x61c: "ALM", 0x200b: "ZWSP",
  0x200c: "ZWNJ", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM", 0x2028: "LSEP", 0x2029: "PSEP",
  0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x202f: "NNBSP",
  0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xfeff: "BOM",
};

/** An element with a class and children; strings become text. */
export function el(name, look = "", ...children) {
  const node = document.createElement(name);
  if (look) node.className = look;
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function badge(char) {
  const code = char.codePointAt(0);
  const number = "U+" + code.toString(16).toUpperCase().padStart(4, "0");
  const node = el("bdi", "odd", NAMES[code] ?? number);
  node.title = number;
  return node;
}

/** Add a text to a node, with what cannot be seen, or would turn the text around, made visible.
 *  `line`: in one line, so breaks are signs. `marked`: blanks of unusual kinds count too. */
export function put(node, text, { line = false, marked = false } = {}) {
  text = text.replaceAll("\r\n", "\n");
  if (marked && text !== "" && text.trim() === "" && !text.includes("\n")) {
    text = text.replaceAll(" ", "␣");
  }
  let plain = "";
  const flush = () => { if (plain) node.append(plain); plain = ""; };
  ODD.lastIndex = 0;
  const blank = marked && BLANKS.test(text);
  if (!blank && !ODD.test(text)) {
    if (!line && !(marked && text.includes("\n"))) { node.append(text); return node; }
  }
  ODD.lastIndex = 0;
  const chars = Array.from(text);
  chars.forEach((char, at) => {
    if (char === "\n" && (line || marked)) {
      flush();
      node.append(el("span", "break", line ? "⏎ " : "⏎\n"));
    } else if (char === "\t" && line) {
      plain += " ";
    } else if (odd(char) || (marked && BLANKS.test(char) && !joins(chars, at))) {
      flush();
      node.append(badge(char));
    } else {
      plain += char;
    }
  });
  flush();
  return node;
}

/** Whether a joiner makes one picture of two: it is seen by what it does. */
function joins(chars, at) {
  return chars[at] === "\u200d" && PICTURE.test(chars[at + 1] ?? "")
    && /[\p{Extended_Pictographic}\p{M}\ufe0f\u{1f3fb}-\u{1f3ff}]/u.test(chars[at - 1] ?? "");
}

function odd(char) {
  ODD.lastIndex = 0;
  return ODD.test(char);
}

/** A text as a quotation in one line. */
export function quoted(text) {
  if (text === "") return el("span", "taken-out", "taken out");
  return el("span", "quoted", "“", put(el("bdi"), text, { line: true, marked: true }), "”");
}

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null;
const units = (text) => segmenter
  ? Array.from(segmenter.segment(text), (part) => part.segment) : Array.from(text);

/** Where two texts differ: what both begin and end with, the words that change, and in these the
 *  letters that do. Where something only goes or only comes, no word is taken with it. */
export function difference(before, after) {
  const old = units(before), now = units(after);
  const limit = Math.min(old.length, now.length);
  let head = 0, tail = 0;
  while (head < limit && old[head] === now[head]) head += 1;
  while (tail < limit - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  let gone = old.slice(head, old.length - tail), come = now.slice(head, now.length - tail);
  let start = head, stop = old.length - tail;
  if (gone.join("").trim() && come.join("").trim()) {
    while (start > 0 && old[start - 1].trim()) start -= 1;
    while (stop < old.length && old[stop].trim()) stop += 1;
    if (/\s/.test(gone.join(""))) {
      // Several words become others: that they share a letter at an edge says nothing.
      gone = old.slice(start, stop);
      come = now.slice(start, now.length - (old.length - stop));
      head = start;
      tail = old.length - stop;
    }
  }
  const text = (low, high) => old.slice(low, high).join("");
  return {
    head: text(0, start), first: text(start, head), gone: gone.join(""), come: come.join(""),
    last: text(old.length - tail, stop), tail: text(stop, old.length),
  };
}

/** Add a place to a node as it was (`side` "before"), as it becomes ("after"), or "both". */
export function change(node, before, after, side, how = {}) {
  const marked = { ...how, marked: true };
  const parts = difference(before, after ?? before);
  if (after === null) {
    const found = put(el("mark"), before, marked);
    if (before === "") found.classList.add("nothing");
    node.append(found);
    return node;
  }
  put(node, parts.head, how);
  const whole = side === "both" && !parts.first && !parts.last;
  if (side !== "after" && !(whole && !parts.gone)) {
    node.append(edited("del", parts, parts.gone, parts.come, marked));
  }
  if (side !== "before" && !(whole && !parts.come)) {
    node.append(edited("ins", parts, parts.come, parts.gone, marked));
  }
  put(node, parts.tail, how);
  return node;
}

function edited(name, parts, text, other, how) {
  const node = el(name);
  if (parts.first || parts.last) {
    put(node, parts.first, how);
    if (text) node.append(put(el("b"), text, how));
    put(node, parts.last, how);
  } else {
    put(node, text, how);
  }
  if (!text && !parts.first && !parts.last) node.classList.add(other ? "nothing" : "none");
  return node;
}
