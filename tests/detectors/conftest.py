from __future__ import annotations

import pytest
from finding import Find

from scrubber import detectors
from scrubber.model import Document


@pytest.fixture
def find(request: pytest.FixtureRequest) -> Find:
    """The detector that the test file is named for: text -> [(found, first proposal, action)]."""
    name = request.path.stem.removeprefix("test_").replace("_", "-")
    detector = detectors.get(name)

    def call(text: str, **params: object) -> list[tuple[str, str, str]]:
        return [
            (text[m.start : m.end], m.proposals[0] if m.proposals else "", str(m.action))
            for m in detector(Document(text), **params)
        ]

    return call
