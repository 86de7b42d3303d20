"""A share that was counted, and how far the true one may lie from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, with the 95 % Wilson interval, `low` to `high`.

    >>> share = Share(81, 263)
    >>> round(share.low, 4), round(share.high, 4)
    (0.2553, 0.3662)
    """

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share itself; None where nothing was counted."""
        return self.part / self.whole if self.whole else None

    @property
    def low(self) -> float:
        """The lower bound; 0 where nothing was counted."""
        return self._bounds[0]

    @property
    def high(self) -> float:
        """The upper bound; 1 where nothing was counted."""
        return self._bounds[1]

    @cached_property
    def _bounds(self) -> tuple[float, float]:
        return wilson(self.part, self.whole)


def wilson(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """Return the bounds of the Wilson interval of a share, without continuity correction.

    Two-sided, 95 % unless told otherwise. Wilson, Journal of the American Statistical Association
    22 (1927) 209-212; method 3 of Newcombe, Statistics in Medicine 17 (1998) 857-872.

    >>> [round(bound, 4) for bound in wilson(15, 148)], wilson(0, 0)
    ([0.0624, 0.1605], (0.0, 1.0))
    """
    if not whole:
        return 0.0, 1.0
    share = part / whole
    middle = share + z * z / (2 * whole)
    spread = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    low, high = (middle - spread) / scale, (middle + spread) / scale
    # At the ends the bound is the share itself; rounding would leave it a little beside.
    return (0.0 if part == 0 else low), (1.0 if part == whole else high)


def needed(bound: float, wrong: int = 0) -> int:
    """Return how many have to be judged, `wrong` of them wrong, for `low` to reach a bound below 1.

    >>> needed(0.99), needed(0.99, wrong=1), needed(0.95)
    (381, 563, 73)
    """
    low, high = wrong, wrong + 1
    while wilson(high - wrong, high)[0] < bound:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        reached = wilson(middle - wrong, middle)[0] >= bound
        low, high = (low, middle) if reached else (middle, high)
    return high
