// The page: what is known of the session, what a key does, and what the server says to it.

import { answers, byDefault, centre, draw, shown, sides } from "./finding.js";
import { DO, KEYS, meaning, REPEATS } from "./keys.js";
import { COLUMNS, grouped, groupOf, List } from "./list.js";
import { el, put, quoted } from "./marks.js";

const $ = (id) => document.getElementById(id);
const ORDERS = { file: "by file", rule: "by rule", change: "by change", doubt: "by doubt" };
const STATES = { all: "all", open: "open", decided: "decided" };

const now = {
  version: 0, generation: 0, data: [], names: { files: [], rules: [] }, orders: {}, order: "file",
  wanted: "", states: "all", folded: new Set(), sequence: [], groups: new Map(), waiting: {},
  at: null, detail: null, choice: 0, level: 0, typing: false, busy: false, ended: false,
};
const list = new List($("list"), $("rows"), (number) => go(number), (key) => fold(key));

// --- talking to the server

async function ask(name, query = {}) {
  const response = await fetch(`/api/${name}?${new URLSearchParams(query)}`);
  return checked(response);
}

async function tell(name, values = {}) {
  const body = JSON.stringify({ since: now.version, generation: now.generation, ...values });
  const headers = { "Content-Type": "application/json" };
  return checked(await fetch(`/api/${name}`, { method: "POST", headers, body }));
}

async function checked(response) {
  const answer = await response.json();
  if (!response.ok && response.status !== 400) throw new Error(answer.fault);
  return answer;
}

/** Run something that talks to the server; one at a time, so that no answer meets a finding that
 *  the person has not seen. */
async function alone(work) {
  if (now.busy || now.ended) return;
  now.busy = true;
  document.body.dataset.busy = "true";
  try {
    await work();
  } catch (error) {
    const gone = error instanceof TypeError;
    say(gone ? "scrubber no longer answers. What was decided is kept: start scrubber review --web again."
      : String(error.message), "fault");
  } finally {
    now.busy = false;
    document.body.dataset.busy = "false";
  }
}

function say(text, look = "") {
  const node = $("said");
  node.className = look;
  node.replaceChildren();
  put(node, text, { line: true });
}

/** Take what has changed; the whole list where it is another. */
async function take(answer) {
  if (answer.version === undefined) return;
  if (answer.generation !== now.generation) {
    await load();
    return;
  }
  now.version = answer.version;
  now.waiting = answer.waiting;
  for (const [number, state, chosen] of answer.changed) {
    Object.assign(now.data[number], { state, chosen });
  }
  arrange();
}

async function load() {
  const answer = await ask("list");
  const before = now.at === null ? null : now.data[now.at];
  Object.assign(now, {
    version: answer.version, generation: answer.generation, orders: answer.orders,
    names: { files: answer.files, rules: answer.rules, sample: answer.sample },
    waiting: answer.waiting,
    data: answer.rows.map((cells) => Object.fromEntries(COLUMNS.map((name, n) => [name, cells[n]]))),
  });
  for (const row of now.data) {
    const rule = answer.rules[row.rule].id, file = answer.files[row.file];
    const around = row.before + row.text + row.after;
    row.hay = `${rule}\n${file}\n${row.record ?? ""}\n${around}\n${row.proposal ?? ""}`.toLowerCase();
  }
  if (!(now.order in now.orders)) now.order = answer.order;
  list.data = now.data;
  list.names = now.names;
  choices();
  arrange();
  const same = (row) => row.file === before.file && row.rule === before.rule
    && row.text === before.text && row.line === before.line;
  now.at = before ? now.data.findIndex(same) : answer.at ?? now.sequence[0] ?? null;
  if (now.at === -1) now.at = null;
}

// --- what is shown

/** Filter, sort and group; count. */
function arrange() {
  const words = now.wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const order = now.orders[now.order] ?? [];
  now.sequence = order.filter((number) => {
    const row = now.data[number];
    const open = row.state === "open";
    if (now.states === "open" ? !open && number !== now.at : now.states === "decided" && open) return false;
    return words.every((word) => row.hay.includes(word));
  });
  const { entries, groups } = grouped(now.sequence, now.data, now.names, now.order, now.folded);
  now.groups = groups;
  list.show(entries);
  counts();
}

