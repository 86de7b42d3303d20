from __future__ import annotations

import pickle
from pathlib import Path

from scrubber import engine
from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.model import Change, Record
from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.ledger import Ledger
from scrubber.edits import apply
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule

GLUED = "The mayor signed the treatyBut the council refused.\n"


def test_clean_records_are_not_spoken_of(rules: tuple[Rule, ...]) -> None:
    cleaner = Cleaner(rules)
    assert cleaner.changes([], "a.jsonl") == {}
    assert cleaner.changes([Record(0, "x", ("", "The ferry leaves at nine.\n"))], "a.jsonl") == {}
    assert cleaner.faults == []


def test_it_does_what_the_engine_does_in_each_field(rules: tuple[Rule, ...]) -> None:
    record = Record(7, "x", ("Fine.\n", GLUED, "", GLUED * 2))
    changes = Cleaner(rules).changes([record], "a.jsonl")
    assert [change.field for change in changes[7]] == [1, 3]
    for change in changes[7]:
        text = record.texts[change.field]
        assert change.edits == engine.settle(Document(text), rules).edits
        assert change.text == apply(text, change.edits)
        assert change.actions == ("fix",) * len(change.edits)
        assert change.decisions == (None,) * len(change.edits)


def test_markup_is_read_as_the_name_of_the_file_says(rules: tuple[Rule, ...]) -> None:
    record = Record(0, "x", (f"`{GLUED[:-1]}`\n",))
    assert Cleaner(rules).changes([record], "a.md") == {}
    assert Cleaner(rules).changes([record], "a/b.jsonl").keys() <= {0}
    assert Cleaner(rules).changes([Record(0, "x", (GLUED,))], "a.md").keys() == {0}


class Seen:
    """A judge that accepts all, and notes what documents are known by."""

    def __init__(self, root: Path) -> None:
        self._ledger = Ledger(root / "decisions", root)
        self.names: list[object] = []

    def judge(self, document: Document, finding: Finding) -> Finding:
        self.names.append(self._ledger.identity(document))
        return finding._replace(decided=1)


def test_decisions_are_asked_for_by_the_same_names_as_in_a_check(
    rules: tuple[Rule, ...], tmp_path: Path
) -> None:
    seen = Seen(tmp_path)
    cleaner = Cleaner(rules, judging=seen)
    for record in (Record(0, "own", (GLUED,)), Record(1, "a.jsonl/1", (GLUED,))):
        changes = cleaner.changes([record], str(tmp_path / "sub" / "a.jsonl"))
        assert changes[record.row][0].decisions == ("accepted",)
    assert list(dict.fromkeys(seen.names)) == ["own", "sub/a.jsonl"]


class Never:
    """A judge that rejects all."""

    def judge(self, document: Document, finding: Finding) -> Finding | None:
        return None


def test_a_judge_may_reject(rules: tuple[Rule, ...]) -> None:
    assert Cleaner(rules, judging=Never()).changes([Record(0, "x", (GLUED,))], "a.jsonl") == {}


def test_rules_that_never_end_are_a_fault_and_change_nothing(rules: tuple[Rule, ...]) -> None:
    endless = rules[0]._replace(
        id="own/endless",
        action=Action.FIX,
        detector="pattern",
        hints=(),
        unless=(),
        languages=frozenset(),
        params={"match": "x", "replace": ["xx"]},
    )
    cleaner = Cleaner([endless])
    assert cleaner.changes([Record(3, "id", ("x",)), Record(4, "id", ("y",))], "a.jsonl") == {}
    assert [row for row, _ in cleaner.faults] == [3]
    assert cleaner.changes([Record(5, "id", ("y",))], "a.jsonl") == {}
    assert cleaner.faults == []


def test_it_can_be_sent_to_a_worker_with_what_people_decided(
    rules: tuple[Rule, ...], tmp_path: Path
) -> None:
    from scrubber.cli import decided
    from scrubber.decisions.book import Book
    from scrubber.decisions.lines import Content, Entry

    own = Decision(Key(Scope.CHANGE, "links/glued-capital", "treatyBut"), Verdict.REPLACE, "x; y")
    ledger = Ledger(tmp_path / "decisions", tmp_path)
    said = decided.Decided(ledger, Content([Entry(1, own)]), Book([own]))
    cleaner = pickle.loads(pickle.dumps(Cleaner(rules, judging=said)))
    found: list[Change] = cleaner.changes([Record(0, "i", (GLUED,))], "a.jsonl")[0]
    assert found[0].text == GLUED.replace("treatyBut", "x; y")
    assert found[0].decisions == ("accepted",)
