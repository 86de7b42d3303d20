"""Files under review: written whole as shown, refused where they changed, never damaged."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from bench import Bench, at, standing

from scrubber.decisions.keys import Scope
from scrubber.review.items import ACCEPTED, OPEN, REJECTED


def test_what_is_accepted_is_written_and_looked_at_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y , q and x-y"})
    desk = bench.desk()
    session = desk.session
    session.reject(at(desk, "b/odd"))
    session.accept(at(desk, "a/dash"), 1)
    session.leave(at(desk, "a/dash", 1))
    assert desk.files.waiting() == [0]
    assert desk.write(0) == f"{tmp_path / 'a.txt'}: 1 repair written; 2 still to ask"
    assert bench.text() == "x y , q and x-y"
    assert desk.files.waiting() == []
    assert [(i.finding.rule, i.state) for i in session.order if not i.written] == [
        ("b/inner", OPEN),
        ("a/mark", OPEN),
        ("b/odd", REJECTED),
        ("a/dash", "left"),
    ]
    assert desk.write_all() == []


def test_line_breaks_mark_and_ending_stay(tmp_path: Path) -> None:
    text = "\ufeffOne x-y\r\nfoot\r\nq two\r\n\r\nlast"
    bench = Bench(tmp_path).put({"a.txt": text})
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"))
    desk.session.accept(at(desk, "b/line"))
    desk.session.write_own(at(desk, "b/odd"), "Q\nQ")  # as an editor gives it back
    desk.write_all()
    assert bench.text() == "\ufeffOne xy\nQ\r\nQ two\r\n\r\nlast"
    assert b"\\r" not in bench.kept


def test_a_decision_holds_for_both_kinds_of_line_breaks(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "One\r\nfoot\r\ntwo\r\n"})
    desk = bench.desk()
    desk.session.reject(at(desk, "b/line"))
    bench.put({"a.txt": "One\nfoot\ntwo\n"})
    assert at(bench.desk(), "b/line").state == REJECTED
    desk.session.write_own(at(desk, "b/line"), "\r\n")
    anew = bench.desk()
    assert at(anew, "b/line").chosen == "\n"
    anew.write_all()
    assert bench.text() == "One\ntwo\n"


def test_a_file_that_changed_meanwhile_is_left_and_the_decisions_stay(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y here", "b.txt": "x-y there"})
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"), 0, Scope.RULE)
    bench.put({"a.txt": "x-y here, and more"})
    said = desk.write_all()
    assert "a.txt: not written: changed" in said[0]
    assert desk.failed == {0: said[0].split("not written: ")[1]}
    assert (bench.text(), bench.text("b.txt")) == ("x-y here, and more", "xy there")
    assert at(bench.desk(), "a/dash").state == ACCEPTED
    assert desk.summary().endswith("1 accepted but not written: review again, or scrubber fix.")
    bench.put({"a.txt": "x-y here"})
    desk.write_all()
    assert desk.failed == {}
    assert bench.text() == "xy here"


def test_a_file_that_is_gone_is_one_line(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y here"})
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"))
    (tmp_path / "a.txt").unlink()
    assert "not written: " in desk.write(0)
    assert not (tmp_path / "a.txt").exists()


def test_a_packed_file_is_reviewed_and_never_rewritten(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"x-y here"))
    before = (tmp_path / "a.txt.gz").read_bytes()
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"))
    assert "not written: compressed" in desk.write(0)
    assert (tmp_path / "a.txt.gz").read_bytes() == before
    assert bench.kept


def test_what_is_rejected_stays_so_beside_what_is_repaired(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "one , two three , q four , five"})
    desk = bench.desk()
    session = desk.session
    session.reject(at(desk, "a/mark", 1))
    session.leave(at(desk, "b/odd"))
    session.accept(at(desk, "a/mark"))
    session.accept(at(desk, "a/mark", 2))
    desk.write_all()
    assert bench.text() == "one, two three , q four, five"
    assert [item.state for item in session.items if not item.written] == [REJECTED, "left"]
    assert at(bench.desk(), "a/mark").state == REJECTED


# Datasets


def _rows(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize(
    "ids", [("one", "two"), (1, 2), (1.5, 2.5), ({"k": 1}, {"k": 2}), ([1], [2])]
)
def test_records_are_known_by_their_ids(tmp_path: Path, ids: tuple[object, object]) -> None:
    text = "x-y and q"
    records = [{"id": id, "text": text, "more": [1]} for id in ids]
    bench = Bench(tmp_path).put({"d.jsonl": _rows(*records)})
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"))
    desk.session.reject(at(desk, "b/odd", 1))
    # The next crawl has them in another file and in another order.
    (tmp_path / "d.jsonl").unlink()
    bench.put({"e.jsonl": _rows(*reversed(records))})
    anew = bench.desk()
    assert [at(anew, "a/dash", n).state for n in (0, 1)] == [OPEN, ACCEPTED]
    assert [at(anew, "b/odd", n).state for n in (0, 1)] == [REJECTED, OPEN]
    anew.write_all()
    written = [json.loads(line) for line in bench.text("e.jsonl").splitlines()]
    assert written == [records[1], {**records[0], "text": "xy and q"}]


def test_records_without_ids_are_known_by_the_file_and_their_text(tmp_path: Path) -> None:
    rows = [{"text": f"x-y stands in row {n} of the table, and so on, alas"} for n in range(3)]
    bench = Bench(tmp_path).put({"d.jsonl": _rows(*rows)})
    desk = bench.desk()
    desk.session.reject(at(desk, "a/dash", 1))
    assert [at(desk, "a/dash", n).state for n in range(3)] == [OPEN, REJECTED, OPEN]
    bench.put({"d.jsonl": _rows({"text": "a new first row"}, *rows)})
    anew = bench.desk()
    assert [at(anew, "a/dash", n).state for n in range(3)] == [OPEN, REJECTED, OPEN]


def test_a_damaged_row_stays_and_the_others_are_written(tmp_path: Path) -> None:
    text = '{"text": "x-y"}\nnot JSON\n{"text": "q"}\n'
    bench = Bench(tmp_path).put({"d.jsonl": text})
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"))
    desk.write_all()
    assert bench.text("d.jsonl") == text.replace("x-y", "xy")


# Another file, another crawl


def test_a_like_sentence_in_another_file_is_another_place(tmp_path: Path) -> None:
    text = "The same x-y sentence stands here, with km and q in it."
    bench = Bench(tmp_path).put({"a.txt": text, "b.txt": text})
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"))
    desk.session.accept(at(desk, "b/seam"), 0, Scope.CHANGE)
    desk.session.reject(at(desk, "b/odd"), Scope.WORD)
    assert [at(desk, "a/dash", n).state for n in (0, 1)] == [ACCEPTED, OPEN]
    assert [at(desk, "b/seam", n).state for n in (0, 1)] == [ACCEPTED, ACCEPTED]
    assert [at(desk, "b/odd", n).state for n in (0, 1)] == [REJECTED, REJECTED]
    assert standing(bench.desk()) == standing(desk)


def test_a_crawl_with_moved_paragraphs_keeps_what_was_decided(tmp_path: Path) -> None:
    parts = [
        "Nobody on the old quay could say what became of the x-y after the long war ended.",
        "The harbour board has met twice this year because of the x-y and of what it costs.",
        "Two men who went there to see it came home without x-y, but with a new boat of their own.",
    ]
    bench = Bench(tmp_path).put({"a.txt": "\n\n".join(parts)})
    desk = bench.desk()
    desk.session.reject(at(desk, "a/dash", 0))
    desk.session.accept(at(desk, "a/dash", 2))
    bench.put({"a.txt": "A new lead.\n\n" + "\n".join(reversed(parts)) + "\nq"})
    anew = bench.desk()
    assert [at(anew, "a/dash", n).state for n in range(3)] == [ACCEPTED, OPEN, REJECTED]


def test_what_the_repairs_of_a_whole_rule_uncover_is_written_too(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "one\nfoot\nfoot\ntwo\n"})
    desk = bench.desk()
    desk.session.accept(at(desk, "b/line"), 0, Scope.RULE)
    assert len(desk.write_all()) == 2
    assert bench.text() == "one\ntwo\n"
    assert desk.files.waiting() == []


def test_a_text_of_ones_own_is_put_in_a_place_once_though_another_answer_undoes_it(
    tmp_path: Path,
) -> None:
    bench = Bench(tmp_path).put({"a.txt": "One x-y here, and x-y there."})
    desk = bench.desk()
    desk.session.write_own(at(desk, "a/dash"), "x-y ,")
    desk.session.accept(at(desk, "a/dash"), 0, Scope.CHANGE)
    desk.write_all()
    assert bench.text() == "One x-y , here, and x-y , there."
    desk.session.accept(at(desk, "a/mark"), 0, Scope.RULE)
    desk.write_all()
    assert bench.text() == "One x-y, here, and x-y, there."
    assert [item.state for item in desk.session.by_rule["a/dash"][2:]] == [REJECTED, REJECTED]
    assert desk.files.waiting() == []
