from __future__ import annotations

import xml.etree.ElementTree as ET

import odd
from hypothesis import given
from hypothesis import strategies as st

from scrubber.documents.source import Source
from scrubber.model import Action, Finding
from scrubber.report import junit
from scrubber.report.writers import Told


def _parsed(*sources: tuple[Source, odd.Findings], told: Told = ()) -> ET.Element:
    tree = ET.fromstring(odd.report(junit.Writer(odd.run()), *sources, told=told))
    (suite,) = tree
    cases = suite.findall("testcase")
    for element in (tree, suite):
        assert int(element.attrib["tests"]) == len(cases)
        assert int(element.attrib["failures"]) == len(list(suite.iter("failure")))
        assert int(element.attrib["errors"]) == len(list(suite.iter("error")))
    return suite


@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=20))
def test_any_text_can_be_parsed(text: str, path: str) -> None:
    found = Finding("tide/glued", 0, 0, "", (text,), Action.FIX, text)
    suite = _parsed((odd.plain_file("x\n", f"{path}.txt"), [[found]]), told=[(path, text)])
    case, error = suite.findall("testcase")
    assert case.attrib["classname"] == error.attrib["classname"] == "scrubber"
    if text.isprintable():
        assert text in str(case[0].text)
        assert error[0].attrib["message"] == text


def test_every_code_point() -> None:
    text = "".join(map(chr, range(0x110000)))
    (case,) = _parsed(told=[("a", text)]).findall("testcase")
    assert case[0].attrib["message"].startswith("\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\t\n")


def test_a_clean_run_has_passing_cases() -> None:
    clean = odd.plain_file("All is well.\n", "a.txt")
    empty = odd.plain_file("", "b.jsonl")
    suite = _parsed((clean, [[]]), (empty, []))
    assert [case.attrib["name"] for case in suite] == ["a.txt", "b.jsonl"]
    assert all(len(case) == 0 for case in suite)


def test_a_text_that_could_not_be_worked_on_does_not_pass() -> None:
    """Its source is opened, and no document of it is added."""
    (case,) = _parsed(
        (odd.plain_file("x", "a.txt"), []), told=[("a.txt", "rules undo each other's work")]
    )
    assert case.attrib["name"] == "a.txt"
    assert case[0].tag == "error"


def test_a_case_lists_the_findings_of_all_records() -> None:
    rows = odd.dataset(["The seaBut.", "The seaBut."], ascii_only=True)
    found = [Finding("tide/glued", 4, 10, "seaBut", ("sea but",), Action.SUGGEST, "m")]
    (case,) = _parsed((rows, [[], found, found]))
    assert case[0].attrib == {"message": "2 findings: 2 suggest", "type": "suggest"}
    assert str(case[0].text).strip().split("\n") == [
        "1:5: suggest tide/glued: m (record 0) → “sea but”",
        "1:5: suggest tide/glued: m (record 1) → “sea but”",
    ]
