// The finding on the right: in its place, before and after, what is offered and how far it reaches.

import { change, el, put, quoted } from "./marks.js";

const VERDICTS = { accept: "accepted", reject: "rejected", replace: "replaced" };
const SCOPES = {
  here: "", change: ", this change everywhere", word: ", this word everywhere",
  rule: ", this rule everywhere",
};

/** A button for an answer, with its key. */
export function button(name, key, label, more = {}) {
  const node = el("button", more.look ?? "", key ? el("kbd", "", key) : null, el("span", "", label));
  if (name) node.dataset.do = name;
  if (more.count) node.append(el("b", "count", more.count.toLocaleString("en")));
  if (more.off) node.disabled = true;
  if (more.title) node.title = more.title;
  return node;
}

/** What would stand there: what was decided, or the proposal that is shown; null for neither. */
export function shown(detail, choice) {
  if (detail.chosen !== null) return detail.chosen;
  return detail.proposals[choice] ?? null;
}

/** The answer that Enter gives: only what may be done unattended is accepted; what is decided
 *  stays so, and the next undecided one is shown. */
export function byDefault(detail, choice) {
  if (!["open", "left"].includes(detail.state)) return "next-open";
  const sure = detail.action === "fix" && !detail.dispute && choice === 0 && !detail.sampled;
  return sure && detail.proposals.length ? "accept" : "skip";
}

export function draw(box, detail, choice, counter, waiting) {
  const where = put(el("bdi"), detail.path ?? "-", { line: true });
  const record = detail.record === null ? "" : `[${detail.record}]`;
  const place = el("span", "place", where, put(el("bdi"), record, { line: true }),
    `:${detail.line}:${detail.column}`);
  const heading = el("h2", "", el("span", `action ${detail.action}`, detail.action), " ",
    put(el("span", "rule"), detail.rule, { line: true }));
  box.replaceChildren(
    el("div", "top", place, el("span", "tools",
      button("preview", "p", "Preview", {
        look: "quiet", count: waiting, off: !waiting, title: "what is accepted of this file, as a diff",
      }),
      button("write", "W", "Write", {
        look: "quiet", count: waiting, off: !waiting, title: "write what is accepted of this file",
      })), el("span", "counter", counter)),
    el("div", "about",
      el("div", "heading", heading, button("page", "w", "About the rule", { look: "quiet" })),
      put(el("p", "message"), detail.message, { line: true }),
      el("p", "measured", detail.measured || "precision not measured yet")),
    standing(detail),
    sides(detail, shown(detail, choice)),
  );
  centre(box);
}

/** Scroll so that the change is in sight, on the side that says what becomes of it. */
export function centre(box) {
  box.scrollTop = 0;
  const marks = [...box.querySelectorAll(".place-mark")].map((mark) => mark.getBoundingClientRect());
  if (!marks.length) return;
  const view = box.getBoundingClientRect();
  const low = Math.min(...marks.map((mark) => mark.top)), high = Math.max(...marks.map((mark) => mark.bottom));
  if (high > view.bottom - 24) {
    box.scrollTop = Math.min(high - view.bottom + view.height / 3, low - view.top - 60);
  }
}

/** The text before and after, as far as the context reaches. */
export function sides(detail, text) {
  const make = (side, title) => {
    const node = el("div", `text ${side}`);
    node.dir = "auto";
    if (detail.context.cut_before) node.append(el("span", "cut", "… "));
    pieces(node, detail.context.head, side);
    const place = el("span", "place-mark");
    if (text === null && side === "after") put(place, detail.text);
    else change(place, detail.text, text, side);
    node.append(place);
    pieces(node, detail.context.tail, side);
    if (detail.context.cut_after) node.append(el("span", "cut", " …"));
    return el("section", "side", el("h3", "", title), node);
  };
  const more = detail.context.more ? button("more", "m", "more context", { look: "quiet" }) : "";
  const title = text === null ? "after: nothing is offered" : "after";
  return el("div", "sides", make("before", "before"), make("after", title), more);
}

