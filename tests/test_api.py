from __future__ import annotations

import itertools
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import scrubber
from scrubber import Scrubber, engine
from scrubber.model import Document
from scrubber.rules import Rule

sys.path.insert(0, str(Path(__file__).with_name("bulk")))
import prose

FINE = "The ferry leaves the harbour at nine.\n"
GLUED = "The mayor signed the treatyBut the council refused.\n"
DOUBTED = "We waited until the end of The summer, and the boats went out.\n"


@pytest.fixture(scope="module")
def plain() -> Scrubber:
    return Scrubber()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    drawn = itertools.islice(prose.texts(11, 0.7), 24)
    return [*(text for text, _ in drawn), "", FINE, GLUED, DOUBTED]


def test_a_clean_text_comes_back_as_the_same_object(plain: Scrubber) -> None:
    assert plain.clean("").text == ""
    assert plain.clean(FINE).text is FINE
    assert plain.clean(FINE) == scrubber.Cleaned(FINE)
    (done,) = plain.clean_many([FINE])
    assert done.text is FINE
    assert done == scrubber.Repaired(FINE)
    assert plain.findings(FINE) == ()
    assert list(plain.clean_many([])) == []


def test_it_does_what_the_engine_does(
    plain: Scrubber, texts: list[str], rules: tuple[Rule, ...]
) -> None:
    for text in texts:
        outcome = engine.settle(Document(text, ""), rules)
        done = plain.clean(text)
        assert (done.text, done.edits, done.findings) == (
            outcome.text,
            outcome.edits,
            outcome.findings,
        )
        assert plain.findings(text) == outcome.findings
        assert done.original == text


@pytest.mark.parametrize("suggested", [False, True])
def test_many_are_cleaned_as_each_alone(suggested: bool, texts: list[str]) -> None:
    one = Scrubber(suggested=suggested)
    together = list(one.clean_many(texts))
    assert sum(done.text != text for done, text in zip(together, texts, strict=True)) > 8
    for done, text in zip(together, texts, strict=True):
        alone = one.clean(text)
        assert (done.text, done.edits, done.actions) == (alone.text, alone.edits, alone.actions)
        assert done.original == text
    assert any("suggest" in done.actions for done in together) is suggested


def test_texts_stream_through_in_blocks(plain: Scrubber, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    def endless() -> Iterator[str]:
        for number in itertools.count():
            taken.append(number)
            yield GLUED if number % 2 else FINE

    monkeypatch.setattr("scrubber.api.MOST", 3)
    done = plain.clean_many(endless())
    assert taken == []
    assert [one.text == FINE for one in itertools.islice(done, 7)] == [True, False] * 3 + [True]
    assert len(taken) == 9


def test_suggestions_are_taken_on_request() -> None:
    assert Scrubber().clean(DOUBTED).text == DOUBTED
    done = Scrubber(suggested=True).clean(DOUBTED)
    assert (
        done.text == DOUBTED.replace("The", "the")[:3].title() + DOUBTED.replace("The", "the")[3:]
    )
    assert done.actions == ("suggest",)
    assert [finding.rule for finding in Scrubber().findings(DOUBTED)] == list(done.edits[0].rules)


def test_rules_are_chosen_as_on_the_command_line(tmp_path: Path) -> None:
    assert set(Scrubber(select=["links", "case/stray"]).rules) == {
        name for name in Scrubber().rules if name.startswith(("links", "case/stray"))
    }
    assert Scrubber(ignore=["links"]).clean(GLUED).text == GLUED
    assert set(Scrubber(extend=["c4"]).rules) > set(Scrubber().rules)
    pack = tmp_path / "own.toml"
    pack.write_text(PACK, encoding="utf-8")
    assert Scrubber(packs=[pack], select=["own"]).clean("A wombat.").text == "A quokka."
    settings = tmp_path / "scrubber.toml"
    settings.write_text('packs = ["own.toml"]\nselect = ["own", "links"]\nallow = ["treatyBut"]\n')
    set_so = Scrubber(config=settings)
    assert set_so.clean("A wombat. " + GLUED).text == "A quokka. " + GLUED
    assert Scrubber(config=settings, select=["own"]).rules == ("own/wombat",)


PACK = """
[[rule]]
id = "wombat"
about = "The animal is another."
why = "The keepers say so."
safety = "It is a test."
action = "fix"
match = 'wombat'
replace = ["quokka"]
[[rule.example]]
bad = "A ⟦wombat⟧."
good = "A quokka."
[[rule.example]]
ok = "A koala."
"""


def test_markup_and_language_are_as_said(plain: Scrubber) -> None:
    code = f"    {GLUED}"
    assert Scrubber(filename="page.md").clean(code).text == code
    assert next(Scrubber(filename="page.md").clean_many([code])).text == code
    german = Scrubber(language="de", select=["case"])
    assert german.findings(DOUBTED) == ()
    assert Scrubber(language="en", select=["case"]).findings(DOUBTED)


def test_comments_in_a_text_are_text(plain: Scrubber) -> None:
    text = f"<!-- scrubber: off -->\n\n{GLUED}"
    assert plain.clean(text).text != text
    assert next(plain.clean_many([text])).text == plain.clean(text).text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"select": ["linsk"]}, 'no rule begins with "linsk", did you mean "links'),
        ({"ignore": [" "]}, "an empty prefix names no rule"),
        ({"packs": ["/nowhere/own.toml"]}, "/nowhere/own.toml: no such file or directory"),
        ({"config": "/nowhere/scrubber.toml"}, "/nowhere/scrubber.toml: cannot be read"),
        ({"language": "english"}, 'no language "english"'),
    ],
)
def test_a_choice_that_means_nothing_is_an_error(given: dict[str, object], told: str) -> None:
    with pytest.raises(scrubber.ChoiceError) as error:
        Scrubber(**given)  # type: ignore[arg-type]
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_pack_with_a_mistake_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK.replace('"fix"', '"mend"'), encoding="utf-8")
    with pytest.raises(scrubber.ChoiceError, match=r"own\.toml: .*action"):
        Scrubber(packs=[tmp_path])


