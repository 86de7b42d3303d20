"""A settings file read and checked: what stands under each key, and which mistakes there are."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scrubber import kept
from scrubber.config import Settings, SettingsError
from scrubber.config.globs import GlobError, pattern
from scrubber.rules import nearest

_Key = tuple[str | int, ...]

_PREFIXES = ("select", "extend", "ignore")
_TEXTS = ("field", "id", "decisions", "baseline", "second-opinion")
_TABLES = ("per-file-ignores", "language", "actions")
KEYS = (*_PREFIXES, "per-file-ignores", "exclude", "allow", "actions", "language", "packs", *_TEXTS)
_ACTIONS = ("fix", "suggest", "report")


class Allowed(NamedTuple):
    """Words in which no rule finds anything whose id begins with one of `rules`.

    `number` is the place in the list `allow`, of those for some rules.
    """

    words: tuple[str, ...]
    rules: tuple[str, ...] = ("",)
    number: int = 0


class Trust(NamedTuple):
    """What rules may do whose ids begin with `prefix`; `reason` is why it may be more."""

    prefix: str
    action: str
    reason: str = ""


class _WrongError(Exception):
    """What is wrong under which key of the table."""

    def __init__(self, key: _Key, problem: str) -> None:
        super().__init__(problem)
        self.key, self.problem = key, problem


def read(file: Path) -> Settings | None:
    """Return the settings of a file; None for a `pyproject.toml` without `[tool.scrubber]`.

    Raises:
        SettingsError: it cannot be read or holds a mistake.
    """
    try:
        data = _parsed(file.read_bytes())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SettingsError(f"{_shown(file)}: cannot be read: {reason}") from None
    except (ValueError, RecursionError) as error:  # tomllib lets both through
        raise SettingsError(_unparsed(file, error)) from None
    table: Any = data
    if file.name == "pyproject.toml":
        tool = data.get("tool")
        table = tool.get("scrubber") if isinstance(tool, dict) else None
        if table is None:
            return None
    try:
        if not isinstance(table, dict):
            raise _WrongError((), "must be a table: [tool.scrubber]")
        values = {key: _value(key, value) for key, value in table.items()}
    except _WrongError as wrong:
        raise mistake(file, wrong.key, wrong.problem) from None
    named = {key.replace("-", "_"): value for key, value in values.items()}
    return Settings(**named, folder=file.absolute().parent, file=file)


def _parsed(source: bytes) -> dict[str, Any]:
    """What a file holds; what runs before have parsed is kept, for `tomllib` takes 3 of 60 ms."""

    def parsed() -> dict[str, Any]:
        import tomllib

        return tomllib.loads(source.decode("utf-8-sig").replace("\r\n", "\n"))

    found: dict[str, Any] = kept.made("settings", [source], parsed)
    return found


def mistake(file: Path, key: _Key, problem: str) -> SettingsError:
    """Return a mistake with its file and line: `scrubber.toml:3: select: no rule begins with …`."""
    from scrubber.config.lines import line_of

    try:
        source = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError):
        source = ""
    inside = ("tool", "scrubber") if file.name == "pyproject.toml" else ()
    line = line_of(source, (*inside, *key)) if inside or key else 1
    name = ".".join(_part(part) for part in key if isinstance(part, str)) or "tool.scrubber"
    return SettingsError(f"{_shown(file)}:{line}: {name}: {problem}")


def _part(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) else f'"{name}"'


def _shown(file: Path) -> str:
    """A file as a person would name it here."""
    path, here = os.path.abspath(file), os.path.join(os.getcwd(), "")
    return path.removeprefix(here)


def _unparsed(file: Path, error: Exception) -> str:
    """What is no TOML, with the line that its reader tells; without one it is the last."""
    told = str(error)
    place = re.search(r" \(at line (\d+), column (\d+)\)", told)
    if place:
        told = told.replace(place[0], f" in column {place[2]}")
    line = place[1] if place else file.read_bytes().count(b"\n") + 1
    return f"{_shown(file)}:{line}: not valid TOML: {told}"


def _value(key: str, value: Any) -> Any:
    """What stands under a key, checked as far as it can be without the rules."""
    if key not in KEYS:
        raise _WrongError((key,), f"unknown setting{nearest(key, KEYS)}")
    if key in _TEXTS:
        return _text((key,), value)
    if key == "allow":
        return _allow(value)
    if key in _TABLES:
        return _table(key, value)
    texts = _texts((key,), value)
    for number, text in enumerate(texts):
        if key == "exclude":
            _glob((key, number), text)
        elif "\0" in text:
            raise _WrongError((key, number), "holds a NUL character")
    return texts


def _text(key: _Key, value: Any) -> str:
    if value is None:
        raise _WrongError(key, "is missing")
    if not isinstance(value, str):
        raise _WrongError(key, "must be a text")
    if not value.strip():
        raise _WrongError(key, "is empty")
    return value


def _texts(key: _Key, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        problem = "is missing" if value is None else "must be a list of texts"
        raise _WrongError(key, problem)
    for number, item in enumerate(value):
        if not isinstance(item, str):
            raise _WrongError((*key, number), "must be a list of texts")
        _text((*key, number), item)
    return tuple(value)


def _glob(key: _Key, glob: str) -> None:
    try:
        pattern(glob)
    except GlobError as error:
        raise _WrongError(key, str(error)) from None


def _allow(value: Any) -> tuple[Allowed, ...]:
    """Words for all rules, and tables of `words` with the `rules` that they are for."""
    if not isinstance(value, list):
        raise _WrongError(("allow",), "must be a list of words, or of tables with words and rules")
    words, found = [], []
    for number, item in enumerate(value):
        key = ("allow", number)
        if not isinstance(item, dict):
            words.append(_text(key, item))
            continue
        _keys(key, item, ("rules", "words"))
        for name in ("words", "rules"):
            if not _texts((*key, name), item.get(name)):
                raise _WrongError((*key, name), "is empty")
        found.append(Allowed(tuple(item["words"]), tuple(item["rules"]), number))
    return (*([Allowed(tuple(words))] if words else ()), *found)


def _keys(key: _Key, table: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in table:
        if name not in known:
            raise _WrongError((*key, name), f"unknown key{nearest(name, known)}")


def _table(key: str, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, dict):
        raise _WrongError((key,), f"must be a table: [tool.scrubber.{key}]")
    if key == "actions":
        return tuple(_trust((key, prefix), prefix, item) for prefix, item in value.items())
    for glob in value:
        _glob((key, glob), glob)
    if key == "language":
        return tuple((glob, _code((key, glob), code)) for glob, code in value.items())
    return tuple((glob, _texts((key, glob), item)) for glob, item in value.items())


def _code(key: _Key, value: Any) -> str:
    from scrubber.config.codes import is_code, nearest

    code = _text(key, value)
    if not is_code(code):
        near = nearest(code)
        hint = f', did you mean "{near}"?' if near else ', give a code such as "en"'
        raise _WrongError(key, f'no language "{code}"{hint}')
    return code


def _trust(key: _Key, prefix: str, value: Any) -> Trust:
    """What rules may do: a word, or a table with the word and the reason."""
    action, reason = value, ""
    if isinstance(value, dict):
        _keys(key, value, ("action", "reason"))
        action = value.get("action")
        reason = " ".join(_text((*key, "reason"), value.get("reason")).split())
    if action not in _ACTIONS:
        near = nearest(action, _ACTIONS) if isinstance(action, str) else ""
        raise _WrongError(key, f"must be fix, suggest or report{near}")
    return Trust(prefix, action, reason)
