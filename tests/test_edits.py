from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import edits
from scrubber.model import Action, Edit, Finding

TEXTS = st.text(alphabet="ab \n\r\u2028é😀", max_size=30)


@st.composite
def text_and_edits(draw: st.DrawFn, source: str | None = None) -> tuple[str, list[Edit]]:
    text = draw(TEXTS) if source is None else source
    found: list[Edit] = []
    at = 0
    while at <= len(text) and draw(st.booleans()):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        after = draw(st.text(alphabet="xy\n", max_size=3))
        if text[start:end] != after:
            found.append(Edit(start, end, text[start:end], after, (f"r/{len(found)}",)))
        at = end + 1
    return text, found


@given(text_and_edits())
def test_edits_can_be_undone(case: tuple[str, list[Edit]]) -> None:
    text, found = case
    after = edits.apply(text, found)
    assert edits.apply(after, edits.inverted(found)) == text


@given(st.data())
def test_composed_edits_do_what_both_do(data: st.DataObject) -> None:
    text, first = data.draw(text_and_edits())
    between = edits.apply(text, first)
    _, second = data.draw(text_and_edits(between))
    both = edits.compose(text, first, second)
    assert edits.apply(text, both) == edits.apply(between, second)
    assert all(a.end <= b.start for a, b in pairwise(both))
    after = edits.apply(text, both)
    assert edits.apply(after, edits.inverted(both)) == text


@given(st.data())
def test_a_traced_finding_still_describes_its_place(data: st.DataObject) -> None:
    text, first = data.draw(text_and_edits())
    between = edits.apply(text, first)
    start = data.draw(st.integers(0, len(between)))
    end = data.draw(st.integers(start, len(between)))
    finding = Finding("x/y", start, end, between[start:end], ("NEW",), Action.FIX, "")
    traced = edits.Trace(text, first).back(finding)
    assert text[traced.start : traced.end] == traced.text
    wanted = between[:start] + "NEW" + between[end:]
    rest = [
        edit
        for edit, image in zip(first, edits.inverted(first), strict=True)
        if not _touched(image, start, end)
    ]
    change = Edit(traced.start, traced.end, traced.text, traced.proposals[0], ())
    merged = sorted([*rest, change], key=lambda e: (e.start, e.end))
    assert edits.apply(text, merged) == wanted


def _touched(image: Edit, start: int, end: int) -> bool:
    """Text taken out beside a change is no part of it."""
    if image.start == image.end and start < end:
        return start < image.start < end
    return edits.overlaps(image.start, image.end, start, end)


def test_no_edits_give_the_same_object() -> None:
    text = "good text"
    assert edits.apply(text, []) is text


def test_an_edit_that_does_not_fit_changes_nothing() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        edits.apply("abc", [Edit(0, 1, "x", "y", ("a/b",))])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 3), (3, 5), False),
        ((0, 3), (2, 5), True),
        ((0, 3), (3, 3), True),
        ((2, 2), (2, 2), True),
        ((2, 2), (3, 3), False),
        ((1, 4), (2, 2), True),
    ],
)
def test_overlaps(a: tuple[int, int], b: tuple[int, int], expected: bool) -> None:
    assert edits.overlaps(*a, *b) is expected
    assert edits.overlaps(*b, *a) is expected
