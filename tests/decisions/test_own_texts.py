"""Own texts are known again where they were put, and nowhere else."""

from __future__ import annotations

from scrubber.decisions.keys import Key, Scope, key_of
from scrubber.decisions.own_texts import OwnTexts, as_in
from scrubber.model import Action, Document, Finding

TEXT = "Nobody on the old quay knew of the aB (or so) that lay there for a year."


def _found(text: str) -> tuple[Document, Finding, Key]:
    document, at = Document(text, None, "a.txt"), text.index("aB")
    finding = Finding("a/b", at, at + 2, "aB", ("x",), Action.FIX, "")
    return document, finding, key_of(Scope.HERE, document, finding, "a.txt")


HERE = Key(
    Scope.HERE,
    "a/b",
    "xY",
    "y on the old quay knew of the ",
    " that lay there for a year.",
    "a.txt",
)
EVERYWHERE = Key(Scope.CHANGE, "a/b", "xY")


def _own(*keys: Key) -> OwnTexts:
    own = OwnTexts()
    for key in keys:
        own.add(key, "aB (or so)")
    return own


def test_it_is_known_in_its_place() -> None:
    assert _own(HERE).find(*_found(TEXT)) == HERE
    assert _own(HERE).find(*_found(TEXT.replace("a year", "two years"))) == HERE


def test_it_is_not_known_elsewhere_or_where_it_is_another_text() -> None:
    assert _own(HERE).find(*_found("It was the aB (or so) of another tale.")) is None
    assert _own(HERE).find(*_found(TEXT.replace(" (or so)", ""))) is None
    assert _own().find(*_found(TEXT)) is None


def test_what_was_said_of_every_such_text_is_known_everywhere() -> None:
    assert _own(EVERYWHERE).find(*_found("It was the aB (or so) of another tale.")) == EVERYWHERE


def test_what_is_forgotten_is_not_known_and_twins_do_not_mind() -> None:
    twin = Key(Scope.HERE, "a/b", "zZ", HERE.prefix, HERE.suffix, "a.txt")
    own = _own(HERE, twin)
    own.drop(HERE)
    assert own.find(*_found(TEXT)) == twin
    own.drop(twin)
    own.drop(twin)
    assert own.find(*_found(TEXT)) is None


def test_line_breaks_are_those_of_the_document() -> None:
    assert as_in(Document("a\r\nb"), "x\ny") == "x\r\ny"
    assert as_in(Document("a\r\nb"), "x\r\ny") == "x\r\ny"
    assert as_in(Document("a\nb"), "x\ny") == "x\ny"
