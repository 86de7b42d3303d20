from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scrubber import config
from scrubber.config import Settings
from scrubber.config.values import Allowed, Trust

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    return written


def test_a_project_without_settings_has_none(tmp_path: Path, write: Write) -> None:
    file = write("scrubber.toml", "")
    assert config.load(tmp_path) == Settings(folder=tmp_path, file=file)
    write("pyproject.toml", "[tool.scrubber]\nfield = 'body'\n")
    assert config.load(tmp_path).field == "text"


def test_the_nearest_file_is_found_upwards(tmp_path: Path, write: Write) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    write("pyproject.toml", '[tool.scrubber]\nselect = ["links"]\n')
    write("a/pyproject.toml", "[project]\nname = 'scrubber'\n")
    found = config.load(below)
    assert (found.select, found.folder) == (("links",), tmp_path)
    write("a/scrubber.toml", 'ignore = ["case"]\nfield = "body"\n')
    found = config.load(below)
    assert (found.select, found.ignore, found.field) == ((), ("case",), "body")


def test_a_file_may_be_named(tmp_path: Path, write: Write) -> None:
    file = write("own.toml", '\ufeffselect = ["links"]\r\n')
    assert config.load(Path("/"), file).select == ("links",)
    with pytest.raises(config.SettingsError, match="cannot be read"):
        config.load(tmp_path, tmp_path / "none.toml")


def test_a_file_is_read_once_and_its_mistake_told_each_time(tmp_path: Path, write: Write) -> None:
    file = write("scrubber.toml", "slect = 1")
    finder = config.Finder()
    told = []
    for folder in (tmp_path, tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(config.SettingsError) as error:
            finder.of(str(folder))
        told.append(error.value)
        file.unlink(missing_ok=True)
    assert len(set(map(id, told))) == 1


def test_a_repository_or_a_ledger_is_found_upwards(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / ".scrubber").mkdir()
    finder = config.Finder()
    assert finder.root(str(inner)) == str(tmp_path / "a")
    assert finder.root(str(tmp_path)) == str(tmp_path)


def test_every_key(tmp_path: Path, write: Write) -> None:
    file = write(
        "scrubber.toml",
        """
        select = ["links"]
        extend = ["c4"]
        ignore = ["case"]
        exclude = ["old", "docs/*.md"]
        allow = ["iPhone", { words = ["DeSantis"], rules = ["links", "case"] }, "x y"]
        packs = ["own.toml"]
        field = "body"
        id = "key"
        decisions = "said.jsonl"
        [per-file-ignores]
        "news/**" = ["footers"]
        [language]
        "de/*" = "de"
        "*.txt" = "hsb"
        [actions]
        case = "report"
        "links/glued-stop" = { action = "fix", reason = "All of\\n  ours." }
        """,
    )
    assert config.load(tmp_path) == Settings(
        select=("links",),
        extend=("c4",),
        ignore=("case",),
        per_file_ignores=(("news/**", ("footers",)),),
        exclude=("old", "docs/*.md"),
        allow=(Allowed(("iPhone", "x y")), Allowed(("DeSantis",), ("links", "case"), 1)),
        actions=(Trust("case", "report"), Trust("links/glued-stop", "fix", "All of ours.")),
        language=(("de/*", "de"), ("*.txt", "hsb")),
        packs=("own.toml",),
        field="body",
        id="key",
        decisions="said.jsonl",
        folder=tmp_path,
        file=file,
    )


MISTAKES = [
    ('\nslect = ["links"]', '2: slect: unknown setting, did you mean "select"?'),
    ("per_file_ignores = 1", '1: per_file_ignores: unknown setting, did you mean "per-file-'),
    ('select = "links"', "1: select: must be a list of texts"),
    ('ignore = [\n"a",\n3]', "3: ignore: must be a list of texts"),
    ('select = ["a", " "]', "1: select: is empty"),
    ("field = 3", "1: field: must be a text"),
    ("\nselect = [", "2: not valid TOML"),
    ("a = 1\nb = = 2\n", "2: not valid TOML: Invalid value in column 5"),
    ("x = " + "[" * 3000, "1: not valid TOML"),
    ('packs = ["a\\u0000b"]', "1: packs: holds a NUL character"),
    ('exclude = [\n  "a/**",  # "!b"\n  "!b",\n]', '3: exclude: a glob cannot begin with "!"'),
    ('exclude = ["../a"]', '1: exclude: "../a" names nothing below'),
    ("exclude = ['[z-a]']", '1: exclude: "[z-a]" is no glob'),
    ("[per-file-ignores]\na = ['x']\n'b/c' = 'x'", '3: per-file-ignores."b/c": must be a list'),
    ("per-file-ignores = ['a']", "1: per-file-ignores: must be a table"),
    ("allow = 'a'", "1: allow: must be a list of words, or of tables"),
    ("allow = [\n'a',\n{ words = ['b'] },\n]", "3: allow.rules: is missing"),
    ("[[allow]]\nwords = ['b']\nrules = []", "3: allow.rules: is empty"),
    ("[[allow]]\nword = ['b']", '2: allow.word: unknown key, did you mean "words"?'),
    ("[language]\n'a' = 'de'\n'b' = 'ger'", '3: language.b: no language "ger", did you mean "de"?'),
    ("language.'b' = 'pt-BR'", '1: language.b: no language "pt-BR", did you mean "pt"?'),
    ("language = { '*' = 'english' }", '1: language."*": no language "english", give a code'),
    ("language = 'de'", "1: language: must be a table"),
    ("[actions]\ncase = 'reprot'", "2: actions.case: must be fix, suggest or report, did you mean"),
    ("[actions]\ncase = { action = 'fix' }", "2: actions.case.reason: is missing"),
    ("actions.case = { action = 'fix', why = 'x' }", "1: actions.case.why: unknown key"),
    ("[actions.case]\nreason = 'x'", "1: actions.case: must be fix, suggest or report"),
]


@pytest.mark.parametrize(("content", "told"), MISTAKES, ids=[told for _, told in MISTAKES])
def test_a_mistake_is_one_line_with_file_and_line(
    tmp_path: Path, write: Write, content: str, told: str
) -> None:
    file = write("scrubber.toml", content)
    with pytest.raises(config.SettingsError) as error:
        config.load(tmp_path)
    assert str(error.value).startswith(f"{file}:{told}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[a]\nselect = 1\n\n[tool.scrubber]\nselect = 1\n", "5: select: must be a list"),
        ("[tool]\n\nscrubber = 'x'\n", "3: tool.scrubber: must be a table: [tool.scrubber]"),
        ("tool.scrubber.actions.x = 3\n", "1: actions.x: must be fix, suggest or report"),
    ],
)
def test_a_mistake_in_a_pyproject(tmp_path: Path, write: Write, content: str, told: str) -> None:
    file = write("pyproject.toml", content)
    with pytest.raises(config.SettingsError) as error:
        config.load(tmp_path)
    assert str(error.value).startswith(f"{file}:{told}")


def test_a_file_below_the_current_folder_is_named_from_there(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("docs/scrubber.toml", "x = 1")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(config.SettingsError, match=r"^docs/scrubber\.toml:1: x: "):
        config.load(tmp_path / "docs")
