"""What a model says of findings: order, confirmation, withdrawal; never more trust."""

from __future__ import annotations

import pytest
from fake import Fake

from scrubber import markup, packs
from scrubber.look import Look, looked
from scrubber.model import Action, Document, Finding
from scrubber.opinion.conflicts import conflicts
from scrubber.opinion.judging import Opinion
from scrubber.opinion.thresholds import Bounds, Thresholds
from scrubber.rules import Rule

BOUNDS = Thresholds(
    {"case": Bounds(2.0, -2.0), "links": Bounds(2.0, -2.0), "pronouns": Bounds(2.0, -2.0)},
    {"m-f": 3.0, "m-n": 3.0, "f-m": 5.0},
    {"near": 1.0, "far": 6.0},
)
STRAY = "The boats stay in the harbour until the end of The summer, said the man at the gate."
HE = "Mrs Ida Berg runs the ferry. On Monday he met the crew and thanked them for their work."


def _rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in packs.built_in(None).rules if rule.default)


def _found(
    scorer: Fake, text: str, *, everywhere: bool = False, look: Look = looked, path: str = ""
) -> list[Finding]:
    reader = markup.reader(path) if path else None
    document = Document(text, given_language="en", reader=reader)
    opinion = Opinion(scorer, BOUNDS, (conflicts,) if everywhere else ())
    return opinion.over(look)(document, _rules())[0]


def _given(*findings: Finding) -> Look:
    return lambda document, rules: (list(findings), [])


def test_a_finding_is_confirmed_and_the_likeliest_proposal_goes_first() -> None:
    (found,) = _found(Fake(the=1.0, **{". The": 6.5}), STRAY)
    assert found.proposals == (". The", " the")
    assert found.opinion == "second opinion: confirmed (+6.5)"
    assert found.message.endswith("; second opinion: confirmed (+6.5)")
    assert found.action is Action.SUGGEST


def test_a_finding_between_the_bounds_stays_in_doubt() -> None:
    (found,) = _found(Fake(the=1.0), STRAY)
    assert found.opinion == "second opinion: in doubt (+1.0)"


def test_what_the_model_does_not_believe_is_withdrawn() -> None:
    assert _found(Fake(the=-2.0), STRAY) == []


def test_what_may_be_done_unattended_is_not_asked_about() -> None:
    scorer = Fake()
    sure = Finding("links/glued-capital", 4, 9, "boats", ("boat s",), Action.FIX, "sure")
    idle = Finding("case/stray-capital", 4, 9, "boats", (), Action.REPORT, "nothing to offer")
    other = Finding("footers/counter", 4, 9, "boats", ("",), Action.SUGGEST, "not its matter")
    found = _found(scorer, STRAY, look=_given(sure, idle, other))
    assert found == [sure, idle, other]
    assert scorer.seen == []


def test_another_language_is_not_asked_about() -> None:
    scorer = Fake()
    one = Finding("case/stray-capital", 4, 9, "boats", ("x",), Action.SUGGEST, "stray")
    opinion = Opinion(scorer, BOUNDS, (conflicts,))
    document = Document(STRAY, given_language="de")
    assert opinion.over(_given(one))(document, _rules())[0] == [one]
    assert scorer.seen == []


def test_every_pronoun_is_asked_about_on_request_alone() -> None:
    assert _found(Fake(she=4.0), HE) == []
    (found,) = _found(Fake(she=4.0), HE, everywhere=True)
    assert (found.rule, found.text, found.proposals) == ("pronouns/person-gender", "he", ("she",))
    assert found.action is Action.SUGGEST
    assert "“he” where “she” is likelier; second opinion: found (+4.0)" in found.message


def test_a_thing_is_told_in_the_name_of_its_own_rule() -> None:
    (found,) = _found(Fake(it=8.0, she=4.0), HE, everywhere=True)
    assert (found.rule, found.proposals) == ("pronouns/person-for-place", ("it", "she"))


def test_below_its_threshold_no_pronoun_is_told() -> None:
    assert _found(Fake(she=2.9, it=2.9), HE, everywhere=True) == []


def test_who_was_not_named_before_is_less_likely() -> None:
    assert _found(Fake(she=4.0), HE.replace("Mrs Ida Berg", "The office"), everywhere=True) == []
    text = HE.replace("Mrs Ida Berg", "The office")
    assert len(_found(Fake(she=5.0), text, everywhere=True)) == 1


def test_a_pronoun_that_a_rule_has_found_is_told_once() -> None:
    at = HE.index("he met")
    own = Finding("pronouns/lone-gender", at, at + 2, "he", ("she",), Action.SUGGEST, "alone")
    (found,) = _found(Fake(she=4.0), HE, everywhere=True, look=_given(own))
    assert found.rule == "pronouns/lone-gender"


def test_code_is_not_asked_about() -> None:
    text = (
        "# Ferry\n\nMrs Ida Berg runs it. On Monday `he` met the crew, and then he thanked them.\n"
    )
    scorer = Fake(she=4.0)
    (found,) = _found(scorer, text, everywhere=True, path="page.md")
    assert found.start == text.index("he thanked")


@pytest.mark.parametrize("rule", ["pronouns/person-gender", "pronouns/person-for-place"])
def test_the_names_that_the_model_tells_in_are_rules(rule: str) -> None:
    assert rule in {known.id for known in _rules()}
