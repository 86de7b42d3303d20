"""What the README shows is what the tool does."""

from __future__ import annotations

import re
from pathlib import Path

from scrubber import config, diff, engine, examples, packs
from scrubber import rules as rule_files
from scrubber.config.applied import applied
from scrubber.config.values import KEYS
from scrubber.documents import source
from scrubber.report import text
from scrubber.rule_checks import check
from scrubber.rules import Rule

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_before_and_after(rules: tuple[Rule, ...]) -> None:
    held = source.read(ROOT / "corpus" / "sample.txt")
    outcome = engine.settle(held.documents[0], rules)
    shown = diff.unified("corpus/sample.txt", held.text, outcome.edits)
    for line in _blocks("diff")[0].splitlines():
        assert line in shown.splitlines()


def test_the_findings(rules: tuple[Rule, ...]) -> None:
    held = source.read(ROOT / "corpus" / "sample.txt")
    document = held.documents[0]
    outcome = engine.settle(document, rules)
    shown = "\n\n".join(text.finding_lines(document, finding) for finding in outcome.findings)
    shown = shown.replace(str(ROOT) + "/", "")
    (block,) = (block for block in _blocks("text") if block.startswith("$ scrubber check"))
    for part in block.split("\n", 1)[1].strip("\n").split("\n\n"):
        assert part in shown


def test_the_rule() -> None:
    (pack,) = (block for block in _blocks("toml") if "[[rule]]" in block)
    found, mistakes = rule_files.load(pack, "own.toml", "own", check)
    assert mistakes == []
    assert list(examples.run(found[0])) == []


def test_the_settings(tmp_path: Path) -> None:
    (block,) = (block for block in _blocks("toml") if "[tool.scrubber]" in block)
    (tmp_path / "pyproject.toml").write_text(block, encoding="utf-8")
    settings = config.load(tmp_path)
    assert all(getattr(settings, key.replace("-", "_")) for key in KEYS)
    every = packs.built_in(None).rules
    assert {rule.action for rule in applied(settings, every) if rule.changed} == {"fix", "suggest"}


def test_the_two_commands_are_there() -> None:
    commands = [block.strip() for block in _blocks("sh")]
    assert sum(line.startswith("python3 -m venv") for line in commands) == 2
