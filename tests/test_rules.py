from __future__ import annotations

import pytest

from scrubber import rules
from scrubber.rule_checks import check

GOOD = """
[[rule]]
id = "good"
about = "a"
why = "b"
safety = "c"
action = "fix"
match = "q"
replace = ["k"]
example = [{ bad = "⟦q⟧", good = "k" }, { ok = "k" }]
"""


def _broken(old: str, new: str) -> str:
    """A pack with a good rule and a copy of it, named `bad`, with one thing changed."""
    assert old in GOOD
    return GOOD + GOOD.replace('"good"', '"bad"').replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'about = "a"',
            'abuot = "a"',
            'own.toml: rule bad: abuot: unknown key, did you mean "about"?',
        ),
        ('about = "a"', "", "own.toml: rule bad: about: is missing"),
        ('about = "a"', "about = 3", "own.toml: rule bad: about: must be a text"),
        ('match = "q"', 'match = "q["', "own.toml: rule bad: match: not a regular expression"),
        ('match = "q"', 'match = "q"\ndetector = "line"', "give either"),
        (
            'match = "q"\nreplace = ["k"]',
            'detector = "lien"',
            'no detector "lien", did you mean "line"?',
        ),
        ('match = "q"\nreplace = ["k"]', 'detector = "phrase"', "params.pattern: is missing"),
        (
            'match = "q"\nreplace = ["k"]',
            'detector = "line"\nparams = { pattern = "x", place = "top" }',
            "params.place: must be one of any, start, end, edges",
        ),
        (
            'match = "q"\nreplace = ["k"]',
            'detector = "line"\nparams = { pattern = 3 }',
            "params.pattern: must be a text",
        ),
        (
            'match = "q"\nreplace = ["k"]',
            'detector = "line"\nparams = { pattern = "x", edgge = 3 }',
            'params.edgge: unknown key, did you mean "edge"?',
        ),
        ('replace = ["k"]', 'replace = "k"', "replace: must be a list of texts"),
        ('replace = ["k"]', "replace = ['\\1']", "does not fit the pattern"),
        ('replace = ["k"]', 'replace = ["k"]\nunless = ["("]', "unless: not a regular expression"),
        ('replace = ["k"]', 'replace = ["k"]\nparams = 3', "params: must be a table"),
        (
            'replace = ["k"]',
            'replace = ["k"]\ntouches = ["urll"]',
            'no "urll", did you mean "url"?',
        ),
        ('replace = ["k"]', 'replace = ["k"]\nlanguages = ["English"]', 'give a code such as "en"'),
        ('action = "fix"', 'action = "do"', 'must be fix, suggest or report, not "do"'),
        (', { ok = "k" }', "", 'has no "ok"'),
        ('{ bad = "⟦q⟧", good = "k" }, ', "", 'has no "bad"'),
        ('bad = "⟦q⟧"', 'bad = "q"', "must mark what is found, once"),
        ('ok = "k"', 'ok = "⟦k⟧"', "nothing is to be found"),
        ('ok = "k"', 'ok = "k", good = "q"', 'needs "bad" and "good", or "bad", or "ok"'),
        (
            'example = [{ bad = "⟦q⟧", good = "k" }, { ok = "k" }]',
            "",
            "at least one bad and one ok",
        ),
        ('example = [{ bad = "⟦q⟧", good = "k" }, { ok = "k" }]', "example = 3", "must be a list"),
    ],
)
def test_a_mistake_is_one_line_and_costs_one_rule(old: str, new: str, expected: str) -> None:
    found, mistakes = rules.load(_broken(old, new), "own.toml", "own", check)
    assert [rule.id for rule in found] == ["own/good"]
    (line,) = map(str, mistakes)
    assert line.startswith("own.toml: rule bad: ")
    assert expected in line
    assert "\n" not in line


def test_an_id_that_stands_twice() -> None:
    found, mistakes = rules.load(GOOD + GOOD, "own.toml", "own", check)
    assert len(found) == 1
    assert str(mistakes[0]) == "own.toml: rule good: id: stands twice in this pack"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("rule = [", "own.toml: not valid TOML"),
        ("rule = " + "[" * 3000, "own.toml: not valid TOML"),
        ("[rules]\n", 'own.toml: rules: unknown key, did you mean "rule"?'),
        ('[pack]\nlanguages = "en"\n', "own.toml: pack.languages: must be a list of texts"),
        ('[pack]\ndefault = "no"\n', "own.toml: pack.default: must be a truth value"),
        ("[pack]\nlangauges = []\n", "pack.langauges: unknown key"),
        ('[pack]\ntouches = ["urll"]\n' + GOOD, 'no "urll", did you mean "url"?'),
    ],
)
def test_a_mistake_in_the_file(source: str, expected: str) -> None:
    _, mistakes = rules.load(source, "own.toml", "own", check)
    assert str(mistakes[0]).startswith("own.toml: ")
    assert expected in str(mistakes[0])


def test_what_a_pack_says_goes_for_its_rules() -> None:
    head = '[pack]\ntouches = ["url"]\n'
    (rule,), _ = rules.load(head + GOOD, "own.toml", "own", check)
    assert rule.touches == {"url"}
    own = GOOD.replace('about = "a"', 'about = "a"\ntouches = []')
    (rule,), _ = rules.load(head + own, "own.toml", "own", check)
    assert rule.touches == frozenset()


def test_what_a_rule_says() -> None:
    source = GOOD.replace('about = "a"', 'about = "a"\nhints = ["Q"]\nlanguages = ["en"]')
    (rule,), _ = rules.load(source, "own.toml", "own", check)
    assert (rule.id, rule.action.value) == ("own/good", "fix")
    assert rule.languages == {"en"}
    assert rule.hints == ("q",)
    bad, ok = rule.examples
    assert (bad.text, bad.start, bad.end, bad.good) == ("q", 0, 1, "k")
    assert (ok.text, ok.start) == ("k", None)
