from __future__ import annotations

import pytest

from scrubber.markup import reader
from scrubber.markup.comment_places import in_plain
from scrubber.model import Document


def _found(name: str, text: str) -> list[tuple[str, str]]:
    """What each comment says, and what it is near to."""
    how = reader(name)
    comments = how.comments(text) if how else in_plain(text, Document(text).protected)
    for comment in comments:
        assert "scrubber:" in text[comment.start : comment.end]
        assert text.startswith(comment.said, comment.at)
    return [(c.said.strip(), text[c.reach[0] : c.reach[1]]) for c in comments]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# scrubber: ignore\n\n// scrubber: ignore\n"),
        ("a.md", "Write `<!-- scrubber: ignore -->` there.\n"),
        ("a.md", "- One\n\n  ```html\n  <!-- scrubber: off -->\n  ```\n"),
        ("a.md", "Code:\n\n    <!-- scrubber: off -->\n"),
        ("a.html", "<script>let a = '<!-- scrubber: off -->'</script>"),
        ("a.html", "<p title='<!-- scrubber: off -->'>One</p>"),
        ("a.rst", "Write::\n\n  .. scrubber: off\n"),
        ("a.rst", ".. code-block:: rst\n\n   Deep\n     .. scrubber: off\n"),
        ("a.adoc", "----\n// scrubber: off\n----\n"),
        ("a.adoc", "```asciidoc\n// scrubber: off\n```\n"),
        ("a.vtt", "Say NOTE scrubber: off\n"),
        ("a.po", 'msgid "# scrubber: off"\n'),
        ("a.txt", "Our CO2 scrubber: off\nscrubber: off\nOne # scrubber: off\n"),
        ("a.txt", "Write\n\n    # scrubber: off\n"),
    ],
)
def test_what_is_no_comment(name: str, text: str) -> None:
    assert _found(name, text) == []


@pytest.mark.parametrize(
    ("name", "text", "near"),
    [
        (
            "a.md",
            "One <!-- § --> two.\nThree.",
            "One <!-- § --> two.",
        ),
        (
            "a.md",
            "<!--§-->\nOne\ntwo.\n\nThree.",
            "<!--§-->\nOne\ntwo.",
        ),
        (
            "a.md",
            "> <!-- § -->\n> One.\n>\n> Two.",
            "> <!-- § -->\n> One.",
        ),
        (
            "a.md",
            "1. One\n\n    <!-- § -->\n    Two.\n",
            "    <!-- § -->\n    Two.",
        ),
        ("a.mdx", "{/* § */}\n\nOne.\n", "{/* § */}\n\nOne."),
        ("a.md", "{# § #}\nOne.\n", "{# § #}\nOne."),
        ("a.md", "---\ntitle: One # §\n---\nTwo.", "title: One # §"),
        (
            "a.md",
            "---\n# §\ntitle: a\nlead: b\n---\n",
            "# §\ntitle: a",
        ),
        (
            "a.md",
            "+++\n# §\r\ntitle = 'a'\r\n+++\n",
            "# §\r\ntitle = 'a'",
        ),
        (
            "a.html",
            "<p>a <!-- § --></p>\n<p>b</p>",
            "<p>a <!-- § --></p>",
        ),
        (
            "a.html",
            "<ul>\n<!-- § -->\n<li>a\n b</li>\n<li>c</li></ul>",
            "<!-- § -->\n<li>a\n b",
        ),
        (
            "a.html",
            "{#- § -#}\n<p>a</p>\n<p>b</p>",
            "{#- § -#}\n<p>a",
        ),
        ("a.rst", ".. §\n\nOne\ntwo.\n\nThree.", ".. §\n\nOne\ntwo."),
        (
            "a.rst",
            ".. note::\n\n   .. §\n\n   One.\n",
            "   .. §\n\n   One.",
        ),
        ("a.adoc", "----\na\n----\n// §\nOne.\n\nb", "// §\nOne."),
        (
            "a.vtt",
            "WEBVTT\n\nNOTE §\n\n00:01.000 --> 00:02.000\nOne.\n\n2\n",
            "NOTE §\n\n00:01.000 --> 00:02.000\nOne.",
        ),
        (
            "a.po",
            '# §\nmsgid "a"\nmsgstr "b"\n\nc',
            '# §\nmsgid "a"\nmsgstr "b"',
        ),
        ("a.txt", "One.\n# §\nTwo.\n\nThree.", "# §\nTwo."),
        ("a.txt", "<!-- § -->\r\nTwo.", "<!-- § -->\r\nTwo."),
        ("a.txt", "// §\nTwo.", "// §\nTwo."),
        ("a.txt", ".. §\nTwo.", ".. §\nTwo."),
    ],
)
def test_what_a_comment_is_near_to(name: str, text: str, near: str) -> None:
    text, near = (written.replace("§", "scrubber: ignore") for written in (text, near))
    assert _found(name, text) == [("ignore", near)]


def test_several_in_order() -> None:
    text = (
        "---\n# scrubber: ignore-file a\n---\n<!-- scrubber: off -->\n\n<!--\nscrubber: on\n-->\n"
    )
    assert [said for said, _ in _found("a.md", text)] == ["ignore-file a", "off", "on"]
