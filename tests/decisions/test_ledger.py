"""The ledger on disk: what is said is there, and nothing that others wrote is ever lost."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path

import pytest

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.ledger import Ledger, LedgerError
from scrubber.model import Document

OTHERS = b'{"verdict": "reject", "scope": "rule", "rule": "o/o", "who": "Orla", "when": "5"}\n'


def _said(rule: str, when: str = "1", verdict: Verdict = Verdict.REJECT) -> Decision:
    return Decision(Key(Scope.RULE, rule), verdict, None, "Ines", when)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / ".scrubber" / "decisions.jsonl", tmp_path)


def test_no_file_is_no_decision(ledger: Ledger) -> None:
    assert ledger.read().entries == ()
    assert not ledger.file.exists()


def test_what_is_appended_is_read_again(ledger: Ledger) -> None:
    assert ledger.append([_said("a/b")]) == 0
    size = ledger.file.stat().st_size
    assert ledger.append([_said("a/c"), _said("a/d")]) == size
    assert [d.key.rule for d in ledger.read().decisions] == ["a/b", "a/c", "a/d"]


def test_git_merges_it_by_union(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append([_said("a/b")])
    attributes = tmp_path / ".scrubber" / ".gitattributes"
    assert attributes.read_text() == "decisions.jsonl merge=union\n"
    attributes.write_text("mine\n")
    ledger.file.unlink()
    ledger.append([_said("a/b")])
    assert attributes.read_text() == "mine\n"
    other = Ledger(tmp_path / "elsewhere" / "d.jsonl", tmp_path)
    other.append([_said("a/b")])
    assert not (tmp_path / "elsewhere" / ".gitattributes").exists()


def test_a_last_line_without_its_end_is_kept_apart(ledger: Ledger) -> None:
    ledger.append([_said("a/b")])
    ledger.file.write_bytes(ledger.file.read_bytes()[:-1])
    before = ledger.append([_said("a/c")])
    assert [d.key.rule for d in ledger.read().decisions] == ["a/b", "a/c"]
    assert ledger.cut(before)
    assert [d.key.rule for d in ledger.read().decisions] == ["a/b"]
    ledger.file.write_bytes(OTHERS + b'{"verdict": "rej')
    ledger.append([_said("a/c")])
    assert len(ledger.read().decisions) == 2
    assert len(ledger.read().problems) == 1


def test_cut_takes_back_what_was_appended_step_by_step(ledger: Ledger) -> None:
    sizes = [ledger.append([_said(f"a/{n}")]) for n in range(3)]
    for left in (2, 1, 0):
        assert ledger.cut(sizes[left])
        assert len(ledger.read().decisions) == left


def test_cut_never_takes_what_others_wrote(ledger: Ledger) -> None:
    ledger.file.parent.mkdir()
    ledger.file.write_bytes(OTHERS)
    assert not Ledger(ledger.file, ledger.root).cut(0)
    first = ledger.append([_said("a/b")])
    with ledger.file.open("ab") as file:
        file.write(OTHERS)
    assert not ledger.cut(first)
    second = ledger.append([_said("a/c")])
    assert ledger.cut(second)
    assert not ledger.cut(first)  # between the two stands what somebody else said
    assert ledger.file.read_bytes().count(OTHERS) == 2
    ledger.file.unlink()
    assert not ledger.cut(second)


def test_what_cannot_be_kept_leaves_nothing_behind(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append([_said("a/b")])
    before = ledger.file.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerError, match=r"decisions\.jsonl: cannot be written: no space left"):
        ledger.append([_said("a/c")])
    assert ledger.file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ledger = Ledger(tmp_path / "file" / "d.jsonl", tmp_path)
    with pytest.raises(LedgerError, match="cannot be written: "):
        ledger.append([_said("a/b")])
    with pytest.raises(LedgerError, match="cannot be read: "):
        Ledger(tmp_path, tmp_path).read()


def test_union_of_two_ledgers_in_any_order_holds_the_same(ledger: Ledger) -> None:
    mine = [_said("a/b", "1"), _said("a/b", "4", Verdict.WITHDRAW), _said("a/c", "2")]
    theirs = [
        Decision(Key(Scope.RULE, "a/b"), Verdict.ACCEPT, None, "Orla", "3"),
        Decision(Key(Scope.RULE, "a/c"), Verdict.ACCEPT, None, "Orla", "5", settles=True),
    ]
    for order in itertools.permutations([*mine, *theirs]):
        book = Book(order)
        assert {d.key.rule: d.who for d in book.held} == {"a/b": "Orla", "a/c": "Orla"}
        assert book.disputes == []


@pytest.mark.parametrize(
    ("id", "known"),
    [
        ("2031/07", "2031/07"),
        (17, 17),
        ({"b": 1, "a": [2]}, json.dumps({"b": 1, "a": [2]})),
        ([1], "[1]"),
        ("d.jsonl/x", "d.jsonl/x"),
    ],
)
def test_a_record_is_known_by_its_own_id(tmp_path: Path, id: object, known: object) -> None:
    ledger = Ledger(tmp_path / "l", tmp_path)
    assert ledger.identity(Document("", id, "d.jsonl")) == known  # type: ignore[arg-type]


def test_what_has_no_id_is_known_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("")
    (tmp_path / "link.txt").symlink_to("sub/a.txt")
    ledger = Ledger(tmp_path / "l", tmp_path)
    monkeypatch.chdir(tmp_path / "sub")
    ways = ["a.txt", "./a.txt", "../sub/a.txt", str(tmp_path / "sub/a.txt"), "../link.txt"]
    assert {ledger.identity(Document("", None, way)) for way in ways} == {"sub/a.txt"}
    record = Document("", "a.txt/7", "a.txt")  # a record without an id: its file and row
    assert ledger.identity(record) == "sub/a.txt"
    assert ledger.identity(Document("", None, "-")) == "-"
    assert ledger.identity(Document("")) == "-"
