from __future__ import annotations

from collections.abc import Sequence

import pytest

from scrubber import engine, packs
from scrubber.markup import reader
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule

GLUED = "The mayor signed the treatyBut the council refused."
FIXED = "The mayor signed the treaty, but the council refused."


@pytest.fixture(scope="module")
def joined() -> tuple[Rule, ...]:
    return tuple(rule for rule in packs.joined(packs.built_in()).rules if rule.default)


def _settled(text: str, rules: Sequence[Rule], name: str = "a.md") -> engine.Outcome:
    outcome = engine.settle(Document(text, path=name, reader=reader(name)), rules)
    assert outcome.faults == ()
    again = engine.settle(Document(outcome.text, path=name, reader=reader(name)), rules)
    assert again.text == outcome.text
    return outcome


def _said(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule.split("/")[0], finding.text) for finding in findings]


BUT = ("links", "treatyBut")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{GLUED} <!-- scrubber: ignore -->", []),
        (f"{GLUED} <!-- scrubber: ignore links -->", []),
        (f"{GLUED} <!-- scrubber: ignore: links/glued-c -->", []),
        (f"{GLUED} <!-- scrubber: ignore links -- a name of theirs -->", []),
        (f"{GLUED} <!-- scrubber: ignore -->\n\n{GLUED}", [BUT]),
        (f"<!-- scrubber: ignore -->\n{GLUED}\n{GLUED}\n\n{GLUED}", [BUT]),
        (f"{GLUED}\n\n<!-- scrubber: ignore-file links -->\n", []),
        (f"{GLUED}\n\n<!-- scrubber: off -->\n\n{GLUED}\n\n{GLUED}", [BUT]),
        (f"<!-- scrubber: off -->\n\n{GLUED}\n\n<!-- scrubber: on -->\n\n{GLUED}", [BUT]),
        (
            f"<!-- scrubber: off -->\n\n<!-- scrubber: on case -->\n\n{GLUED}\n\n"
            f"<!-- scrubber: on links -->\n\n{GLUED}",
            [BUT],
        ),
        (
            f"{GLUED} <!-- scrubber: ignore case, links -->",
            [("silence", "case")],
        ),
        (
            "It rained. <!-- scrubber: ignore -->",
            [("silence", "<!-- scrubber: ignore -->")],
        ),
        ("It rained. <!-- scrubber: ignore --> <!-- scrubber: ignore silence -->", []),
        ("It rained.\n\n<!-- scrubber: on -->", [("silence", "<!-- scrubber: on -->")]),
        (
            "One. <!-- scrubber: ignore links/glued-capitol -->",
            [("silence", "links/glued-capitol")],
        ),
        ("It rained. <!-- scrubber: ignoer -->", [("silence", "ignoer")]),
        ("It rained. <!-- scrubber: -->", [("silence", "<!-- scrubber: -->")]),
        ("It rained. <!-- scrubber: ignore c4/javascript -->", []),
        ("Our scrubber: it is off, and scrubber: ignore is a word.", []),
    ],
)
def test_what_is_left(text: str, left: list[tuple[str, str]], joined: tuple[Rule, ...]) -> None:
    outcome = _settled(text, joined)
    assert _said(outcome.findings) == left
    done = [finding for finding in outcome.findings if finding.action is Action.FIX]
    assert outcome.text.count(FIXED) == len(done)


def test_the_nearest_name_is_named(joined: tuple[Rule, ...]) -> None:
    text = "It rained. <!-- scrubber: ignore lniks -->\n\n<!-- scrubber: of links -->\n"
    said = [(f.message, f.action) for f in _settled(text, joined).findings]
    assert said == [
        ('no rule begins with "lniks", did you mean "links"?', Action.REPORT),
        ('no "of", did you mean "off"?', Action.REPORT),
    ]


def test_what_is_silenced_blocks_nothing(joined: tuple[Rule, ...]) -> None:
    """Two rules want one place: without the first, the other acts."""
    ids = {"links/glued-capital"}
    other = next(r for r in joined if r.id in ids)._replace(id="own/glued", action=Action.SUGGEST)
    rules = (*joined, other)
    plain = engine.settle(Document(GLUED), rules)
    assert [f.rule for f in plain.findings] == ["links/glued-capital"]
    text = f"# scrubber: ignore links\n{GLUED}"
    assert [f.rule for f in engine.settle(Document(text), rules).findings] == ["own/glued"]


