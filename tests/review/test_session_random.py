"""Random sessions: whatever is pressed, book, ledger, screen and text tell the same."""

from __future__ import annotations

import tempfile
from itertools import combinations
from pathlib import Path

from bench import OWN, Bench, standing, ticking
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scrubber import engine
from scrubber.decisions.book import judged
from scrubber.edits import minimal, overlaps
from scrubber.model import Action
from scrubber.review import answers
from scrubber.review.desk import Desk
from scrubber.review.terminal import view
from scrubber.review.terminal.screen import CONFIRM, GO, PAGE, SEARCH, Screen
from scrubber.review.terminal.screen import OWN as TYPES

PARTS = (
    "x-y ,",
    "x-y ,z",
    "x-y",
    " ,",
    "y ,",
    "q",
    "km",
    "kkm",
    " w ",
    "\nfoot\n",
    "ö",
    "x-y ,x-y ,",
)
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=9).map("".join)
KEYS = ("y", "n", "s", "1", "2", "3", "tab", "b", "B", "r", "R", "i", "a", "d", "u", "enter")
MOVES = ("j", "k", "J", "K", "o", "m", "?", "w", "p", "0", "E", "f7", "")
PRESSED = st.one_of(
    st.sampled_from(KEYS),
    st.sampled_from(KEYS),
    st.sampled_from(MOVES),
    st.tuples(st.just("e"), st.sampled_from(["", "x-y", "own", "y ,", "x-y ,", ","])),
    st.tuples(st.just("g"), st.sampled_from(["1", "3", "99", "", "x", "9" * 5000])),
    st.tuples(st.just("/"), st.sampled_from(["", "q", "seam", "nowhere"])),
)
SESSIONS = st.lists(PRESSED, max_size=14)


def _press(screen: Screen, pressed: str | tuple[str, str]) -> None:
    """Press a key, and what is typed after it; no file is written."""
    if screen.mode == PAGE:
        screen.key("z")
    if screen.mode == CONFIRM:
        screen.key("u")
    if screen.item is None or screen.finished:
        screen.finished = False
        return
    key, text = pressed if isinstance(pressed, tuple) else (pressed, None)
    screen.key(key)
    if screen.mode in (TYPES, GO, SEARCH):
        screen.typed(text)
    drawn = view.rows(screen, 80, 24, colour=False)
    assert len(drawn) == 24


def _play(desk: Desk, session: list[str | tuple[str, str]]) -> Screen:
    screen = Screen(desk)
    for pressed in session:
        _press(screen, pressed)
        _check(desk)
    return screen


def _check(desk: Desk) -> None:
    accepted = [item for item in desk.session.items if item.chosen is not None]
    for one, other in combinations(accepted, 2):
        if (one.file, one.slot) == (other.file, other.slot):
            a, b = one.finding, other.finding
            assert not overlaps(a.start, a.end, b.start, b.end), (a, b)


def _single_look(desk: Desk) -> list[object]:
    """What the engine takes of the first file in one look, when nothing is done unattended."""
    document = desk.files.files[0].source.documents[0]
    identity = desk.session.ledger.identity(document)
    left = []
    for finding in engine.find(document, OWN)[0]:
        kept = judged(document, finding, desk.session.book.ruling(document, finding, identity))
        if kept is not None and not kept.decided:
            kept = kept._replace(action=max(kept.action, Action.SUGGEST, key=_doubt))
        left += [kept] if kept else []
    taken = engine.plan(left).taken
    return [minimal(finding, finding.proposals[0]) for finding in taken]


def _doubt(action: Action) -> int:
    return action.doubt


@settings(max_examples=120)
@given(text=TEXTS, before=SESSIONS, session=SESSIONS)
def test_opened_anew_it_shows_the_same_and_undo_leads_back(
    text: str, before: list[str | tuple[str, str]], session: list[str | tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder)).put({"a.txt": text, "b.txt": "x-y , q km"})
        _play(bench.desk("Orla"), before)
        first, kept = standing(bench.desk("Ines", ticking(500))), bench.kept
        desk = bench.desk("Ines", ticking(500))
        screen = _play(desk, session)
        anew = bench.desk("Ines", ticking(900))
        assert standing(anew) == standing(desk)
        _check(anew)
        assert _single_look(anew) == list(desk.files.edits(0))
        for _ in range(len(session) + 1):
            screen.mode, screen.finished = "ask", False
            screen.key("u")
        assert screen.said == "nothing to undo"
        assert standing(desk) == first
        assert bench.kept == kept


@settings(max_examples=120)
@given(text=TEXTS, session=SESSIONS)
@example(text=" ,x-y ,x-y ,", session=["r", ("e", "x-y ,"), ("g", "3"), "b"])
def test_replayed_on_a_fresh_copy_it_gives_the_same_text_and_ledger(
    text: str, session: list[str | tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = {"a.txt": text, "b.txt": "x-y , q km"}
        bench = Bench(Path(folder) / "one").put(texts)
        desk = bench.desk()
        _play(desk, session)
        entries = bench.ledger.read().entries
        for _ in range(engine.LOOKS):  # a text of one's own may hold what is accepted everywhere
            desk.write_all()
        other = Bench(Path(folder) / "two").put(texts)
        assert answers.replay(other.desk("nobody"), entries) == []
        assert [other.text(name) for name in texts] == [bench.text(name) for name in texts]
        assert other.kept == bench.kept


@settings(max_examples=60)
@given(text=TEXTS, session=SESSIONS, others=SESSIONS)
def test_undo_where_others_wrote_too_leads_back_as_well(
    text: str, session: list[str | tuple[str, str]], others: list[str | tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder)).put({"a.txt": text})
        _play(bench.desk("Orla"), others)
        first = [row[:-2] for row in standing(bench.desk("Ines", ticking(500)))]
        desk = bench.desk("Ines", ticking(500))
        screen = _play(desk, session)
        bench.ledger.file.parent.mkdir(exist_ok=True)
        with bench.ledger.file.open("ab") as file:
            file.write(b'{"verdict": "reject", "scope": "rule", "rule": "c/other"}\n')
        for _ in range(len(session) + 1):
            screen.mode, screen.finished = "ask", False
            screen.key("u")
        assert screen.said == "nothing to undo"
        assert [row[:-2] for row in standing(desk)] == first
        assert [row[:-2] for row in standing(bench.desk("Ines", ticking(900)))] == first
        assert b"c/other" in bench.kept
