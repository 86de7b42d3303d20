from __future__ import annotations

from pathlib import Path

import pytest

from scrubber import scoring
from scrubber.rules import Rule


def _row(text: str, *labels: tuple[str, str, str]) -> dict[str, object]:
    edits = []
    for old, new, kind in labels:
        start = text.index(old)
        edits.append(
            {"start": start, "end": start + len(old), "old": old, "new": [new], "kind": kind}
        )
    return {"id": "1", "text": text, "edits": edits}


def test_what_is_counted(rules: tuple[Rule, ...]) -> None:
    row = _row(
        "The mayor signed the treatyBut she spoke about The law.\nSource link\nRead more\n",
        ("B", " b", "glued-words"),
        (" The law", " the law", "stray-case"),
        ("Source link\n", "", "footer"),
        ("mayor", "mayoress", "pronoun"),
    )
    score = scoring.measure([row], rules)
    assert score.kinds["glued-words"] == {"labels": 1, "found": 1, "offered": 1, "fixed": 1}
    assert score.kinds["stray-case"] == {"labels": 1, "found": 1, "offered": 1, "fixed": 0}
    assert score.kinds["footer"]["fixed"] == 1
    assert score.kinds["pronoun"]["found"] == 0
    assert score.rules["footers/read-more"] == {"fix false": 1}
    assert [str(wrong) for wrong in score.wrong] == [
        "false footers/read-more: 'Read more\\n' at 68 of 1"
    ]
    assert scoring.precision(score.rules["links/glued-capital"]) == (1, 1)


@pytest.mark.parametrize(
    ("text", "old", "new", "kind", "expected"),
    [
        ("the treatyBut she", "B", " b", "glued-words", "glued-capital"),
        ("the treatyBut she", "treatyBut", "treaty, but", "glued-words", "glued-capital"),
        ("the crewswho kept", "w", " w", "glued-words", "glued-lower"),
        ("in 2002Allocation", "A", " A", "glued-words", "glued-digit"),
        ("the end.Next day", "N", " N", "glued-words", "glued-stop"),
        ("the end”Next day", "N", " N", "spacing-punct", "glued-stop"),
        ("a lot,”he said", "h", " h", "spacing-punct", "glued-mark"),
        ("first,then", "t", " t", "spacing-punct", "glued-mark"),
        ("notes [12]and", "a", " a", "glued-words", "glued-bracket"),
        ("Oh , no", " ,", ",", "spacing-punct", "spacing-punct"),
        ("Sea of words", "S", "s", "stray-case", "stray-case"),
        ("in spain now", "s", "S", "stray-case", "lost-case"),
        ("Source link", "Source link", "", "footer", "footer"),
    ],
)
def test_seams_are_told_apart(text: str, old: str, new: str, kind: str, expected: str) -> None:
    start = text.rindex(old) if len(old) == 1 and expected != "stray-case" else text.index(old)
    label = {"start": start, "end": start + len(old), "new": [new], "kind": kind}
    assert scoring.kind_at(text, label) == expected


def test_recall_counts_what_a_rule_touches(rules: tuple[Rule, ...]) -> None:
    row = _row("The mayor signed the treatyBut she was late.", ("B", " b", "glued-words"))
    score = scoring.measure([row], rules)
    assert score.labels == {("glued-capital", "en"): 1}
    assert score.found == {("links/glued-capital", "glued-capital"): 1}


def test_a_repair_that_does_another_thing_is_wrong(rules: tuple[Rule, ...]) -> None:
    row = _row("The mayor signed the treatyBut she left.", ("treatyBut", "Treaty", "other"))
    score = scoring.measure([row], rules)
    assert score.wrong[0].verdict == "wrong"


@pytest.mark.parametrize("content", ["3\n", "{oops\n", "[" * 100_000])
def test_data_that_cannot_be_read(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(content)
    with pytest.raises(scoring.LabelsError):
        list(scoring.rows(file))


def test_records_without_labels_shape(rules: tuple[Rule, ...]) -> None:
    with pytest.raises(scoring.LabelsError, match="record 1"):
        scoring.measure([{"nothing": 1}], rules)
