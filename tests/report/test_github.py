from __future__ import annotations

import odd
import readers
from hypothesis import given
from hypothesis import strategies as st

from scrubber.model import Action, Finding
from scrubber.report import github

_ANY = st.text(st.one_of(st.sampled_from("%:,\r\n"), st.characters()), max_size=20)


@given(_ANY, _ANY, _ANY)
def test_what_is_escaped_comes_back(path: str, title: str, text: str) -> None:
    line = github.command("error", {"file": path, "title": title}, text)
    assert line.count("\n") == 1
    assert "\r" not in line
    properties, _, _ = line.removeprefix("::error file=").partition("::")
    assert ":" not in properties
    assert properties.count(",") == 1
    read = readers.github_command(line.removesuffix("\n"))
    assert read == ("error", {"file": path, "title": title}, text)


def _findings(*actions: Action) -> list[Finding]:
    return [Finding("tide/glued", 0, 1, "a", (), action, "m") for action in actions]


def _levels(*actions: Action, told: int = 0) -> list[str]:
    writer = github.Writer(odd.run())
    source = odd.plain_file("a\n")
    wrong = [("b.txt", "no such file")] * told
    text = odd.report(writer, (source, [_findings(*actions)]), told=wrong)
    return [readers.github_command(line).name for line in text.split("\n")[:-1]]


def test_the_worst_go_first() -> None:
    given = Action.REPORT, Action.SUGGEST, Action.FIX, Action.SUGGEST, Action.FIX
    assert _levels(*given) == ["error", "error", "warning", "warning", "notice"]


def test_what_github_does_not_show_is_counted() -> None:
    assert _levels(*[Action.FIX] * 10) == ["error"] * 10
    assert _levels(*[Action.FIX] * 11) == ["notice"] + ["error"] * 11
    assert _levels(*[Action.FIX] * 10, told=1) == ["notice"] + ["error"] * 11
    writer = github.Writer(odd.run())
    findings = _findings(*[Action.FIX] * 12, *[Action.SUGGEST] * 3, *[Action.REPORT] * 10)
    text = odd.report(writer, (odd.plain_file("a\n"), [findings]))
    said = readers.github_command(text.split("\n")[0]).text
    assert said.endswith("in the log only: 2 errors, 1 notice")
