from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Oslo Sweden on Tuesday closed its border to lorries of the north.", "Oslo Sweden"),
        ("OSLO The ferry will be back in the harbour of the town on Monday.", "OSLO"),
        ("News\n\nTARTU, Estonia Boats on the lake will run again in May.", "TARTU, Estonia"),
        ("VIKDAL, Minn. The road to the valley of the lakes is closed.", "VIKDAL, Minn."),
        ("Oslo (AFP) The road to the valley is closed until the spring.", "Oslo (AFP)"),
    ],
)
def test_found(find: Find, text: str, found: str) -> None:
    assert [row[0] for row in find(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "OSLO (AFP) - The road to the valley is closed until the spring.",
        "OSLO, Norway — The road to the valley is closed until the spring.",
        "NATO Secretary General Vik has come to the town of the lakes.",
        "Mexico City is the largest in the land, and it was built on a lake.",
        "OSLO, NORWAY THE ROAD IS CLOSED",
        "Oslo University has a new head, and the town is glad of it.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
