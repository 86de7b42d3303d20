"""What the `find` fixture of these tests is."""

from __future__ import annotations

from collections.abc import Callable

Find = Callable[..., list[tuple[str, str, str]]]
