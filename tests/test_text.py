from __future__ import annotations

import pytest

from scrubber import text as texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one", ["one"]),
        ("a\n\nb\n", ["a", "", "b"]),
        ("a\r\nb", ["a", "b"]),
        ("a\rb\r", ["a", "b"]),
        ("a\rb\n", ["a\rb"]),
        ("a\u2028b\x0cc\x85d\n", ["a\u2028b\x0cc\x85d"]),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    found = texts.lines(text)
    assert [text[line.start : line.stop] for line in found] == expected
    assert "".join(text[line.start : line.end] for line in found) == text


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("It rained. We left early. Sun.", "left", "We left early."),
        ("Mr. Lund left. We stayed.", "Lund", "Mr. Lund left."),
        ("one\nWe left\nthree", "left", "We left"),
        ("“We left.” She said so.", "said", "She said so."),
    ],
)
def test_sentence(text: str, word: str, expected: str) -> None:
    start, end = texts.sentence(text, text.index(word))
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.example/b?c and", ["https://a.example/b?c"]),
        ("mail ann@a.example now", ["ann@a.example"]),
        ("run `fooBar` now", ["`fooBar`"]),
        ("x\n```\nfooBar\n```\ny", ["```\nfooBar\n```"]),
        ("the <b class=x>bold</b> one", ["<b class=x>", "</b>"]),
        ("{{ fooBar }} and {% if %}", ["{{ fooBar }}", "{% if %}"]),
        ("by @annLee on #theDay", ["@annLee", "#theDay"]),
        ("in /etc/fooBar.conf or a/b/c.txt", ["/etc/fooBar.conf", "a/b/c.txt"]),
        ("and/or, he said", []),
        ("Like this::\n\n  fooBar\n  x\n\nText", ["  fooBar\n  x"]),
        ("Text.\n\n    fooBar\n\nText", ["    fooBar"]),
        ("Text\n    goes on", []),
        ("---\ntitle: aB\n---\ntext", ["---\ntitle: aB\n---\n"]),
    ],
)
def test_zones(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in texts.zones(text)] == expected
