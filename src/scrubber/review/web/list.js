// The list on the left: as many rows as there are findings, as many nodes as there is room.

import { change, el, put } from "./marks.js";

export const COLUMNS = ["file", "rule", "action", "line", "record", "before", "text", "after",
  "proposal", "state", "chosen"];
const HEIGHT = 46;
const SPARE = 6;
const SIGNS = { open: "", accepted: "✓", rejected: "✕", left: "–", displaced: "⊘", written: "✓" };

export class List {
  /** `pick` takes the number of a row that was clicked, `fold` the key of a group. */
  constructor(box, rows, pick, fold) {
    this.box = box;
    this.rows = rows;
    this.entries = [];
    this.places = new Map();
    this.data = [];
    this.names = { files: [], rules: [] };
    this.at = null;
    this.due = false;
    this.height = box.clientHeight;
    box.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => { this.height = box.clientHeight; this.draw(); }).observe(box);
    rows.addEventListener("click", (event) => {
      const node = event.target.closest("[data-row], [data-group]");
      if (node?.dataset.row) pick(Number(node.dataset.row));
      else if (node) fold(node.dataset.group);
    });
  }

  /** Show entries: `{ number }` for a finding, `{ group }` for the head of a group. */
  show(entries) {
    this.entries = entries;
    this.places = new Map();
    entries.forEach((entry, place) => {
      if (entry.number !== undefined) this.places.set(entry.number, place);
    });
    this.rows.style.height = `${entries.length * HEIGHT}px`;
    this.soon();
  }

  /** Draw before the next frame, once, whatever asks for it until then. */
  soon() {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => { if (this.due) this.draw(); });
  }

  select(number) {
    this.at = number;
    const place = this.places.get(number);
    if (place !== undefined) {
      const top = place * HEIGHT, view = this.height;
      if (top < this.box.scrollTop + HEIGHT) this.box.scrollTop = Math.max(0, top - 2 * HEIGHT);
      else if (top + 3 * HEIGHT > this.box.scrollTop + view) {
        this.box.scrollTop = top + 3 * HEIGHT - view;
      }
    }
    this.soon();
  }

  draw() {
    this.due = false;
    const first = Math.max(0, Math.floor(this.box.scrollTop / HEIGHT) - SPARE);
    const count = Math.ceil(this.height / HEIGHT) + 2 * SPARE;
    const nodes = [];
    const last = Math.min(this.entries.length, first + count);
    for (let place = first; place < last; place += 1) {
      const entry = this.entries[place];
      const node = entry.group ? this.head(entry.group) : this.row(entry);
      node.style.top = `${place * HEIGHT}px`;
      nodes.push(node);
    }
    this.rows.replaceChildren(...nodes);
    const shown = this.at !== null && this.places.has(this.at);
    if (shown) this.box.setAttribute("aria-activedescendant", `row-${this.at}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  head(group) {
    const done = group.total - group.open;
    const node = el("div", "group",
      el("span", "fold", group.folded ? "▸" : "▾"),
      put(el("bdi", "name"), group.name, { line: true, marked: true }),
      el("span", "of", `${done.toLocaleString("en")}/${group.total.toLocaleString("en")}`));
    const bar = el("i", "meter");
    bar.style.width = `${(100 * done) / group.total}%`;
    node.append(bar);
    if (!group.open) node.classList.add("done");
    node.dataset.group = group.key;
    node.setAttribute("role", "treeitem");
    node.setAttribute("aria-level", "1");
    node.setAttribute("aria-expanded", String(!group.folded));
    node.title = group.title ?? group.name;
    return node;
  }

  row({ number }) {
    const row = this.data[number];
    const line = el("span", "change");
    line.dir = "auto";
    if (row.before) put(line, tailOf(row.before, 14), { line: true });
    const after = row.state === "rejected" ? null : row.chosen ?? row.proposal;
    change(line, row.text, after, "both", { line: true });
    put(line, row.text.endsWith("\n") ? "" : row.after.split(/[\r\n]/, 1)[0], { line: true });
    const where = el("span", "where", el("span", `action ${row.action}`, row.action), " ");
    const name = this.names.rules[row.rule].id;
    put(where, name, { line: true });
    const place = el("span", "line",
      row.record === null ? "" : `${row.record}:`, row.line.toLocaleString("en"));
    const node = el("div", `row ${row.state}`, el("span", "sign", SIGNS[row.state]), line, where, place);
    node.id = `row-${number}`;
    node.dataset.row = number;
    node.setAttribute("role", "treeitem");
    node.setAttribute("aria-level", "2");
    node.setAttribute("aria-selected", String(number === this.at));
    node.setAttribute("aria-label", `${row.state}, ${row.action}, ${name}, line ${row.line}`);
    return node;
  }
}

/** The end of a text, from a blank on where there is one. */
function tailOf(text, most) {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  if (line.length <= most) return line;
  const end = Array.from(line).slice(-most).join("");
  const cut = end.indexOf(" ");
  return "…" + (cut >= 0 && cut < most - 3 ? end.slice(cut + 1) : end);
}

/** Part numbers, in their order, into the groups of an order; heads first, rows behind them. */
export function grouped(numbers, data, names, order, folded) {
  const groups = new Map();
  const name = names.sample ? () => ({ key: "sample", name: "sample, in its order" }) : NAMING[order];
  const often = new Map();
  if (order === "change") {
    for (const number of numbers) {
      const key = `${data[number].rule} ${data[number].text}`;
      often.set(key, (often.get(key) ?? 0) + 1);
    }
  }
  for (const number of numbers) {
    const found = name(data[number], names, often);
    let group = groups.get(found.key);
    if (!group) {
      group = { ...found, numbers: [], open: 0, total: 0, folded: folded.has(found.key) };
      groups.set(found.key, group);
    }
    group.numbers.push(number);
    group.total += 1;
    if (data[number].state === "open") group.open += 1;
  }
  const entries = [];
  for (const group of groups.values()) {
    entries.push({ group });
    if (!group.folded) for (const number of group.numbers) entries.push({ number });
  }
  return { entries, groups };
}

const NAMING = {
  file: (row, names) => ({ key: `file ${row.file}`, name: names.files[row.file] }),
  rule: (row, names) => ({
    key: `rule ${row.rule}`, name: names.rules[row.rule].id, title: names.rules[row.rule].measured,
  }),
  change: (row, names, often) => {
    const key = `${row.rule} ${row.text}`;
    if (often.get(key) < 2) return { key: "once", name: "found once" };
    const rule = names.rules[row.rule].id;
    return { key, name: `“${row.text}”`, title: rule };
  },
  doubt: (row, names) => {
    const sure = names.rules[row.rule].sure;
    const how = sure ? `right at least ${(100 * sure).toFixed(1)} %` : "not measured";
    return { key: `doubt ${row.action} ${sure}`, name: `${row.action}, ${how}` };
  },
};

/** The group that a finding stands in. */
export function groupOf(groups, number) {
  for (const group of groups.values()) if (group.numbers.includes(number)) return group;
  return null;
}
