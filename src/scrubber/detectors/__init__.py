"""One file for each way of finding: pure functions `(document, **params) -> Iterator[Match]`.

A detector is known by its file's name with hyphens and is imported when a rule first needs it. One
of an installed package is known by its module's full name (see `installed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module

from scrubber.model import Match

Detector = Callable[..., Iterable[Match]]

IN_MARKUP = frozenset({"glued-link"})
"""The detectors that find nothing in a text without markup, nor in a glance at one with it."""
HINTED = frozenset({"line"})
"""The detectors that take the hints of their rule: they look no further than where one stands."""


@cache
def get(name: str) -> Detector:
    """Return the detector of that name.

    Raises:
        KeyError: there is none.
    """
    module = f"{__name__}.{name.replace('-', '_')}" if "." not in name else name
    if not all(part.isidentifier() for part in module.split(".")):
        raise KeyError(name)
    try:
        found: Detector = import_module(module).find
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise KeyError(name) from None
    return found


@cache
def names() -> tuple[str, ...]:
    """Return the names of all detectors, sorted."""
    import pkgutil

    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))