function pieces(node, parts, side) {
  for (const part of parts) {
    if (typeof part === "string") {
      put(node, part);
    } else if (part[1] === null) {
      node.append(put(el("span", "near"), part[0]));
    } else {
      const other = el("span", "near taken");
      node.append(put(other, side === "before" ? part[0] : part[1]));
      other.title = "accepted already";
    }
  }
}

function offers(detail, choice) {
  const now = shown(detail, choice);
  const box = el("div", "offers");
  detail.proposals.slice(0, 9).forEach((proposal, number) => {
    const node = button(`choose-${number + 1}`, String(number + 1), quoted(proposal), { look: "offer" });
    node.setAttribute("aria-pressed", String(proposal === now));
    box.append(node);
  });
  if (now !== null && !detail.proposals.includes(now)) {
    const own = el("span", "offer own", el("span", "", "your own: "), quoted(now));
    box.append(own);
  }
  if (detail.proposals.length > 1) box.append(button("turn", "Tab", "next", { look: "quiet" }));
  if (!detail.proposals.length && now === null) {
    box.append(el("p", "dim", "Nothing is offered: e types a replacement, n says that it is right."));
  }
  return box;
}

function standing(detail) {
  const box = el("div", "standing");
  const said = detail.decision;
  if (detail.state === "written") box.append(note("done", "This repair is in its file."));
  else if (said) {
    const by = detail.earlier && said.who ? ` by ${said.who}, ${said.when.slice(0, 10)}` : "";
    box.append(note(detail.state, `${VERDICTS[said.verdict]}${SCOPES[said.scope]}${by}`));
  } else if (detail.state === "displaced") {
    box.append(note("left", "Another proposal for this place was accepted."));
  } else if (detail.state === "left") box.append(note("left", "Left undecided."));
  if (detail.dispute) box.append(note("warn", `In dispute: ${detail.dispute}. Your answer settles it.`));
  for (const rival of detail.rivals) {
    const taken = rival.state === "accepted";
    const text = el("span", "", taken ? "Taking this displaces what was accepted: "
      : "Taking this displaces another finding: ", put(el("bdi"), rival.rule, { line: true }),
      " at ", quoted(rival.text));
    const line = note(taken ? "warn" : "left", text);
    if (rival.number !== null && detail.state !== "accepted") {
      const show = button("", "", "show", { look: "quiet" });
      show.dataset.go = rival.number;
      line.append(show);
    }
    if (detail.state !== "accepted") box.append(line);
  }
  return box;
}

function note(look, text) {
  return el("p", `note ${look}`, text);
}

/** The buttons for all answers, each with how many findings it is about. */
export function answers(box, detail, choice) {
  const first = byDefault(detail, choice);
  const fixed = detail.state === "written";
  const main = el("div", "main-answers",
    button("accept", "y", "Accept", {
      look: `accept ${first === "accept" ? "default" : ""}`,
      off: fixed || shown(detail, choice) === null,
    }),
    button("reject", "n", "Reject", { look: "reject", off: fixed }),
    button("skip", "s", detail.decision ? "Open again" : "Skip", { look: first === "skip" ? "default" : "", off: fixed }),
    button("own", "e", "Own text", { off: fixed }));
  const reach = detail.reach;
  const groups = el("div", "group-answers");
  const accepting = (value) => (Array.isArray(value) ? value[detail.chosen === null ? choice : 0] : value);
  const group = (label, scope, yes, no) => {
    const counts = reach[scope];
    if (!counts) return;
    const count = accepting(counts.accept);
    groups.append(el("div", "reach", el("span", "label", label),
      yes ? button(`accept-${scope}`, yes, "accept", {
        count: count ?? 0, off: !count, look: "accept", title: `accept ${label}`,
      }) : null,
      button(scope === "word" ? "never" : `reject-${scope}`, no, scope === "word" ? "never again" : "reject", {
        count: counts.reject, off: !counts.reject, look: "reject", title: `reject ${label}`,
      })));
  };
  group("all of this change", "change", "b", "B");
  group("all of this rule", "rule", "r", "R");
  group("rest of this file", "file", "a", "d");
  group("this word", "word", "", "i");
  box.replaceChildren(offers(detail, choice), main, groups);
}
