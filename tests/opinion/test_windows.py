"""Windows hold all questions once, and each is the same whatever else is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrubber.opinion.asking import Question
from scrubber.opinion.windows import BEFORE, STEP, windows

TEXT = "\n".join("The boat left the harbour and came back. It was late." for _ in range(80))
PLACES = st.lists(st.integers(0, len(TEXT) - 200), max_size=20)


def _questions(places: list[int]) -> list[Question]:
    return [Question(at, at + 2, ("x",), at + 100) for at in places]


@given(PLACES)
def test_each_question_is_in_one_window_that_reads_what_it_needs(places: list[int]) -> None:
    questions = _questions(places)
    found = list(windows(TEXT, questions))
    numbers = [number for window in found for number in window.questions]
    assert sorted(numbers) == list(range(len(questions)))
    for window in found:
        for number in window.questions:
            question = questions[number]
            assert window.start <= question.start
            assert question.stop <= window.stop
            assert question.start - window.start <= STEP + BEFORE


@given(PLACES)
def test_where_a_window_begins_hangs_on_the_place_alone(places: list[int]) -> None:
    questions = _questions(places)
    for window in windows(TEXT, questions):
        for number in window.questions:
            (alone,) = windows(TEXT, [questions[number]])
            assert alone.start == window.start
