from __future__ import annotations

import pytest

from scrubber.shares import Share, needed, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_against_published_values(
    part: int, whole: int, low: float, high: float
) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.00006)
    mirrored = wilson(whole - part, whole)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=0.00006)


def test_nothing_counted_says_nothing() -> None:
    share = Share(0, 0)
    assert (share.value, share.low, share.high) == (None, 0.0, 1.0)


def test_the_ends_are_exact() -> None:
    assert Share(7, 7).high == 1.0
    assert Share(0, 7).low == 0.0


@pytest.mark.parametrize("bound", [0.5, 0.9, 0.99, 0.999])
@pytest.mark.parametrize("wrong", [0, 1, 5])
def test_one_less_than_needed_does_not_reach(bound: float, wrong: int) -> None:
    enough = needed(bound, wrong)
    assert wilson(enough - wrong, enough)[0] >= bound
    assert wilson(enough - 1 - wrong, enough - 1)[0] < bound
