"""Many spans answer as one after the other would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrubber.edits import overlaps
from scrubber.spans import Spans

PLACES = st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(PLACES, max_size=8), PLACES)
def test_a_place_meets_the_spans_that_it_overlaps(
    spans: list[tuple[int, int]], place: tuple[int, int]
) -> None:
    assert Spans(spans).meet(*place) == any(overlaps(*span, *place) for span in spans)
