"""What a run inside a git hook says besides: the commands to go on with, where a terminal is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from scrubber.cli import late

_SHOWN = 5
"""So many files are named; of more, the folder that holds them all."""

_OPTIONS = frozenset(
    "text_field id_field decisions select extend ignore pack_paths config_file".split()
)
"""What a run was told, and the next one must be told to see the same findings."""

_OF_FIX = frozenset({"since", "baseline"})
"""So too, but a review asks about all of a file."""


_LEAVE_OUT = ("Leave a file out:", "`exclude` in scrubber.toml or [tool.scrubber]")


def inside() -> bool:
    """Return whether git or a framework of hooks runs this: nobody can be asked here.

    pre-commit and prek set PRE_COMMIT; git names the index to its hooks.
    """
    return "PRE_COMMIT" in os.environ or "GIT_INDEX_FILE" in os.environ


def after_check(paths: Iterable[str], *, fixable: bool, trouble: bool) -> None:
    """Name the commands that go on from findings in these files; outside a hook, nothing."""
    if not inside():
        return
    files = [path for path in paths if path != "-"]
    if files and fixable:
        _tell("See the repairs:", _scrubber("fix --diff", files))
    if files:
        _tell("Decide each one:", _scrubber("review", files))
    if trouble:
        _tell(*_LEAVE_OUT)


def after_fix(paths: Iterable[str], *, trouble: bool) -> None:
    """Name the commands that show and take back what was written; outside a hook, nothing."""
    if not inside():
        return
    files = [path for path in paths if path != "-"]
    if files:
        named = _named(files)
        _tell("See what was done:", f"git diff -- {named}")
        _tell("Take some of it back:", f"git restore -p -- {named}")
        _tell("Have it stay like that:", _scrubber("review", files))
    if trouble:
        _tell(*_LEAVE_OUT)


def _tell(what: str, command: str) -> None:
    late.say(f"{what:<24}{command}")


def _scrubber(command: str, files: Sequence[str]) -> str:
    names = _OPTIONS | _OF_FIX if command.startswith("fix") else _OPTIONS
    return " ".join([_program(), command, *_options(names), _named(files)])


def _program() -> str:
    """`scrubber`, or where it lies if a shell outside the hook would not find it.

    A framework of hooks installs it into an environment of its own, which is first in the PATH
    of the hook only.
    """
    from shutil import which

    own = Path(sys.argv[0])
    if own.stem != "scrubber" or not own.is_absolute():
        return "scrubber"
    others = (name for name in os.get_exec_path() if Path(name) != own.parent)
    if which("scrubber", path=os.pathsep.join(others)):
        return "scrubber"
    home = os.path.expanduser("~") + os.sep
    path = str(own)
    return f"~/{quoted(path.removeprefix(home))}" if path.startswith(home) else quoted(path)


def _options(names: frozenset[str]) -> list[str]:
    """The options of this run that the next one needs."""
    click = sys.modules.get("click")
    context = click.get_current_context(silent=True) if click else None
    if context is None:  # the command line was read without click, and gives none of them
        return []
    words = []
    for option in context.command.params:
        name = option.name or ""
        source = context.get_parameter_source(name)
        if name not in names or source is None or source.name != "COMMANDLINE":
            continue
        value = context.params[name]
        for one in value if isinstance(value, tuple) else (value,):
            words += [option.opts[0], quoted(str(one))]
    return words


def _named(files: Sequence[str]) -> str:
    """The files as a shell takes them; of many, their folder."""
    if len(files) <= _SHOWN:
        return " ".join(quoted(f"./{file}" if file.startswith("-") else file) for file in files)
    folder = os.path.commonpath([os.path.dirname(os.path.abspath(file)) for file in files])
    return quoted(os.path.relpath(folder))


def quoted(word: str) -> str:
    r"""Return a word as bash and zsh take it, in one line whatever it holds.

    >>> print(quoted("a b.md"), quoted("two\nlines.md"))
    'a b.md' $'two\x0alines.md'
    """
    import shlex

    if word.isprintable():
        return shlex.quote(word)
    shown = (
        c if c.isprintable() and c not in "'\\" else "".join(f"\\x{b:02x}" for b in os.fsencode(c))
        for c in word
    )
    return f"$'{''.join(shown)}'"
