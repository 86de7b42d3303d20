from __future__ import annotations

import json
from typing import Any

import odd
import pytest
import readers
import schemas

from scrubber.model import Action, Finding
from scrubber.report import sarif
from scrubber.rules import Rule


def _run(text: str) -> dict[str, Any]:
    schemas.sarif(json.loads(text))
    (run,) = json.loads(text)["runs"]
    return dict(run)


@pytest.mark.parametrize(("told", "found", "code"), [(0, 0, 0), (0, 1, 1), (1, 1, 2), (2, 0, 2)])
def test_the_invocation_says_how_the_run_ended(told: int, found: int, code: int) -> None:
    wrong = [("a.txt", "not {UTF-8}")] * told
    findings = [odd.finding(odd.MARKED["plain"])] * found
    source = odd.plain_file(odd.TEXTS["plain"])
    run = _run(odd.report(sarif.Writer(odd.run()), (source, [findings]), told=wrong))
    (invocation,) = run["invocations"]
    assert invocation["exitCode"] == code
    assert invocation["executionSuccessful"] is (code != 2)
    said = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert said == ["a.txt: not {{UTF-8}}"] * told


def test_the_rules_that_ship_are_described(rules: tuple[Rule, ...]) -> None:
    from scrubber.cli.measuring import measured

    given = odd.run(*rules, measured=measured(rules))
    run = _run(odd.report(sarif.Writer(given)))
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(described) == [rule.id for rule in rules]
    for rule in rules:
        known = described[rule.id]
        assert known["help"]["text"].startswith(known["shortDescription"]["text"])
        assert known["properties"]["action"] == rule.action
    figures = described["links/glued-capital"]["properties"]["measured"]
    assert 0.9 < figures["atLeast"] <= figures["precision"] <= 1


def test_results_point_at_their_rules() -> None:
    rules = odd.rule("tide/other"), odd.rule()
    source = odd.plain_file(odd.TEXTS["plain"])
    stranger = Finding("tide/unlisted", 0, 3, "The", (), Action.REPORT, "m")
    findings = [odd.finding(odd.MARKED["plain"]), stranger]
    run = _run(odd.report(sarif.Writer(odd.run(*rules)), (source, [findings])))
    first, second = run["results"]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    assert "ruleIndex" not in second


def _prints(text: str, *places: int, path: str = "a.txt") -> list[str]:
    findings = [
        Finding("tide/glued", at, at + 6, text[at : at + 6], ("sea but",), Action.FIX, "m")
        for at in places
    ]
    source = odd.plain_file(text, path)
    results = readers.sarif_results(odd.report(sarif.Writer(odd.run()), (source, [findings])))
    return [result["partialFingerprints"][sarif.FINGERPRINT] for result in results]


def test_fingerprints_stay_when_lines_above_change() -> None:
    near = "It rained on the quay all day. The seaBut was calm, and nobody knew why it was so.\n"
    (before,) = _prints(near, near.index("seaBut"))
    above = "A line.\r\nAnother “line”.\n\n"
    text = above + near + "One below.\n"
    assert _prints(text, text.index("seaBut")) == [before]
    assert _prints(near, near.index("seaBut"), path="./a.txt") == [before]
    assert _prints(near, near.index("seaBut"), path="b.txt") != [before]
    assert _prints(near.replace("calm", "wild"), near.index("seaBut")) != [before]


def test_fingerprints_of_one_file_differ() -> None:
    line = "It rained on the quay all day long. The seaBut was calm, and nobody knew why it was.\n"
    text = line * 3
    places = [at * len(line) + line.index("seaBut") for at in range(3)]
    prints = _prints(text, *places)
    assert len(set(prints)) == 3
    assert _prints(text, *places) == prints


def test_standard_input_is_a_dash() -> None:
    source = odd.plain_file(odd.TEXTS["plain"], "-")
    found = odd.finding(odd.MARKED["plain"])
    (result,) = readers.sarif_results(odd.report(sarif.Writer(odd.run()), (source, [[found]])))
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "-", "description": {"text": "Standard input."}}
