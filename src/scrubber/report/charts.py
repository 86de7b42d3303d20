"""Charts as inline SVG. Colours come from the style sheet; every figure also stands in words.

Widths are attributes, not styles, so that a strict security policy lets them be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scrubber.model import Action

DEFINITIONS = (
    '<svg class="defs" width="0" height="0" aria-hidden="true"><defs>'
    '<pattern id="p-suggest" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect class="suggest-2" width="6" height="6"/>'
    '<rect class="suggest-1" width="3" height="6"/></pattern>'
    '<pattern id="p-report" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="report-2" width="5" height="5"/>'
    '<circle class="report-1" cx="2.5" cy="2.5" r="1.4"/></pattern></defs></svg>'
)
"""Hatching and dots, so that the parts of a bar differ without colour too."""

_FILLS = {
    Action.FIX: 'class="fix-1"',
    Action.SUGGEST: 'fill="url(#p-suggest)"',
    Action.REPORT: 'fill="url(#p-report)"',
}
_THINNEST = 0.4


def bar(actions: Mapping[Action, int], whole: int, height: int = 8) -> str:
    """Return a bar of the actions, as long as they are of `whole`; the words stand beside it."""
    parts, at = [], 0.0
    for action in Action:
        if not (count := actions.get(action, 0)):
            continue
        width = max(_THINNEST, 100 * count / max(1, whole))
        parts.append(
            f'<rect x="{at:.2f}%" width="{width:.2f}%" height="{height}" {_FILLS[action]}/>'
        )
        at += width
    return (
        f'<svg class="bar" width="100%" height="{height}" aria-hidden="true">{"".join(parts)}</svg>'
    )


def plain(count: int, whole: int) -> str:
    """Return a bar of one colour, as long as `count` is of `whole`."""
    width = max(_THINNEST, 100 * count / max(1, whole)) if count else 0
    return (
        '<svg class="bar" width="100%" height="12" aria-hidden="true">'
        f'<rect class="count" width="{width:.2f}%" height="12"/></svg>'
    )


def key(action: Action) -> str:
    """Return a small square that looks like the action's part of a bar."""
    return (
        '<svg class="key" width="14" height="14" aria-hidden="true">'
        f'<rect width="14" height="14" {_FILLS[action]}/></svg>'
    )


def strip(tenths: Sequence[int]) -> str:
    """Return columns for the tenths of a text, from its beginning to its end."""
    most = max(1, *tenths)
    columns = "".join(
        f'<rect x="{10 * at}" y="{28 - 28 * count / most:.1f}" width="8"'
        f' height="{28 * count / most:.1f}"/>'
        for at, count in enumerate(tenths)
        if count
    )
    return (
        '<svg class="strip" viewBox="0 0 98 30" width="98" height="30" aria-hidden="true">'
        f'{columns}<rect class="axis" y="29" width="98" height="1"/></svg>'
    )


def interval(share: float, low: float, high: float, start: float = 0) -> str:
    """Return a share as a dot on its interval, on a line from `start` to 1, with 99 % marked."""
    share, low, high, mark = ((at - start) / (1 - start) for at in (share, low, high, 0.99))
    return (
        '<svg class="interval" width="100%" height="16" aria-hidden="true">'
        '<rect class="axis" y="7.5" width="100%" height="1"/>'
        f'<rect class="axis" x="{100 * mark:.1f}%" y="2" width="1" height="12"/>'
        f'<rect class="range" x="{100 * low:.1f}%" y="5" width="{100 * (high - low):.1f}%"'
        ' height="6" rx="3"/>'
        f'<circle class="dot" cx="{100 * share:.1f}%" cy="8" r="5"/></svg>'
    )