def test_what_is_no_text_is_an_error(plain: Scrubber) -> None:
    with pytest.raises(TypeError, match="not NoneType"):
        plain.clean(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not bytes"):
        list(plain.clean_many([FINE, b""]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match="several texts"):
        list(plain.clean_many(FINE))
    with pytest.raises(TypeError, match=r"select=\['links'\]"):
        Scrubber(select="links")


def test_rules_that_never_settle_leave_the_text_and_say_so(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(ENDLESS, encoding="utf-8")
    never = Scrubber(packs=[tmp_path / "own.toml"], select=["own"])
    done = never.clean("An axe.")
    assert (done.text, done.edits) == ("An axe.", ())
    assert "never ends" in done.faults[0]
    assert never.findings("An axe.") == ()
    fine, wrong = never.clean_many(["A saw.", "An axe."])
    assert (fine.faults, wrong) == ((), scrubber.Repaired("An axe.", faults=done.faults))


ENDLESS = PACK.replace("wombat", "x").replace("quokka", "xx")


def test_it_is_pickled_with_its_rules_and_the_same_in_each_run(tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(PACK, encoding="utf-8")
    made = Scrubber(packs=[pack], suggested=True, filename="a.md")
    list(made.clean_many([GLUED]))  # what is made on first use does not go along
    data = pickle.dumps(made)
    code = (
        "import pickle, sys, scrubber\n"
        f"made = scrubber.Scrubber(packs=[{str(pack)!r}], suggested=True, filename='a.md')\n"
        "sys.stdout.buffer.write(pickle.dumps(made))"
    )
    command = [sys.executable, "-c", code]
    for seed in "12":
        environment = {"PYTHONHASHSEED": seed, "SCRUBBER_CACHE_DIR": str(tmp_path / seed)}
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert done.stdout == data
    pack.unlink()
    again = pickle.loads(data)
    assert again.rules == made.rules
    assert again.clean("A wombat.\n\n    A wombat.\n").text == "A quokka.\n\n    A wombat.\n"
    assert pickle.dumps(again) == data


def test_threads_may_share_one(plain: Scrubber, texts: list[str]) -> None:
    wanted = [done.text for done in plain.clean_many(texts[:8])]

    def work(number: int) -> list[str]:
        if number % 2:
            return [plain.clean(text).text for text in texts[:8]]
        return [done.text for done in plain.clean_many(texts[:8])]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(4))) == [wanted] * 4


def test_the_command_does_not_load_it() -> None:
    code = (
        "import sys, scrubber, scrubber.cli.check\n"
        "assert not {'scrubber.api', 'scrubber.bulk'} & set(sys.modules)\n"
        "assert set(scrubber.__all__) <= set(dir(scrubber)) and scrubber.Scrubber\n"
        "assert not hasattr(scrubber, 'Scrubbing')"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