def test_a_record_of_a_dataset_silences_nothing(joined: tuple[Rule, ...]) -> None:
    text = f"# scrubber: ignore-file\n{GLUED}"
    assert engine.settle(Document(text, id="7", path="a.jsonl"), joined).text.endswith(FIXED)


def test_a_comment_is_used_if_it_was_at_any_look() -> None:
    """What is silenced at the second look only, or at the first only, is not in vain."""

    def rule(name: str, match: str, replace: str) -> Rule:
        params = {"match": match, "replace": [replace]}
        return Rule(f"own/{name}", name, "", "", Action.FIX, "pattern", params)

    unused = next(rule for rule in packs.built_in().rules if rule.id == "silence/unused")
    rules = (rule("first", "sloop", "yawl"), rule("later", "(?<=yawl )red", "blue"), unused)
    text = "The sloop red.\n<!-- scrubber: ignore own/later -->\n"
    found = engine.settle(Document(text.replace("\n<", " <"), reader=reader("a.md")), rules)
    assert [f.rule for f in found.findings] == ["own/first"]
    rules = (rule("first", "sloop", "yawl"), rule("early", "red(?=[^#]*sloop)", "blue"), unused)
    text = "The red <!-- scrubber: ignore own/early -->\n\nsloop.\n"
    found = engine.settle(Document(text, reader=reader("a.md")), rules)
    assert [f.rule for f in found.findings] == ["own/first"]


def test_no_edit_meets_a_comment(joined: tuple[Rule, ...]) -> None:
    says = Rule("own/says", "says", "", "", Action.FIX, "pattern", {"match": "o", "replace": ["0"]})
    for name, text, after in (
        ("a.mdx", "No\n\n{/* scrubber: on */}\n", "N0\n\n{/* scrubber: on */}\n"),
        ("a.txt", "No\n# scrubber: on\n", "N0\n# scrubber: on\n"),
    ):
        assert _settled(text, (says,), name).text == after


def test_what_fails_leaves_the_comments_in_peace(joined: tuple[Rule, ...]) -> None:
    broken = Rule("own/broken", "", "", "", Action.FIX, "pattern", {"match": "(", "replace": []})
    text = "It rained. <!-- scrubber: ignore -->"
    found, faults = engine.find(Document(text, reader=reader("a.md")), (*joined, broken))
    assert (found, [fault.rule for fault in faults]) == ([], ["own/broken"])


@pytest.mark.parametrize(
    ("name", "comment", "text"),
    [
        ("a.md", "<!-- scrubber: ignore -->\n", f"{GLUED}\n"),
        ("a.md", "<!-- scrubber: off -->\n\n", f"- {GLUED}\n- It rained.\n"),
        ("a.mdx", "{/* scrubber: ignore-file links */}\n\n", f"{GLUED}\n"),
        ("a.md", "---\n# scrubber: ignore-file\n---\n", f"{GLUED}\n"),
        ("a.html", "<!-- scrubber: ignore -->\n", f"<p>{GLUED}</p>\n"),
        ("a.html", "{# scrubber: ignore #}\n", f"<p>{GLUED}</p>\n"),
        ("a.rst", ".. scrubber: ignore\n\n", f"{GLUED}\n"),
        ("a.adoc", "// scrubber: ignore\n", f"{GLUED}\n"),
        ("a.po", "# scrubber: ignore\n", f'msgid "It rained."\nmsgstr "{GLUED}"\n'),
        ("a.vtt", "NOTE scrubber: ignore\n\n", f"00:01.000 --> 00:02.000\n{GLUED}\n"),
        ("a.txt", "# scrubber: ignore\n", f"{GLUED}\n"),
    ],
)
def test_in_each_markup(name: str, comment: str, text: str, joined: tuple[Rule, ...]) -> None:
    head = "WEBVTT\n\n" if name == "a.vtt" else ""
    assert _settled(head + text, joined, name).text == head + text.replace(GLUED, FIXED)
    silent = _settled(head + comment + text, joined, name)
    assert silent.text == head + comment + text
    assert silent.findings == ()
    idle = _settled(head + comment + text.replace(GLUED, "It rained."), joined, name)
    assert [finding.rule for finding in idle.findings] == ["silence/unused"]
    assert idle.text == idle.document.text