function counts() {
  const all = { open: 0, accepted: 0, rejected: 0, left: 0, displaced: 0, written: 0 };
  for (const row of now.data) all[row.state] += 1;
  const total = now.data.length || 1;
  const accepted = all.accepted + all.written;
  const decided = now.data.length - all.open - all.left;
  $("bar-accepted").style.width = `${(100 * accepted) / total}%`;
  $("bar-rejected").style.width = `${(100 * (all.rejected + all.displaced)) / total}%`;
  $("bar-left").style.width = `${(100 * all.left) / total}%`;
  $("progress").setAttribute("aria-valuemax", String(now.data.length));
  $("progress").setAttribute("aria-valuenow", String(decided));
  const n = (number) => number.toLocaleString("en");
  const parts = [`${n(decided)} of ${n(now.data.length)} decided`, `${n(accepted)} accepted`,
    `${n(all.rejected)} rejected`];
  if (all.left) parts.push(`${n(all.left)} left`);
  if (all.written) parts.push(`${n(all.written)} written`);
  $("counts").textContent = parts.join(" · ");
  const waiting = Object.values(now.waiting).reduce((sum, count) => sum + count, 0);
  $("quit-label").textContent = waiting ? `Write ${n(waiting)} and end` : "End";
  const hidden = now.sequence.length < now.data.length;
  $("hint").textContent = hidden ? `${n(now.sequence.length)} of ${n(now.data.length)} shown` : "";
}

function choices() {
  const make = (box, names, chosen, pick) => {
    box.replaceChildren(...Object.entries(names).map(([key, label]) => {
      const node = el("button", "choice", label);
      node.setAttribute("role", "radio");
      node.setAttribute("aria-checked", String(key === chosen));
      node.addEventListener("click", () => pick(key));
      return node;
    }));
  };
  const known = Object.fromEntries(Object.entries(ORDERS).filter(([key]) => key in now.orders));
  make($("orders"), known, now.order, reorder);
  make($("states"), STATES, now.states, (key) => { now.states = key; choices(); arrange(); reveal(); });
}

function reorder(key) {
  now.order = key;
  choices();
  arrange();
  reveal();
  say(`ordered ${ORDERS[key]}`);
}

function reveal() {
  const group = now.at === null ? null : groupOf(now.groups, now.at);
  if (group?.folded) {
    now.folded.delete(group.key);
    arrange();
  }
  list.select(now.at);
}

/** Fetch the finding that is asked now, and draw it. */
async function look() {
  const number = now.at;
  if (number === null) {
    now.detail = null;
    finished();
    return;
  }
  const query = { number, level: now.level, generation: now.generation };
  const detail = await ask("item", query);
  if (detail.fault) {
    await load();
    if (now.at !== number) await look();
    return;
  }
  now.detail = detail;
  redraw();
}

function redraw() {
  if (!now.detail) return;
  now.typing = false;
  const place = now.orders[now.order].indexOf(now.at) + 1;
  const counter = `${place.toLocaleString("en")} of ${now.data.length.toLocaleString("en")}`;
  const waiting = now.waiting[now.data[now.at].file] ?? 0;
  draw($("finding"), now.detail, now.choice, counter, waiting);
  answers($("answers"), now.detail, now.choice);
}

function finished() {
  const open = now.data.filter((row) => row.state === "open").length;
  const text = now.data.length ? open ? "Nothing is chosen." : "Everything is decided." : "No findings.";
  $("finding").replaceChildren(el("div", "end", el("h2", "", text),
    el("p", "", "Your decisions are in the ledger. Repairs that are accepted and not written yet wait for",
      " “Write and end”.")));
  $("answers").replaceChildren();
}

// --- moving

async function visit(number) {
  if (number !== now.at) Object.assign(now, { at: number, choice: 0, level: 0 });
  reveal();
  await look();
}

const go = (number) => alone(() => visit(number));

const anyState = () => true;
const unasked = (row) => row.state === "open";
const undecided = (row) => row.state === "open" || row.state === "left";

/** The next finding that is wanted, in the order that is shown; null where there is none. */
function following(from, by, wanted, around = false) {
  const order = now.sequence;
  let at = order.indexOf(from);
  if (at < 0) at = by > 0 ? before(from) : order.length;
  for (let step = 1; step <= order.length; step += 1) {
    let place = at + by * step;
    if (around) place = (place + order.length) % order.length;
    const row = now.data[order[place]];
    if (!row) return null;
    if (order[place] !== from && wanted(row)) return order[place];
  }
  return null;
}

