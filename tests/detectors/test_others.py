"""Detectors whose rule examples say all there is to say but for what they leave alone."""

from __future__ import annotations

import pytest

from scrubber import engine
from scrubber.model import Document
from scrubber.rules import Rule


@pytest.mark.parametrize(
    "text",
    [
        "In Norway on Friday, he moved the fleet, and in Peru this week, she sang.",
        "The envoy of Norway on Friday, he said, moved the fleet.",
        "Anna Lund said he would go. He thanked her, and he left with him for his house.",
        "The queen saw him. He thanked the crew, and he left before her term was over.",
        "“It is late,” she said. She said it twice, the woman added.",
        "It was late. He said. They left.",
        "The king has sent 300 soldiers, and 90 minutes England plays well.",
        "Paris France is on the map, and Mexico City is large.",
        "She had had enough, and he knew that that was it. “It is the the end.”",
        "This text , like all of it , is stored in tokens .",
        "Le prix : 3 € ; est-ce cher ? Non ! C'est dans la ville et pour les gens.",
    ],
)
def test_left_alone(text: str, rules: tuple[Rule, ...]) -> None:
    assert [(f.rule, f.text) for f in engine.find(Document(text), rules)[0]] == []
