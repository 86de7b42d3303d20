"""Colours on a terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any


def style(stream: Any) -> Callable[[str, str], str]:
    """Return a style with colour for a terminal, without for anything else and with NO_COLOR."""
    from scrubber.report.text import plain

    if (
        os.environ.get("NO_COLOR")
        or stream is None
        or not stream.isatty()
        or os.environ.get("TERM") == "dumb"
    ):
        return plain
    import click

    looks: dict[str, dict[str, Any]] = {
        "place": {"bold": True},
        "rule": {"fg": "cyan"},
        "mark": {"fg": "yellow", "bold": True},
        "fix": {"fg": "green", "bold": True},
        "suggest": {"fg": "yellow", "bold": True},
        "report": {"fg": "magenta", "bold": True},
        "-": {"fg": "red"},
        "+": {"fg": "green"},
        "@": {"fg": "cyan"},
    }
    return lambda text, role: click.style(text, **looks[role]) if role in looks else text
