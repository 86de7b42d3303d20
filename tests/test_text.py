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
        ("The boat is in the harbour and the crew is on it.", "en"),
        ("Das Boot ist im Hafen und die Mannschaft ist nicht auf dem Boot.", "de"),
        ("Le bateau est dans le port et les marins sont sur le quai.", "fr"),
        ("El barco está en el puerto y los marineros no se van.", "es"),
        ("La barca è nel porto e gli uomini non sono con il capitano.", "it"),
        ("O barco não está no porto e os homens são da vila.", "pt"),
        ("De boot is niet in de haven en het weer is ook slecht.", "nl"),
        ("Łódź nie jest w porcie, a na brzegu się pada.", "pl"),
        ("Лодка не в порту, и на берегу за ней был он.", "ru"),
        ("港口里有一艘船。", None),
        ("Xyzzy plugh", None),
        ("", None),
    ],
)
def test_language(text: str, expected: str | None) -> None:
    assert texts.language(text) == expected


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
