from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from scrubber import detectors, engine, gates, look, packs
from scrubber.model import Action, Document
from scrubber.rules import Rule

re2 = pytest.importorskip("re2", reason="NOT TESTED: no google-re2; pip install 'scrubtext[bulk]'")

RULES = tuple(rule for rule in packs.built_in().rules if rule.default)
MARKS = (
    "\n",
    "\r\n",
    " ",
    ".",
    "”",
    "“",
    "(",
    "[",
    "/",
    "|",
    "\u00a0",
    "\u200b",
    "é",
    "Ã",
    ",",
    "-",
)
FIXING = tuple(rule for rule in RULES if rule.action is Action.FIX)


def examples() -> Iterator[tuple[Rule, str]]:
    for rule in FIXING:
        if rule.detector in (gates.WORDS, *detectors.IN_MARKUP):
            continue
        for example in rule.examples:
            if example.markup is None:
                yield rule, example.text


def fires(rule: Rule, text: str) -> bool:
    outcome = engine.settle(Document(text), [rule])
    assert not outcome.faults
    return bool(outcome.edits)


def test_every_rule_that_fixes_has_a_gate() -> None:
    """Else it is asked about every text of a corpus: see shared/facts/performance.md."""
    without = [
        rule.id
        for rule in FIXING
        if rule.detector not in (gates.WORDS, *detectors.IN_MARKUP) and not gates.pattern(rule)
    ]
    assert without == []


def test_what_only_offers_is_left_out() -> None:
    assert {rule.action for rule in gates.Gates(RULES).rules} == {Action.FIX}


def test_no_gate_opens_on_plain_prose() -> None:
    text = "The ferry leaves at nine, and it takes forty minutes. Nobody was late.\n"
    assert gates.Gates(RULES).numbers(text.encode()) == []


def test_gates_open_where_rules_repair() -> None:
    made = gates.Gates(RULES)
    repaired = 0
    for rule, text in examples():
        numbers = made.numbers(text.encode("utf-8", "surrogatepass"))
        opened = {made.rules[number].id for number in numbers}
        if fires(rule, text):
            repaired += 1
            assert rule.id in opened, text
    assert repaired > 60


def test_gates_open_where_rules_repair_mutated_text() -> None:
    """Examples put together, cut and sprinkled with marks: what repairs opens its gate."""
    made = gates.Gates(RULES)
    draw = random.Random(11)
    pool = list(examples())
    repaired = 0
    for _ in range(600):
        rule, text = draw.choice(pool)
        other = draw.choice(pool)[1]
        for _ in range(draw.randrange(3)):
            at = draw.randrange(len(text) + 1)
            text = text[:at] + draw.choice(MARKS) + text[at + draw.randrange(2) :]
        text = draw.choice((f"{text}\n\n{other}", f"{other}\n{text}", text))
        if fires(rule, text):
            repaired += 1
            numbers = made.numbers(text.encode("utf-8", "surrogatepass"))
            assert rule.id in {made.rules[number].id for number in numbers}, (rule.id, text)
    assert repaired > 100


def test_all_that_rules_find_is_found_through_gates() -> None:
    """Whatever its action: the look of a run over many files."""
    which = gates.Gates(RULES, unattended=False).opened
    draw = random.Random(5)
    pool = [example.text for rule in RULES for example in rule.examples]
    texts = [*pool, *(_mutated(draw, pool) for _ in range(600))]
    found = set()
    for text in texts:
        plain = look.looked(Document(text), RULES)
        assert look.looked(Document(text), RULES, which) == plain, text
        found |= {(finding.rule, finding.action) for finding in plain[0]}
    assert len(found) > 80


def test_a_seam_after_an_initial_is_offered_through_gates() -> None:
    """What is never repaired may be offered: a gate for all finds is wider than one for repairs."""
    text = "The keeper of the mill at the end of the lane paid in full for a new TV.I’ve seen it."
    which = gates.Gates(RULES, unattended=False).opened
    plain = look.looked(Document(text), RULES)
    assert [finding.rule for finding in plain[0]] == ["links/glued-stop"]
    assert look.looked(Document(text), RULES, which) == plain


def _mutated(draw: random.Random, pool: list[str]) -> str:
    text = draw.choice(("{}\n\n{}", "{}\n{}", "{} {}")).format(draw.choice(pool), draw.choice(pool))
    for _ in range(draw.randrange(6)):
        at = draw.randrange(len(text) + 1)
        text = text[:at] + draw.choice(MARKS) + text[at + draw.randrange(2) :]
    return text


def test_few_rules_go_by_hints() -> None:
    document = Document("The the boats.")
    assert list(gates.opened()(document, FIXING[:2])) == list(look.hinted(document, FIXING[:2]))
    assert {rule.id for rule in gates.opened()(document, RULES)} < {rule.id for rule in RULES}


def test_a_rule_goes_by_its_hints_where_it_has_no_gate() -> None:
    rule = FIXING[0]._replace(id="own/rule", detector="pattern", gate="", hints=("[x] y",))
    made = gates.Gates([rule])
    assert made.numbers(b"see [X] Y here") == [0]
    assert made.numbers(b"see x y here") == []


def test_a_rule_with_nothing_to_go_by_is_always_asked() -> None:
    rule = FIXING[0]._replace(id="own/rule", detector="pattern", gate="", hints=())
    assert gates.Gates([rule]).numbers(b"anything") == [0]
