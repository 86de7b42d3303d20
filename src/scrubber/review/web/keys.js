// The keys, the same as in the terminal, and what each is called.

export const KEYS = [
  ["y", "accept the proposal that is shown"],
  ["n", "reject: the text is right as it is"],
  ["s", "leave undecided, or open again; a later review asks again"],
  ["1–9", "accept that proposal"],
  ["Tab", "show the next proposal (from the page; Shift+Tab reaches the buttons)"],
  ["e", "type a replacement, beginning with the one shown"],
  ["E", "type a replacement, beginning with the text as it is"],
  ["Enter", "the answer that is framed: accept a fix, skip what is less sure; past what is decided"],
  ["u", "undo the last answer"],
  ["j k", "go to the next, the previous undecided one"],
  ["J K ↓ ↑", "go to the next, the previous one, decided or not"],
  ["← →", "fold, unfold the group"],
  ["g", "go to a number"],
  ["/", "filter by rule, file and text; Esc ends it"],
  ["a d", "accept, reject the rest of this file"],
  ["b B", "accept, reject all the same change, everywhere and from now on"],
  ["r R", "accept, reject all of this rule, everywhere and from now on"],
  ["i", "never again: this word is right, for all rules of the pack"],
  ["m", "more context"],
  ["o", "another order: by file, rule, change, doubt"],
  ["w", "what the rule is, why, and how safe"],
  ["p", "preview what is accepted of this file as a diff"],
  ["W", "write what is accepted of this file, and go on"],
  ["q", "write what is accepted, and end"],
  ["Q", "end and write nothing; the decisions are kept"],
  ["?", "this page"],
];

export const DO = {
  y: "accept", n: "reject", s: "skip", e: "own", E: "own-anew", Enter: "default", Tab: "turn",
  u: "undo", j: "next-open", k: "back-open", J: "next", K: "back", ArrowDown: "next",
  ArrowUp: "back", ArrowLeft: "fold", ArrowRight: "unfold", g: "go", "/": "filter",
  a: "accept-file", d: "reject-file", b: "accept-change", B: "reject-change", r: "accept-rule",
  R: "reject-rule", i: "never", m: "more", o: "order", w: "page", p: "preview", W: "write",
  q: "quit", Q: "quit-unwritten", "?": "help",
};

/** What a held key may repeat: moves, never answers. */
export const REPEATS = new Set(["next", "back", "next-open", "back-open"]);

/** What a key means, "" for nothing; "choose-3" for a digit. */
export function meaning(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
  if (event.key === "Tab" && event.shiftKey) return "";
  if (/^[1-9]$/.test(event.key)) return `choose-${event.key}`;
  return DO[event.key] ?? "";
}
