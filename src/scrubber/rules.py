"""TOML -> Rule, every mistake named with file, rule and key; one broken rule fails alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from scrubber import detectors
from scrubber.model import Action, Document, Match
from scrubber.patterns import hits, lazy


class Mistake(NamedTuple):
    """What is wrong in a pack: one line with file, rule and key."""

    file: str
    rule: str | None
    key: str | None
    problem: str

    def __str__(self) -> str:
        where = [self.file, f"rule {self.rule}" if self.rule else "", self.key or ""]
        return ": ".join(part for part in [*where, self.problem] if part)


class Example(NamedTuple):
    """A test beside its rule: `text` with what is found at `start` to `end`, or nothing (`ok`).

    `good` is the repaired text, where that is part of it; `markup` the ending of its file (`md`),
    where it is no plain text; `site` has, line by line, what its site repeats.
    """

    text: str
    start: int | None = None
    end: int | None = None
    good: str | None = None
    action: Action | None = None
    markup: str | None = None
    site: str | None = None


class Rule(NamedTuple):
    """One defect: how it is found, how it is repaired, how far it is trusted, and its examples."""

    id: str
    about: str
    why: str
    safety: str
    action: Action
    detector: str
    params: Mapping[str, Any]
    unless: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    touches: frozenset[str] = frozenset()
    hints: tuple[str, ...] = ()
    gate: str = ""  # see `scrubber.gates`
    examples: tuple[Example, ...] = ()
    file: str = ""
    default: bool = True
    changed: str = ""  # by settings: from which action, and why

    def matches(self, document: Document, *, hinted: bool = False) -> Iterator[Match]:
        """Yield what the rule's detector finds, unless none of its hints stands in the text.

        A line is found where one stands in it. With `hinted` it is known that one does in the text.

        Raises:
            TimeoutError: a regular expression took longer than `patterns.TIMEOUT`.
        """
        if not hinted and self.hints and not any(hint in document.folded for hint in self.hints):
            return iter(())
        given = {"hints": self.hints} if self.detector in detectors.HINTED else {}
        return iter(detectors.get(self.detector)(document, **self.params, **given))

    def excepts(self, document: Document, match: Match) -> bool:
        """Whether an `unless` pattern hits something that overlaps the match."""
        return any(
            hit.start() < match.end and match.start < hit.end()
            for pattern in self.unless
            for hit in hits(pattern, document.text, max(0, match.start - 200), match.end + 200)
        )


_TABLES = ("pack", "rule", "allow", "example")  # `additions` reads the last two
_TEXT_KEYS = ("id", "about", "why", "safety", "action", "detector", "match", "gate")
_LIST_KEYS = ("replace", "unless", "languages", "touches", "hints")
KEYS = (*_TEXT_KEYS, *_LIST_KEYS, "params", "example")
_PACK_KEYS: Mapping[str, type] = {"about": str, "languages": list, "touches": list, "default": bool}
_ZONES = ("url", "mail", "code", "markup", "handle", "file", "front matter")
_ID, _CODE = lazy("[a-z0-9]+(-[a-z0-9]+)*"), lazy("[a-z]{2,3}")
_EXAMPLE_KEYS = ("bad", "good", "ok", "action", "markup", "site")


def nearest(name: str, names: Iterable[str]) -> str:
    """Return ", did you mean …?" for the known name that looks most like this one, or "".

    >>> nearest("exmple", ["example", "about"])
    ', did you mean "example"?'
    """
    import difflib

    close = difflib.get_close_matches(name, list(names), n=1)
    return f', did you mean "{close[0]}"?' if close else ""


def load(
    source: str, file: str, pack: str, check: Callable[[Rule], None] | None = None
) -> tuple[list[Rule], list[Mistake]]:
    """Read one pack. Return its rules and its mistakes; a rule with a mistake is left out.

    `check` makes further checks of a rule and raises `WrongRuleError`: see `rule_checks`.
    """
    import tomllib

    try:
        data = tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # tomllib lets both through
        return [], [Mistake(file, None, None, f"not valid TOML: {error}")]
    unknown = [key for key in data if key not in _TABLES]
    mistakes = [Mistake(file, None, k, f"unknown key{nearest(k, _TABLES)}") for k in unknown]
    head = data.get("pack", {})
    entries = data.get("rule", [])
    if not isinstance(head, dict) or not isinstance(entries, list):
        return [], [*mistakes, Mistake(file, None, None, "needs [pack] and [[rule]] tables")]
    mistakes += [Mistake(file, None, f"pack.{key}", problem) for key, problem in _head(head)]
    head = {key: value for key, value in head.items() if _PACK_KEYS.get(key) is type(value)}
    rules = list[Rule]()
    for number, entry in enumerate(entries, 1):
        try:
            rule = _rule(entry, head, file, pack, number)
            if check is not None:
                check(rule)
            if any(rule.id == other.id for other in rules):
                raise WrongRuleError("id", "stands twice in this pack")
            rules.append(rule)
        except WrongRuleError as wrong:
            name = entry.get("id", number) if isinstance(entry, dict) else number
            mistakes.append(Mistake(file, str(name), wrong.key, wrong.problem))
    return rules, mistakes


def _head(head: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The mistakes in a [pack] table, by key."""
    for key, value in head.items():
        if key not in _PACK_KEYS:
            yield key, f"unknown key{nearest(key, _PACK_KEYS)}"
        elif type(value) is not _PACK_KEYS[key]:
            yield key, f"must be a {_TYPES[_PACK_KEYS[key]]}"


