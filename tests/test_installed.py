"""Packs that installed packages offer, tried by packages made here on a path of their own."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scrubber import engine, examples, installed, packs
from scrubber.model import Document

PACK = """
[[rule]]
id = "shouting"
about = "A word in capitals."
why = "Our house whispers."
safety = "A person has to look."
action = "suggest"
detector = "DETECTOR"
example = [{ bad = "He cried ⟦LOUD⟧ there.", good = "He cried loud there." }, { ok = "He cried." }]

[[allow]]
rules = ["links"]
words = ["treatyBut"]
"""
DETECTOR = """
import re
from scrubber.model import Match

def find(document, *, least: int = 4):
    for hit in re.finditer("[A-Z]{%d,}" % least, document.text):
        yield Match(hit.start(), hit.end(), (hit[0].lower(),))
"""
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    site = tmp_path / "site"
    monkeypatch.syspath_prepend(site)
    installed.find.cache_clear()

    def made(detector: str = "shouting", code: str = DETECTOR, package: str = "acme_rules") -> Path:
        folder = site / package
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("")
        (folder / "house.toml").write_text(PACK.replace("DETECTOR", detector))
        (folder / "shouting.py").write_text(code)
        about = site / f"{package}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[scrubber.packs]\nacme = {package}\n")
        importlib.invalidate_caches()
        return site

    yield made
    installed.find.cache_clear()
    for name in [name for name in sys.modules if name.startswith("acme_")]:
        del sys.modules[name]


def test_a_package_offers_rules_and_detectors(make: Make) -> None:
    make()
    found = packs.installed(installed.find("acme"))
    assert found.mistakes == ()
    (rule,) = found.rules
    assert (rule.id, rule.detector) == ("house/shouting", "acme_rules.shouting")
    assert list(examples.run(rule)) == []
    together = packs.joined(packs.built_in(), found)
    (finding,) = engine.find(Document("The treatyBut LOUD.\n"), together.rules)[0]
    assert (finding.rule, finding.proposals) == ("house/shouting", ("loud",))


def test_scrubbers_own_detectors_may_be_used_too(make: Make) -> None:
    make(detector="doubled-word")
    (rule,) = packs.installed(installed.find("acme")).rules
    assert rule.detector == "doubled-word"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("import none_such", "detector: acme_broken.shouting cannot be used: ModuleNotFoundError"),
        ("def find(", "cannot be used: SyntaxError"),
        ("", "cannot be used: AttributeError"),
    ],
)
def test_code_that_cannot_be_used_costs_its_rules(make: Make, code: str, problem: str) -> None:
    from scrubber import detectors

    make(code=code, package="acme_broken")
    found = packs.installed(installed.find("acme"))
    assert found.rules == ()
    assert problem in str(found.mistakes[0])
    detectors.get.cache_clear()


def test_what_nobody_offers(make: Make) -> None:
    with pytest.raises(installed.NotOfferedError, match='no file, folder or installed pack "acme"'):
        installed.find("acme")
    make()
    with pytest.raises(installed.NotOfferedError, match='"acne", did you mean "acme"'):
        installed.find("acne")


def test_a_package_without_packs(make: Make) -> None:
    (make() / "acme_rules" / "house.toml").unlink()
    with pytest.raises(installed.NotOfferedError, match='"acme" has no TOML files: see acme_rules'):
        installed.find("acme")


def test_a_stamp_changes_with_the_code(make: Make) -> None:
    site = make()
    before = installed.stamp("acme_rules")
    assert installed.stamp("acme_rules") == before
    (site / "acme_rules" / "more.py").write_text("x = 1\n")
    assert installed.stamp("acme_rules") != before


def test_a_local_pack_imports_nothing(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK.replace("DETECTOR", "acme_rules.shouting"))
    found = packs.local([tmp_path])
    assert found.rules == ()
    assert "detector: must be a detector's own name, without a dot" in str(found.mistakes[0])
    (tmp_path / "own.toml").write_text(PACK.replace("DETECTOR", "shouting"))
    (tmp_path / "shouting.py").write_text("raise SystemExit('imported')")
    assert 'no detector "shouting"' in str(packs.local([tmp_path]).mistakes[0])


def test_settings_name_it_and_nothing_is_looked_up_before(make: Make, tmp_path: Path) -> None:
    site = make()
    (tmp_path / "a.txt").write_text("The sea LOUD.\n")
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from scrubber.cli import main; main()"

    def run(*args: str) -> str:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", code, str(site), *args],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    settings = tmp_path / "scrubber.toml"
    settings.write_text("packs = ['own.toml']\n")
    (tmp_path / "own.toml").write_text("")
    done = run("check", "a.txt")
    assert "No findings in 1 file." in done
    assert "importlib.metadata" not in done
    settings.write_text("packs = ['acme']\n")
    assert "a.txt:1:9: suggest house/shouting" in run("check", "a.txt")
    assert "2 examples of 1 rule, 0 failures." in run("test", "--own")
    assert "2 examples of 1 rule, 0 failures." in run("test", "acme")
    settings.write_text("packs = [\n'acne']\n")
    told = 'scrubber: scrubber.toml:2: packs: no file, folder or installed pack "acne", did you'
    assert told in run("check", "a.txt")
    (tmp_path / "acne").mkdir()
    assert "No findings in 1 file." in run("check", "a.txt")
