from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scrubber import additions, engine, packs
from scrubber.model import Document
from scrubber.rules import Example, Rule

GLUED = "The governor met DeNovo and signed the treatyBut the council refused."
PACK = """
[[allow]]
rules = ["links/glued-capital"]
words = ["treatyBut", "Sea Sand"]

[[example]]
rule = "links/glued-capital"
ok = "The treatyBut stays."
"""


def _joined(source: str, folder: Path) -> packs.Packs:
    file = folder / "own.toml"
    file.write_text(source, encoding="utf-8")
    return packs.joined(packs.built_in(), packs.local([file]))


def _found(rules: tuple[Rule, ...], text: str) -> list[str]:
    return [finding.text for finding in engine.find(Document(text), rules)[0]]


def test_allowed_words_are_left_alone_by_rules_of_other_packs(
    tmp_path: Path, rules: tuple[Rule, ...]
) -> None:
    assert _found(rules, GLUED) == ["treatyBut"]
    together = _joined(PACK, tmp_path)
    assert together.mistakes == ()
    assert _found(together.rules, GLUED) == []
    assert _found(together.rules, GLUED.replace("treaty", "paper")) == ["paperBut"]
    assert together.examples[0].example == Example("The treatyBut stays.")


def test_only_rules_that_were_named_leave_them_alone(
    tmp_path: Path, rules: tuple[Rule, ...]
) -> None:
    together = _joined(PACK, tmp_path).rules
    changed = [new.id for old, new in zip(rules, together, strict=True) if old.unless != new.unless]
    assert changed == ["links/glued-capital"]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("a Sea Sand b", True),
        ("a Sea\n Sand b", True),
        ("(Sea Sand)", True),
        ("Sea Sand's", True),
        ("sea sand", False),
        ("Sea Sandy", False),
        ("USea Sand", False),
    ],
)
def test_a_word_stands_alone_with_its_case(text: str, hit: bool) -> None:
    import regex

    assert bool(regex.search(additions.pattern(["x", "Sea Sand"]), text)) is hit


def test_marks_in_a_word_are_no_pattern() -> None:
    import regex

    assert regex.search(additions.pattern(["a.b(c"]), "see a.b(c now")
    assert not regex.search(additions.pattern(["a.b"]), "axb")


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("[[allow]]\nrules = ['links']", "allow 1.words: must be a list of texts, not empty"),
        ("[[allow]]\nrules = ['links']\nwords = ['']", "allow 1.words: must hold texts that are"),
        ("[[allow]]\nrules = 'links'\nwords = ['a']", "allow 1.rules: must be a list of texts"),
        (
            "[[allow]]\nrules = ['links']\nwrods = ['a']",
            'allow 1.wrods: unknown key, did you mean "words"?',
        ),
        (
            "[[allow]]\nrules = ['lniks']\nwords = ['a']",
            'allow 1.rules: no rule begins with "lniks", did you mean "links"?',
        ),
        ("allow = 3", "allow: must be a list of tables: [[allow]]"),
        ("[[example]]\nok = 'a'", "example 1.rule: must name a rule"),
        (
            "[[example]]\nrule = 'links/glued-capitol'\nok = 'a'",
            'example 1.rule: no rule "links/glued-capitol", did you mean "links/glued-capital"?',
        ),
        (
            "[[example]]\nrule = 'links/glued-capital'\nbad = 'no mark'",
            "example 1.bad: must mark what is found",
        ),
        (
            "[[example]]\nrule = 'links/glued-capital'\nok = 'a'\n"
            "[[example]]\nrule = 'links/glued-capital'\nokay = 'a'",
            'example 2.okay: unknown key, did you mean "ok"?',
        ),
        ("[[exampel]]\nok = 'a'", 'exampel: unknown key, did you mean "example"?'),
    ],
)
def test_mistakes_have_file_and_key(source: str, mistake: str, tmp_path: Path) -> None:
    found = _joined(source, tmp_path)
    (line,) = map(str, found.mistakes)
    assert line.startswith(f"{tmp_path / 'own.toml'}: ")
    assert mistake in line


def test_packs_that_are_off_may_be_named(tmp_path: Path) -> None:
    source = "[[allow]]\nrules = ['c4']\nwords = ['a']\n[[example]]\nrule = 'c4/x'\nok = 'a'"
    assert _joined(source, tmp_path).mistakes == ()


def test_the_packs_that_ship_add_nothing(root: Path) -> None:
    for file in (root / "rules").glob("*.toml"):
        assert set(tomllib.loads(file.read_text(encoding="utf-8"))) <= {"pack", "rule"}, file
