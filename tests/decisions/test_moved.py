"""Rejected places are found again after edits beside them, and never somewhere else."""

from __future__ import annotations

from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.moved import Moved
from scrubber.model import Document


def _key(prefix: str, suffix: str, document: object = "a.txt") -> Key:
    return Key(Scope.HERE, "a/b", "xY", prefix, suffix, document)


SAID = _key("It was on the quay that ", " came ashore")


def _moved(*keys: Key) -> Moved:
    moved = Moved()
    for key in keys:
        moved.add(key)
    return moved


def test_an_edited_place_is_found() -> None:
    now = _key("It was on the quay that ", " went aboard")
    assert _moved(SAID).find(Document("It was on the quay that xY went aboard"), now) == SAID


def test_a_place_that_still_stands_is_itself_and_no_other() -> None:
    text = "It was on the quay that xY came ashore. It was on the quay that xY went aboard"
    assert (
        _moved(SAID).find(Document(text), _key("It was on the quay that ", " went aboard")) is None
    )


def test_another_document_and_a_forgotten_place_are_not_found() -> None:
    now = _key("It was on the quay that ", " went aboard", "b.txt")
    assert _moved(SAID).find(Document(""), now) is None
    moved = _moved(SAID)
    moved.drop(SAID)
    moved.drop(_key("never", "noted"))
    assert moved.find(Document(""), _key("It was on the quay that ", " went aboard")) is None


def test_records_without_an_id_of_their_own_share_a_name() -> None:
    said = _key("It was on the quay that ", " came ashore", "d.jsonl")
    now = _key("It was on the quay that ", " went aboard", "d.jsonl")
    assert _moved(said).find(Document("", "d.jsonl/4", "d.jsonl"), now) is None
    own = _key("It was on the quay that ", " came ashore", "id-4")
    known = _key("It was on the quay that ", " went aboard", "id-4")
    assert _moved(own).find(Document("", "id-4", "d.jsonl"), known) == own


def test_thousands_from_one_template_take_no_time() -> None:
    keys = [_key("Photo of the day number ", f" {number}") for number in range(3000)]
    moved = _moved(*keys)
    text = " ".join(f"Photo of the day number xY {number}" for number in range(3000))
    for number in range(300):
        assert moved.find(Document(text), _key("Photo of the day number ", f" n{number}")) is None


def test_a_place_at_the_edge_of_a_text_stays_when_something_is_put_beside_it() -> None:
    said = _key("On the quay ", " came ashore")
    text = "A line before. On the quay xY came ashore, all of it"
    now = _key("A line before. On the quay ", " came ashore, all of it")
    assert _moved(said).find(Document(text), now) == said
    assert _moved(now).find(Document("On the quay xY came ashore"), said) == now
    other = _key("A line before. At the quay ", " came ashore, all of it")
    assert _moved(said).find(Document(text), other) is None
