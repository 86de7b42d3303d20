"""Every example of every rule that ships is a test."""

from __future__ import annotations

import pytest

from scrubber import examples, packs
from scrubber import rules as rule_files
from scrubber.rule_checks import check
from scrubber.rules import Rule

BUILT_IN = packs.built_in(None)


def test_the_packs_that_ship_have_no_mistakes() -> None:
    assert BUILT_IN.mistakes == ()
    assert len(BUILT_IN.rules) >= 30


@pytest.mark.parametrize("rule", BUILT_IN.rules, ids=lambda rule: rule.id)
def test_examples_hold(rule: Rule) -> None:
    check(rule)
    assert list(examples.run(rule)) == []


def _rule(body: str) -> Rule:
    source = f"""
[[rule]]
id = "x"
about = "a"
why = "b"
safety = "c"
action = "fix"
{body}
"""
    found, mistakes = rule_files.load(source, "own.toml", "own", check)
    assert mistakes == []
    return found[0]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ('match="b"\nreplace=["c"]\nexample=[{bad="a⟦b⟧", good="ac"}, {ok="a"}]', []),
        ('match="b"\nreplace=["c"]\nexample=[{bad="⟦a⟧b"}, {ok="a"}]', ["noisy", "missing"]),
        ('match="b"\nreplace=["c"]\nexample=[{bad="a⟦b⟧"}, {ok="b"}]', ["noisy"]),
        ('match="b"\nreplace=["c"]\nexample=[{bad="a⟦b⟧", good="aX"}, {ok="a"}]', ["wrong"]),
        ('match="b"\nexample=[{bad="⟦b⟧", action="fix"}, {ok="a"}]', ["wrong"]),
        ('match="b"\nreplace=["bb"]\nexample=[{bad="⟦b⟧", good="bb"}, {ok="a"}]', ["wrong"]),
        ('match="z"\nreplace=["c"]\nexample=[{bad="a⟦b⟧"}, {ok="a"}]', ["missing"]),
        (r'match="(b+)+$"' + '\nexample=[{bad="⟦b⟧"}, {ok="' + "b" * 50 + 'a"}]', None),
    ],
)
def test_what_does_not_hold_is_named(body: str, kinds: list[str] | None) -> None:
    found = [failure.kind for failure in examples.run(_rule(body))]
    if kinds is not None:
        assert found == kinds
