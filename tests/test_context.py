from __future__ import annotations

import pytest

from scrubber.context import code_like
from scrubber.model import Document

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN * 20, False),
        (f"{PLAIN}See https://a.example/4a1d45d6ee/08552a7a-95c3e1f0/fdad91fd/1c2d3e4f.jpg", False),
        (f"{PLAIN}In 1997 came 20 of 2000 added, 30 decades later.", False),
        (f"{PLAIN}It was merged as 4a1d45d6ee, 08552a7a, and fdad91fd.", True),
        (f"{PLAIN}Call run() and sort_all with --quick.", True),
    ],
)
def test_what_stands_in_a_text_tells_whether_it_is_about_code(text: str, expected: bool) -> None:
    assert code_like(Document(text)) is expected