/** Where in the sequence a finding would stand that the filter no longer shows: before its next. */
function before(number) {
  const place = new Map(now.orders[now.order].map((other, at) => [other, at]));
  const mine = place.get(number) ?? -1;
  return now.sequence.findIndex((other) => place.get(other) > mine) - 1;
}

function step(by, wanted) {
  const next = following(now.at, by, wanted);
  if (next === null) {
    say(wanted === undecided ? "no undecided finding that way" : "no finding that way");
    return null;
  }
  say("");
  return go(next);
}

function fold(key, folded = !now.folded.has(key)) {
  if (folded) now.folded.add(key); else now.folded.delete(key);
  arrange();
}

// --- answering

function answer(what, more = {}) {
  return alone(async () => {
    if (now.at === null) return;
    const number = now.at;
    const said = await tell("act", { do: what, number, order: now.order, ...more });
    await settle(said, number);
  });
}

async function settle(said, number) {
  const problem = said.fault ?? said.refused;
  const generation = now.generation;
  await take(said);
  if (problem) {
    say(problem, "fault");
    if (now.at !== null) await visit(now.at);
    return;
  }
  const next = number !== null && now.generation === generation
    ? following(number, 1, unasked, true) ?? number : now.at ?? now.sequence[0] ?? null;
  say(said.said + leftElsewhere());
  if (number !== null && now.generation === generation) fileDone(number);
  await visit(next);
}

/** What is still open though the filter hides it is said, not jumped to. */
function leftElsewhere() {
  const open = now.data.filter(unasked).length;
  if (!open) return "; everything is answered";
  if (now.sequence.some((number) => unasked(now.data[number]))) return "";
  return `; nothing open is left in this filter, ${open.toLocaleString("en")} elsewhere`;
}

function fileDone(number) {
  const file = now.data[number].file;
  const count = now.waiting[file] ?? 0;
  if (!count || now.data.some((row) => row.file === file && row.state === "open")) return;
  const node = el("button", "strong", `Write ${count.toLocaleString("en")} to it`);
  node.dataset.do = "write";
  node.dataset.file = file;
  $("said").append(". ", put(el("bdi"), now.names.files[file], { line: true }), " is done. ", node);
}

function undo() {
  return alone(async () => {
    const said = await tell("undo");
    const at = said.at ?? now.at;
    await take(said);
    if (said.refused ?? said.fault) say(said.refused ?? said.fault, "fault");
    else say(said.said);
    await visit(at);
  });
}

