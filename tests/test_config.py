from __future__ import annotations

from pathlib import Path

import pytest

from scrubber import config


def test_the_nearest_file_is_found_upwards(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.scrubber]\nselect = ["links"]\n')
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'scrubber'\n")
    found = config.load(below)
    assert (found.select, found.folder) == (("links",), tmp_path)
    (tmp_path / "a" / "scrubber.toml").write_text('ignore = ["case"]\nfield = "body"\n')
    found = config.load(below)
    assert (found.select, found.ignore, found.field) == ((), ("case",), "body")


def test_a_file_may_be_named(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('select = ["links"]\n')
    assert config.load(Path("/"), file).select == ("links",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('slect = ["links"]', 'scrubber.toml:1: slect: unknown setting, did you mean "select"?'),
        ('select = "links"', "select: must be a list of texts"),
        ("field = 3", "field: must be a text"),
        ("select = [", "not valid TOML"),
        ("x = " + "[" * 3000, "not valid TOML"),
        ('packs = ["a\\u0000b"]', "packs: holds a NUL character"),
    ],
)
def test_a_mistake_is_one_line_with_the_file(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "scrubber.toml").write_text(content)
    with pytest.raises(config.SettingsError) as error:
        config.load(tmp_path)
    assert str(error.value).startswith(str(tmp_path / "scrubber.toml"))
    assert problem in str(error.value)
    assert "\n" not in str(error.value)


def test_a_project_without_settings_has_none(tmp_path: Path) -> None:
    (tmp_path / "scrubber.toml").write_text("")
    file = tmp_path / "scrubber.toml"
    assert config.load(tmp_path) == config.Settings(folder=tmp_path, file=file)
    with pytest.raises(config.SettingsError, match="cannot be read"):
        config.load(tmp_path, tmp_path / "none.toml")
