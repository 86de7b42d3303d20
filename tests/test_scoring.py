from __future__ import annotations

from pathlib import Path

import pytest

from scrubber import scoring
from scrubber.rules import Rule


@pytest.mark.parametrize(
    ("hits", "trials", "expected"),
    # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: 81/263, 15/148, 0/20, 1/29.
    [(81, 263, 0.2553), (15, 148, 0.0624), (0, 20, 0.0), (1, 29, 0.0061)],
)
def test_wilson_against_published_values(hits: int, trials: int, expected: float) -> None:
    assert scoring.wilson(hits, trials) == pytest.approx(expected, abs=0.00006)


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