function own(start) {
  if (!now.detail || now.detail.state === "written") return;
  if (!now.detail.whole) {
    say("too long to be typed anew here; scrubber fix --diff, edit it, apply it", "fault");
    return;
  }
  const field = el("textarea");
  field.value = start ?? now.detail.text;
  field.dir = "auto";
  field.rows = Math.min(8, field.value.split("\n").length + 1);
  field.spellcheck = true;
  const label = el("label", "", el("span", "", "In place of ", quoted(now.detail.text), ":"), field);
  const save = el("button", "accept", el("kbd", "", "Enter"), "Take it");
  const stop = el("button", "quiet", el("kbd", "", "Esc"), "Leave it");
  const box = el("div", "own-text", label, save, stop,
    el("span", "dim", "Shift+Enter breaks the line. The text as it is means: reject."));
  const send = () => answer("own", { text: field.value });
  save.addEventListener("click", send);
  stop.addEventListener("click", redraw);
  field.addEventListener("input", () => {
    document.querySelector(".sides").replaceWith(sides(now.detail, field.value));
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") redraw();
    else if (event.key === "Enter" && !event.shiftKey) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.querySelector(".offers").after(box);
  now.typing = true;
  field.focus();
  field.select();
  centre($("finding"));
}

// --- pages and questions

function dialog(title, body, buttons = [["close", "Close", "Esc", ""]]) {
  $("dialog-title").textContent = title;
  $("dialog-body").replaceChildren(body);
  $("dialog-form").replaceChildren(...buttons.map(([value, label, key, look]) => {
    const node = el("button", look, el("kbd", "", key), label);
    node.value = value;
    return node;
  }));
  const box = $("dialog");
  box.returnValue = "";
  box.showModal();
  $("dialog-form").querySelector("button")?.focus();
  return new Promise((resolve) => {
    box.addEventListener("close", () => resolve(box.returnValue), { once: true });
  });
}

function help() {
  const rows = KEYS.map(([keys, about]) => el("div", "",
    el("dt", "", ...keys.split(" ").map((key) => el("kbd", "", key))), el("dd", "", about)));
  return dialog("Keys", el("div", "", el("dl", "keys", ...rows),
    el("p", "dim", "Each decision is kept as soon as it is made. Closing this page, or Ctrl-C where",
      " scrubber runs, loses none and writes nothing.")));
}

function page() {
  if (!now.detail) return null;
  const text = now.detail.page || `${now.detail.rule}: ${now.detail.message}`;
  return dialog("About the rule", put(el("pre", "page"), text));
}

function preview() {
  if (now.at === null) return null;
  return alone(async () => {
    const found = await ask("diff", { file: now.data[now.at].file });
    const body = el("pre", "diff");
    body.tabIndex = 0;
    for (const line of found.diff.split("\n")) {
      const look = { "+": "come", "-": "gone", "@": "range" }[line[0]] ?? "";
      body.append(put(el("span", look), line.replace(/\r$/, "")), "\n");
    }
    if (!found.diff) body.append("Nothing is accepted of this file that is not written.");
    if (found.cut) body.append("… the diff goes on; scrubber fix --diff shows all of it.");
    dialog(`What would be written to ${found.path}`, body);
  });
}

function go_to() {
  const field = el("input");
  field.type = "number";
  field.min = "1";
  field.max = String(now.data.length);
  const label = el("label", "", `Number, 1 to ${now.data.length.toLocaleString("en")}, in this order: `, field);
  const said = dialog("Go to", label, [["go", "Go", "Enter", "strong"], ["", "Stay", "Esc", ""]]);
  field.focus();
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); $("dialog").close("go"); }
  });
  return said.then((value) => {
    const number = now.orders[now.order][Number(field.value) - 1];
    if (value !== "go") return null;
    if (number === undefined) return say(`there are ${now.data.length.toLocaleString("en")} findings`, "fault");
    return go(number);
  });
}

function write(file = now.at === null ? null : now.data[now.at].file) {
  if (file === null || !now.waiting[file]) return say("nothing is accepted of this file that is not written");
  return alone(async () => settle(await tell("write", { file }), null));
}

async function quit(writing) {
  if (now.ended || now.busy) return;
  const files = Object.keys(now.waiting).length;
  const count = Object.values(now.waiting).reduce((sum, waiting) => sum + waiting, 0);
  const many = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const open = now.data.filter((row) => row.state === "open").length;
  const text = writing && count
    ? `${many(count, "accepted repair")} will be written to ${many(files, "file")}.`
    : `Nothing will be written. ${count ? `${many(count, "accepted repair")} stay in the ledger.` : ""}`;
  const more = open ? ` ${many(open, "finding")} undecided; a later review goes on there.` : "";
  const label = writing && count ? "Write and end" : "End";
  const said = await dialog("End this review?", el("p", "", text + more),
    [["end", label, "Enter", "strong"], ["", "Go on", "Esc", ""]]);
  if (said !== "end") return;
  await alone(async () => {
    const answer = await tell("quit", { write: writing });
    if (!answer.ended) {
      await take(answer);
      say(answer.fault ?? answer.refused, "fault");
      if (now.at !== null) await visit(now.at);
      return;
    }
    now.ended = true;
    document.body.classList.add("ended");
    const lines = answer.lines.map((line) => put(el("li"), line, { line: true }));
    $("finding").replaceChildren(el("div", "end", el("h2", "", "The review has ended"),
      put(el("p"), answer.summary, { line: true }), el("ul", "", ...lines),
      el("p", "dim", "You can close this page.")));
    $("answers").replaceChildren();
    say(answer.summary);
  });
}

// --- keys and buttons

