"""The packs of published corpus recipes: they take what the recipe takes, and only when asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scrubber import engine, packs
from scrubber.model import Action, Document
from scrubber.rules import Rule

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
TEXTS = sorted([*CORPUS.glob("clean/*.txt"), *CORPUS.glob("broken/*/before.txt")])
RECIPES = ("c4", "fineweb", "gopher", "refinedweb")
LINES = ("no-end-mark", "few-words", "long-word", "javascript", "policy-notice", "citation-mark")
MARKS = tuple(".?!\"'”’")
POLICY = (
    "terms of use|privacy policy|cookie policy|uses cookies|use of cookies|use cookies|javascript"
)


@pytest.fixture(scope="module")
def every() -> tuple[Rule, ...]:
    return packs.built_in(None).rules


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n?|\n", text)


def _c4(text: str) -> list[str]:
    """The lines that C4 keeps, as its paper and code describe it."""
    kept = []
    for raw in _lines(text):
        line = re.sub(r"\[\d*\]|\[edit\]|\[citation needed\]", "", raw.strip()).strip()
        ends = line.endswith(MARKS) or re.search(r"[.?!][\"'”’]?\s?[»)…]$", line)
        if not ends or line.endswith("...") or len(line.split()) < 5:
            continue
        if not re.search(POLICY, line.lower()):
            kept.append(line)
    return kept


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.stem}-{path.stem}")
def test_c4_keeps_the_lines_that_the_recipe_keeps(path: Path, every: tuple[Rule, ...]) -> None:
    text = path.read_bytes().decode()
    if text.startswith("---"):
        pytest.skip("front matter is left alone, unlike in the recipe")
    rules = packs.chosen(every, [f"c4/{name}" for name in LINES])
    outcome = engine.settle(Document(text), rules, engine.SUGGESTED)
    assert outcome.faults == ()
    kept = [line.strip() for line in _lines(outcome.text.lstrip("\ufeff")) if line.strip()]
    assert kept == _c4(text.lstrip("\ufeff"))


def test_no_recipe_does_anything_unattended(every: tuple[Rule, ...]) -> None:
    recipes = [rule for rule in every if packs.pack_of(rule.id) in RECIPES]
    assert len(recipes) == len([rule for rule in every if not rule.default]) >= 30
    assert all(rule.action is not Action.FIX for rule in recipes)


def test_recipes_are_not_even_read_unless_named() -> None:
    assert packs.built_in().unread == RECIPES
    named = packs.built_in(["c4"])
    assert {packs.pack_of(rule.id) for rule in named.rules if not rule.default} == {"c4"}
    assert named.unread == RECIPES[1:]


def test_the_limits_of_a_long_text(every: tuple[Rule, ...]) -> None:
    (rule,) = packs.chosen(every, ["gopher/length"])
    for count, found in ((100_000, 0), (100_001, 1)):
        assert len(engine.find(Document("boat " * count), [rule])[0]) == found