_TYPES = {str: "text", list: "list of texts", bool: "truth value", int: "whole number"}


class WrongRuleError(Exception):
    """What is wrong with one rule, and under which key."""

    def __init__(self, key: str | None, problem: str) -> None:
        super().__init__(problem)
        self.key, self.problem = key, problem


def _rule(entry: Any, head: Mapping[str, Any], file: str, pack: str, number: int) -> Rule:
    if not isinstance(entry, dict):
        raise WrongRuleError(None, "must be a table")
    for key, value in entry.items():
        if key not in KEYS:
            raise WrongRuleError(key, f"unknown key{nearest(key, KEYS)}")
        if key in _TEXT_KEYS and not isinstance(value, str):
            raise WrongRuleError(key, "must be a text")
        if key in _LIST_KEYS:
            _texts(key, value)
    for key in ("id", "about", "why", "safety", "action"):
        if not entry.get(key):
            raise WrongRuleError(key, "is missing")
    if not _ID.fullmatch(entry["id"]):
        raise WrongRuleError("id", "must be lower-case words joined by hyphens, naming the defect")
    if entry["action"] not in list(Action):
        raise WrongRuleError("action", f'must be fix, suggest or report, not "{entry["action"]}"')
    if ("match" in entry) == ("detector" in entry):
        raise WrongRuleError("match", 'give either "match" or "detector"')
    if "." in entry.get("detector", ""):
        raise WrongRuleError("detector", "must be a detector's own name, without a dot")
    params = entry.get("params", {})
    if not isinstance(params, dict):
        raise WrongRuleError("params", "must be a table")
    if "match" in entry:
        if "match" in params or "replace" in params:
            raise WrongRuleError("params", '"match" and "replace" stand beside "params", not in it')
        params = {"match": entry["match"], "replace": entry.get("replace", []), **params}
    elif "replace" in entry:
        raise WrongRuleError("replace", 'goes with "match"; this rule has a detector')
    shared = {name: entry.get(name, head.get(name, [])) for name in ("languages", "touches")}
    for name, values in shared.items():
        known = _ZONES if name == "touches" else None
        _texts(name, values)
        for value in values:
            if not (value in known if known else _CODE.fullmatch(value)):
                hint = nearest(value, known) if known else ', give a code such as "en"'
                raise WrongRuleError(name, f'no "{value}"{hint}')
    return Rule(
        id=f"{pack}/{entry['id']}",
        about=entry["about"],
        why=entry["why"],
        safety=entry["safety"],
        action=Action(entry["action"]),
        detector=entry.get("detector", "pattern"),
        params=params,
        unless=tuple(entry.get("unless", ())),
        languages=frozenset(shared["languages"]),
        touches=frozenset(shared["touches"]),
        hints=tuple(hint.lower() for hint in entry.get("hints", ())),
        gate=entry.get("gate", ""),
        examples=_examples(entry.get("example")),
        file=file,
        default=bool(head.get("default", True)),
    )


def _texts(key: str, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise WrongRuleError(key, "must be a list of texts")


def _examples(entries: Any) -> tuple[Example, ...]:
    if not entries:
        raise WrongRuleError("example", "is missing: a rule needs at least one bad and one ok")
    if not isinstance(entries, list):
        raise WrongRuleError("example", "must be a list of tables: [[rule.example]]")
    found = tuple(example(entry, number) for number, entry in enumerate(entries, 1))
    if not any(one.start is None for one in found):
        raise WrongRuleError("example", 'has no "ok": show a text that must stay as it is')
    if all(one.start is None for one in found):
        raise WrongRuleError("example", 'has no "bad": show a text with the defect')
    return found


def example(entry: Any, number: int) -> Example:
    """Return an example from its table. Raises `WrongRuleError`."""
    key = f"example {number}"
    if not isinstance(entry, dict) or not all(isinstance(text, str) for text in entry.values()):
        raise WrongRuleError(key, "must be a table of texts")
    for name in sorted(entry.keys() - {*_EXAMPLE_KEYS}):
        raise WrongRuleError(f"{key}.{name}", f"unknown key{nearest(name, _EXAMPLE_KEYS)}")
    shape = {name for name in entry if name not in ("action", "markup", "site")}
    markup, site = entry.get("markup"), entry.get("site")
    if shape == {"ok"} and "action" not in entry:
        if "⟦" in entry["ok"] or "⟧" in entry["ok"]:
            raise WrongRuleError(f"{key}.ok", "has a mark, but nothing is to be found in it")
        return Example(entry["ok"], markup=markup, site=site)
    if shape not in ({"bad"}, {"bad", "good"}):
        raise WrongRuleError(key, 'needs "bad" and "good", or "bad", or "ok"')
    bad = entry["bad"]
    start, stop = bad.find("⟦"), bad.find("⟧")
    if bad.count("⟦") != 1 or bad.count("⟧") != 1 or stop < start:
        raise WrongRuleError(f"{key}.bad", "must mark what is found, once, as in: the sea⟦But⟧ he")
    text = bad.replace("⟦", "").replace("⟧", "")
    if entry.get("action", Action.FIX) not in list(Action):
        raise WrongRuleError(f"{key}.action", "must be fix, suggest or report")
    action = Action(entry["action"]) if "action" in entry else None
    return Example(text, start, stop - 1, entry.get("good"), action, markup, site)
