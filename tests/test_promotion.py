from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from scrubber import engine
from scrubber.additions import read
from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope, key_of
from scrubber.model import Document, Finding
from scrubber.promotion import NothingToPromoteError, Shown, Word, fresh, promoted
from scrubber.rules import Example, Rule

TEXT = (
    "The harbour lay still. The mayor signed the treatyBut the council refused. Nobody spoke.\n"
    "Then the ferry left.\n"
)
RULE = "links/glued-capital"


@pytest.fixture
def rule(rules: tuple[Rule, ...]) -> Rule:
    return next(rule for rule in rules if rule.id == RULE)


def _place(rule: Rule, text: str = TEXT) -> tuple[str, Finding]:
    return text, engine.find(Document(text), [rule])[0][0]


def _decision(rule: Rule, verdict: Verdict, chosen: str | None, scope: Scope) -> Decision:
    key = key_of(scope, Document(TEXT), _place(rule)[1], "a.txt")
    return Decision(key, verdict, chosen, "Ana", "2026-01-01")


SENTENCE = "The mayor signed the treatyBut the council refused."


@pytest.mark.parametrize("scope", [Scope.HERE, Scope.CHANGE])
def test_an_acceptance_is_a_bad_with_its_good(rule: Rule, scope: Scope) -> None:
    said = _decision(rule, Verdict.ACCEPT, "treaty, but", scope)
    good = SENTENCE.replace("treatyBut", "treaty, but")
    shown = promoted(said, rule, _place(rule))
    assert shown == Shown(RULE, Example(SENTENCE, 21, 30, good))
    assert f'bad = "{SENTENCE.replace("treatyBut", "⟦treatyBut⟧")}"' in shown.toml()


def test_a_rejection_is_an_ok(rule: Rule) -> None:
    said = _decision(rule, Verdict.REJECT, None, Scope.HERE)
    assert promoted(said, rule, _place(rule)) == Shown(RULE, Example(SENTENCE))
    assert promoted(said, rule, _place(rule), allow=True) == Word(RULE, "treatyBut")


def test_a_rejected_word_is_an_allow_word(rule: Rule) -> None:
    said = _decision(rule, Verdict.REJECT, None, Scope.WORD)
    assert promoted(said, None, None) == Word("links", "treatyBut")


def test_the_ledger_has_to_do_where_the_text_is_gone(rule: Rule) -> None:
    said = _decision(rule, Verdict.REJECT, None, Scope.HERE)
    shown = promoted(said, rule, None)
    assert isinstance(shown, Shown)
    assert "the treatyBut the" in shown.example.text


def test_the_stretch_grows_until_the_rule_sees_it(rules: tuple[Rule, ...]) -> None:
    footer = next(rule for rule in rules if rule.id == "footers/source-link")
    text = "The ferry left at nine and nobody waved.\n\nSource link\n"
    document = Document(text)
    (finding,) = engine.find(document, [footer])[0]
    key = key_of(Scope.HERE, document, finding, "a.txt")
    said = Decision(key, Verdict.ACCEPT, finding.proposals[0])
    shown = promoted(said, footer, (text, finding))
    assert isinstance(shown, Shown)
    example = shown.example
    assert example.start is not None
    assert example.end is not None
    assert example.text[example.start : example.end] == finding.text
    assert engine.settle(Document(example.text), [footer]).text == example.good


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"key": Key(Scope.RULE, RULE)}, "whole rule"),
        ({"key": Key(Scope.WORD, "links", "a"), "verdict": Verdict.ACCEPT}, "accepts a word"),
        ({"key": Key(Scope.HERE, RULE, "a⟦b")}, "⟦"),
    ],
)
def test_what_no_pack_can_hold_is_refused(
    rule: Rule, change: dict[str, object], problem: str
) -> None:
    said = replace(_decision(rule, Verdict.REJECT, None, Scope.HERE), **change)  # type: ignore
    with pytest.raises(NothingToPromoteError, match=problem):
        promoted(said, rule, None)


def test_a_rule_that_is_gone(rule: Rule) -> None:
    with pytest.raises(NothingToPromoteError, match="no rule has this name"):
        promoted(_decision(rule, Verdict.REJECT, None, Scope.HERE), None, None)


@pytest.mark.parametrize(
    "text", ['quote " and \\ slash', "tab\tline\r\nend", "bell\x07 del\x7f", "⟨é😀⟩ \u2028"]
)
def test_what_is_written_reads_back(text: str) -> None:
    entries: list[Shown | Word] = [
        Shown("links/a", Example(text)),
        Shown("links/a", Example(text + "x", len(text), len(text) + 1, text)),
        Word("links", text),
    ]
    source = "\n".join(entry.toml() for entry in entries)
    assert tomllib.loads(source)
    assert fresh(entries, read(source, "own.toml"), []) == []


def test_nothing_is_added_twice(rule: Rule) -> None:
    one = Shown(RULE, rule.examples[0])
    new = Shown(RULE, Example("new"))
    bare = replace(one, example=one.example._replace(action=None))
    assert fresh([bare, new, new], read("", ""), [rule]) == [new]