const acts = {
  "accept": () => accept("here"),
  "reject": () => answer("reject", { scope: "here" }),
  "skip": () => answer("leave"),
  "default": () => now.detail && act(byDefault(now.detail, now.choice)),
  "own": () => own(now.detail && shown(now.detail, now.choice)),
  "own-anew": () => own(now.detail?.text),
  "undo": undo,
  "turn": () => {
    const count = now.detail?.proposals.length ?? 0;
    if (count > 1 && now.detail.chosen === null) { now.choice = (now.choice + 1) % count; redraw(); }
  },
  "next-open": () => step(1, undecided), "back-open": () => step(-1, undecided),
  "next": () => step(1, anyState), "back": () => step(-1, anyState),
  "fold": () => folding(true), "unfold": () => folding(false),
  "go": go_to,
  "filter": () => { $("filter").focus(); $("filter").select(); },
  "accept-file": () => answer("accept", { scope: "file", choice: 0 }),
  "reject-file": () => answer("reject", { scope: "file" }),
  "accept-change": () => accept("change"),
  "reject-change": () => answer("reject", { scope: "change" }),
  "accept-rule": () => answer("accept", { scope: "rule", choice: 0 }),
  "reject-rule": () => answer("reject", { scope: "rule" }),
  "never": () => answer("reject", { scope: "word" }),
  "more": () => { if (now.detail?.context.more) { now.level += 1; alone(look); } },
  "order": () => {
    const keys = Object.keys(now.orders);
    reorder(keys[(keys.indexOf(now.order) + 1) % keys.length]);
  },
  "page": page, "preview": preview, "help": help,
  "write": write, "quit": () => quit(true), "quit-unwritten": () => quit(false),
};

function accept(scope) {
  if (!now.detail) return null;
  const stands = scope === "here" ? now.detail.chosen : null;
  if (stands !== null && !now.detail.proposals.includes(stands)) return say("your own text stands there already");
  const choice = stands === null ? now.choice : now.detail.proposals.indexOf(stands);
  return answer("accept", { scope, choice });
}

function act(name) {
  if (now.ended) return null;
  if (name.startsWith("choose-")) {
    const choice = Number(name.slice(7)) - 1;
    if (!now.detail || choice >= now.detail.proposals.length) return null;
    return answer("accept", { scope: "here", choice });
  }
  return acts[name]?.();
}

function folding(folded) {
  const group = now.at === null ? null : groupOf(now.groups, now.at);
  if (group) { fold(group.key, folded); list.select(now.at); }
}

document.addEventListener("keydown", (event) => {
  if ($("dialog").open) return;
  const target = event.target;
  if (target === $("filter")) {
    if (event.key === "Escape" || event.key === "Enter" || event.key === "ArrowDown") {
      if (event.key === "Escape") { $("filter").value = ""; filter(); }
      event.preventDefault();
      $("list").focus({ preventScroll: true });
      if (event.key !== "Escape" && !now.sequence.includes(now.at) && now.sequence.length) go(now.sequence[0]);
    }
    return;
  }
  if (target.closest("textarea, input")) return;
  const name = meaning(event);
  const pressing = target.closest("button, a");
  // With nothing to turn, Tab goes to the next button as in any page.
  if (name === "turn" && (now.detail?.proposals.length ?? 0) < 2) return;
  if (!name || (pressing && ["Enter", "Tab"].includes(event.key))) return;
  event.preventDefault();
  if (event.repeat && !REPEATS.has(name)) return;
  act(name);
});

document.addEventListener("click", (event) => {
  const node = event.target.closest("button");
  if (!node) return;
  // A button that was clicked must not take the next Enter.
  if (event.detail) node.blur();
  if (node.dataset.go) go(Number(node.dataset.go));
  else if (node.dataset.file) write(Number(node.dataset.file));
  else if (node.dataset.do) act(node.dataset.do);
});

function filter() {
  now.wanted = $("filter").value;
  arrange();
  list.box.scrollTop = 0;
  list.select(now.at);
}
$("filter").addEventListener("input", filter);

// Another tab may have answered meanwhile.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || now.typing) return;
  alone(async () => {
    const news = await ask("changes", { since: now.version });
    if (news.version === now.version) return;
    await take(news);
    say("answered in another tab meanwhile");
    if (now.at !== null) await visit(now.at);
  });
});

addEventListener("beforeunload", (event) => { if (now.typing) event.preventDefault(); });

alone(async () => {
  await load();
  $("list").focus({ preventScroll: true });
  const open = now.at !== null && now.data[now.at].state === "open"
    ? now.at : now.sequence.find((number) => now.data[number].state === "open");
  await visit(open ?? now.at ?? null);
  if (!Object.values(DO).every((name) => name in acts)) say("a key without its answer", "fault");
});
