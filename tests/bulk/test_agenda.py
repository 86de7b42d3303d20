from __future__ import annotations

from pathlib import Path

from scrubber.bulk.agenda import Agenda, parts, pieces
from scrubber.bulk.model import Span
from scrubber.bulk.plan import Planned

CUT = Planned(Path("a.jsonl"), "a.jsonl", 30, spans=(Span(0, 10, 10), Span(10, 30, 20)))
WHOLE = Planned(Path("b.jsonl"), "b.jsonl", 5)


def test_workers_take_parts_of_what_is_cut() -> None:
    assert [(piece.name, piece.size) for piece in pieces([CUT, WHOLE])] == [
        ("a.jsonl", 10),
        ("a.jsonl", 20),
        ("b.jsonl", 5),
    ]
    assert sum(piece.weight for piece in [*pieces([CUT]), CUT]) == CUT.size


def _taken(agenda: Agenda) -> list[Planned]:
    return [item for portion in agenda.waiting[::-1] for item in portion]


def test_a_file_is_put_together_after_the_last_of_its_parts() -> None:
    first, last = parts(CUT)
    agenda = Agenda([first, last, CUT, WHOLE], 2)
    assert CUT not in _taken(agenda)
    agenda.waiting.clear()
    agenda.done(last)
    agenda.done(WHOLE)
    assert agenda.waiting == []
    agenda.done(first)
    assert agenda.waiting == [(CUT,)]


def test_what_is_left_of_a_file_counts() -> None:
    assert _taken(Agenda([CUT, WHOLE], 2)) == [WHOLE, CUT], "all parts were done before"
    agenda = Agenda([parts(CUT)[1], CUT], 1)
    agenda.waiting.clear()
    agenda.done(parts(CUT)[1])
    assert agenda.waiting == [(CUT,)]
