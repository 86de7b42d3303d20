"""What holds of what people said: scopes, latest words, contradictions, edits, own texts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import engine
from scrubber.decisions.book import Book, Decision, Dispute, Verdict, fits, in_force, judged, put
from scrubber.decisions.keys import Key, Scope, key_of
from scrubber.engine import find
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule

TEXT = "The pierWho stood there. It lay at the pierWho and more of it."
FOUND = Finding("links/glued", 4, 11, "pierWho", ("pier, who", "pier who"), Action.FIX, "glued")
TWIN = Finding("links/glued", 39, 46, "pierWho", ("pier, who",), Action.SUGGEST, "glued")
DOCUMENT = Document(TEXT, None, "a.txt")


def _said(
    verdict: Verdict,
    scope: Scope = Scope.HERE,
    chosen: str | None = None,
    who: str = "Ines",
    when: str = "1",
    *,
    finding: Finding = FOUND,
    document: Document = DOCUMENT,
    identity: object = "a.txt",
    settles: bool = False,
) -> Decision:
    key = key_of(scope, document, finding, identity)
    return Decision(key, verdict, chosen, who, when, settles)


ACCEPT, REJECT, REPLACE, WITHDRAW = Verdict


def _ruling(
    *said: Decision,
    finding: Finding = FOUND,
    document: Document = DOCUMENT,
    identity: object = "a.txt",
) -> Decision | Dispute | None:
    ruling = Book(said).ruling(document, finding, identity)
    assert ruling is None or isinstance(ruling, Decision | Dispute)
    return ruling


def test_a_place_is_one_place() -> None:
    said = _said(REJECT)
    assert _ruling(said) == said
    assert _ruling(said, finding=TWIN) is None
    assert _ruling(said, identity="b.txt") is None  # the same sentence in another file
    assert _ruling() is None


def test_wider_scopes_reach_other_places_and_files() -> None:
    for scope in (Scope.CHANGE, Scope.WORD, Scope.RULE):
        said = _said(REJECT, scope)
        assert _ruling(said, finding=TWIN, identity="b.txt") == said
    case = Finding("links/other", 4, 11, "pierWho", (), Action.REPORT, "")
    assert _ruling(_said(REJECT, Scope.WORD), finding=case) is not None
    assert _ruling(_said(REJECT, Scope.RULE), finding=case) is None


def test_the_nearest_scope_goes_first_whatever_came_last() -> None:
    said = [_said(REJECT, scope, when=str(n)) for n, scope in enumerate(Scope)]
    for number, decision in enumerate(said):
        assert _ruling(*said[number:]) == decision


def test_what_was_accepted_has_to_be_on_offer_elsewhere() -> None:
    assert not fits(_said(ACCEPT, Scope.CHANGE, "pier who"), TWIN)
    assert fits(_said(ACCEPT, Scope.CHANGE, "pier, who"), TWIN)
    assert fits(_said(ACCEPT, Scope.HERE, "pier who"), TWIN)
    bare = Finding("links/glued", 4, 11, "pierWho", (), Action.REPORT, "")
    assert not fits(_said(ACCEPT, Scope.RULE), bare)
    assert not fits(_said(ACCEPT, Scope.HERE), bare)
    assert fits(_said(REPLACE, Scope.HERE, "pier"), bare)


def test_judged_as_a_person_said() -> None:
    accepted = judged(DOCUMENT, FOUND, _said(ACCEPT, chosen="pier who"))
    assert accepted
    assert accepted.proposals == ("pier who", "pier, who")
    assert accepted.action is Action.FIX
    assert accepted.decided
    assert accepted.message == "glued; accepted by Ines"
    assert judged(DOCUMENT, FOUND, _said(REJECT)) is None
    assert judged(DOCUMENT, FOUND, None) is FOUND
    nobody = judged(DOCUMENT, TWIN, _said(ACCEPT, Scope.RULE, who=""))
    assert nobody
    assert (nobody.proposals, nobody.message) == (("pier, who",), "glued; accepted")


def test_who_contradicts_leaves_a_suggestion_with_both_names() -> None:
    said = [_said(ACCEPT, chosen="pier who"), _said(REJECT, who="Orla", when="2")]
    ruling = _ruling(*said)
    assert isinstance(ruling, Dispute)
    shown = judged(DOCUMENT, FOUND, ruling)
    assert shown
    assert shown.action is Action.SUGGEST
    assert shown.message == "glued; in dispute (Ines: accept, Orla: reject)"
    assert not shown.decided
    assert Book(said).held == []
    assert Book(said).disputes == [ruling]


def test_people_who_agree_do_not_contradict() -> None:
    said = [_said(ACCEPT, chosen="x"), _said(REPLACE, chosen="x", who="Orla", when="2")]
    assert _ruling(*said) == said[1]


def test_the_latest_word_of_a_person_counts() -> None:
    said = [_said(REJECT, when="2"), _said(ACCEPT, chosen="pier who", when="1")]
    assert _ruling(*said) == said[0]


def test_withdrawing_voids_what_the_same_person_said_and_nothing_else() -> None:
    mine, back = _said(REJECT), _said(WITHDRAW, when="3")
    theirs = _said(ACCEPT, chosen="pier who", who="Orla", when="2")
    assert _ruling(mine, back) is None
    assert _ruling(mine, theirs, back) == theirs
    assert _ruling(theirs, _said(WITHDRAW, when="3", settles=True)) is None


def test_what_settles_ends_a_dispute() -> None:
    said = [_said(REJECT), _said(ACCEPT, chosen="x", who="Orla", when="2")]
    end = _said(REPLACE, chosen="y", who="Kofi", when="3", settles=True)
    assert _ruling(*said, end) == end
    later = _said(REJECT, when="4")
    assert isinstance(_ruling(*said, end, later), Dispute)


_SAYINGS = st.lists(
    st.tuples(
        st.sampled_from(list(Verdict)), st.sampled_from("abc"), st.sampled_from("xy"), st.booleans()
    ),
    max_size=6,
)


@given(_SAYINGS, st.randoms())
def test_the_order_of_lines_says_nothing_where_times_differ(sayings: list, random: object) -> None:  # type: ignore[type-arg]
    said = [
        _said(
            verdict,
            chosen=chosen if verdict in (ACCEPT, REPLACE) else None,
            who=who,
            when=str(number),
            settles=settles,
        )
        for number, (verdict, who, chosen, settles) in enumerate(sayings)
    ]
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_force(shuffled) == in_force(said)


@given(_SAYINGS, st.integers(0, 6))
def test_what_is_taken_back_was_never_said(sayings: list, number: int) -> None:  # type: ignore[type-arg]
    said = [
        _said(verdict, chosen="x" if verdict in (ACCEPT, REPLACE) else None, who=who, when=str(n))
        for n, (verdict, who, _, _) in enumerate(sayings)
    ]
    book, fresh = Book(said[:number]), Book(said[:number])
    for decision in said[number:]:
        book.enter(decision)
    assert book.ruling(DOCUMENT, FOUND, "a.txt") == Book(said).ruling(DOCUMENT, FOUND, "a.txt")
    for decision in reversed(said[number:]):
        book.take_back(decision)
    edited = Document(TEXT.replace("stood there", "stood here"), None, "a.txt")
    for document in (DOCUMENT, edited):
        now = book.ruling(document, FOUND, "a.txt")
        assert now == fresh.ruling(document, FOUND, "a.txt")
    assert (len(book), book.held) == (len(fresh), fresh.held)


# Edited surroundings


def test_a_rejection_outlives_edits_beside_it_and_an_acceptance_does_not() -> None:
    edited = Document(TEXT.replace("stood there", "stands here"), None, "a.txt")
    assert _ruling(_said(REJECT), document=edited) == _said(REJECT)
    assert _ruling(_said(ACCEPT, chosen="pier who"), document=edited) is None
    assert _ruling(_said(REJECT), document=edited, identity="b.txt") is None


def test_a_rejection_does_not_leak_to_a_like_place_beside_it() -> None:
    text = "It was on the old quay that aB came. And: It was on the old quay that aB went."
    document = Document(text, None, "a.txt")
    one = Finding("a/b", 28, 30, "aB", ("a, b",), Action.FIX, "")
    other = Finding("a/b", text.rindex("aB"), text.rindex("aB") + 2, "aB", ("a",), Action.FIX, "")
    said = _said(REJECT, finding=one, document=document)
    assert _ruling(said, finding=one, document=document) == said
    assert _ruling(said, finding=other, document=document) is None


def test_a_crawl_with_moved_paragraphs_keeps_every_decision() -> None:
    paragraphs = ["Nobody at the quay knew aB of it.", "Two men went to see xY about a boat."]
    before = Document("\n\n".join(paragraphs * 1), None, "a.txt")
    at = before.text.index("xY")
    finding = Finding("a/b", at, at + 2, "xY", ("x",), Action.FIX, "")
    said = _said(REJECT, finding=finding, document=before)
    after = Document("\n".join(["New lead.", *reversed(paragraphs)]), None, "a.txt")
    at = after.text.index("xY")
    moved = Finding("a/b", at, at + 2, "xY", ("x",), Action.FIX, "")
    assert _ruling(said, finding=moved, document=after) == said


# Through the engine


def _rules(*table: tuple[str, str, tuple[str, ...]]) -> tuple[Rule, ...]:
    from scrubber import rules
    from scrubber.rule_checks import check

    made: list[Rule] = []
    for name, match, offered in table:
        found, mistakes = rules.load(
            f'[[rule]]\nid="{name}"\nabout="a"\nwhy="b"\nsafety="c"\naction="fix"\n'
            f'match=\'{match}\'\nreplace={list(offered)!r}\nexample=[{{bad="⟦q⟧"}},{{ok="o"}}]\n',
            "own.toml",
            "a",
            check,
        )
        assert not mistakes
        made += found
    return tuple(made)


def _settled(text: str, rules: tuple[Rule, ...], *said: Decision) -> str:
    book = Book(said)
    outcome = engine.settle(
        Document(text, None, "a.txt"),
        rules,
        judge=lambda d, f: judged(d, f, book.ruling(d, f, "a.txt")),
    )
    return outcome.text


def _about(
    text: str, rules: tuple[Rule, ...], what: str, verdict: Verdict, **more: str
) -> Decision:
    document = Document(text, None, "a.txt")
    finding = next(f for f in find(document, rules)[0] if f.text == what)
    scope = Scope(more.pop("scope", "here"))
    return _said(verdict, scope, finding=finding, document=document, **more)  # type: ignore[arg-type]


def test_what_was_rejected_stays_between_two_repairs() -> None:
    rules = _rules(
        ("one", "oneTwo", ("one, two",)),
        ("three", "threeFour", ("cut",)),
        ("five", "fiveSix", ("five. Six",)),
        ("mark", " ,", (",",)),
    )
    text = "oneTwo , threeFour , fiveSix"
    said = _about(text, rules, "threeFour", REJECT)
    done = _settled(text, rules, said)
    assert done == "one, two, threeFour, five. Six"
    assert _settled(done, rules, said) == done


def test_what_was_rejected_stays_in_the_same_run_whatever_stands_around_it_then() -> None:
    rules = _rules(("glued", "[a-z]+[A-Z][a-z]+", ("cut",)), ("mark", " ,", (",",)))
    text = "oneTwo , threeFour , fiveSix"
    done = _settled(text, rules, _about(text, rules, "threeFour", REJECT))
    assert done == "cut, threeFour, cut"


def test_a_text_of_ones_own_stays_though_the_rule_objects_to_it() -> None:
    rules = _rules(("glued", "[a-z]+[A-Z][a-z]+", ("cut",)))
    text = "They met at the oldNet again."
    for scope in ("here", "change"):
        said = _about(text, rules, "oldNet", REPLACE, chosen="oldNet (a loftWhere)", scope=scope)
        done = _settled(text, rules, said)
        assert done == "They met at the oldNet (a loftWhere) again."
        assert _settled(done, rules, said) == done  # a second run does nothing
    here = _about(text, rules, "oldNet", REPLACE, chosen="aNet")
    assert (
        _settled("They met at the aNet elsewhere.", rules, here) == "They met at the cut elsewhere."
    )


def test_a_line_break_goes_in_as_the_file_has_them() -> None:
    rules = _rules(("glued", "[a-z]+[A-Z][a-z]+", ("cut",)), ("foot", r"\r?\nfoot\r?\n", ("\n",)))
    text = "One\r\nfoot\r\ntwoThree\r\nfour"
    own = _about(text, rules, "twoThree", REPLACE, chosen="two\nthree")
    assert own.key.prefix == "One foot "
    assert _settled(text, (rules[0],), own) == "One\r\nfoot\r\ntwo\r\nthree\r\nfour"
    assert put(Document("a\nb"), FOUND, "x\ny") == "x\ny"


def test_the_engine_and_a_nearer_decision_agree_on_who_gives_way() -> None:
    rules = _rules(("long", "aXb", ("1",)), ("tail", "Xbc", ("2",)))
    text = "aXbc"
    wide = [_about(text, rules, what, ACCEPT, scope="rule") for what in ("aXb", "Xbc")]
    assert _settled(text, rules, *wide) == "1c"
    near = _about(text, rules, "Xbc", ACCEPT, chosen="2")
    assert _settled(text, rules, *wide, near) == "a2"


@pytest.mark.parametrize("identity", [7, "7", "x/y", True, None, 1.5])
def test_any_id_is_a_document(identity: object) -> None:
    said = _said(REJECT, identity=identity)
    assert _ruling(said, identity=identity) == said
    assert _ruling(said, identity="other") is None


def test_fitted_names_what_held() -> None:
    used, unused = _said(REJECT), _said(REJECT, finding=TWIN)
    book = Book([used, unused])
    book.ruling(DOCUMENT, FOUND, "a.txt")
    assert book.fitted == {used.key}


def test_ten_thousand_rejections_in_one_text_are_weighed_in_no_time() -> None:
    text = " ".join(f"w{number} ," for number in range(10_000))
    document = Document(text, None, "a.txt")
    places = [at for at in range(len(text)) if text.startswith(" ,", at)]
    found = [Finding("a/b", at, at + 2, " ,", (",",), Action.FIX, "") for at in places]
    keys = [key_of(Scope.HERE, document, finding, "a.txt") for finding in found]
    book = Book(Decision(key, REJECT) for key in keys[::2])
    held = [book.ruling(document, finding, "a.txt") is not None for finding in found]
    assert held == list(itertools.islice(itertools.cycle([True, False]), len(found)))


def test_a_key_without_a_place_holds_nowhere() -> None:
    assert _ruling(Decision(Key(Scope.HERE, "links/glued", "pierWho"), REJECT)) is None
