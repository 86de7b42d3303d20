"""scrubber from Python: `Scrubber`, and what it returns. `scrubber` offers all of it by name."""

from __future__ import annotations

import marshal
import os
import threading
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from scrubber import __version__, engine, markup
from scrubber.bulk.cleaning import Cleaner, told
from scrubber.bulk.model import BLOCK, Record
from scrubber.config.choosing import Asked, ChoiceError, without_project
from scrubber.config.codes import is_code
from scrubber.model import Action, Document, Finding
from scrubber.repaired import Cleaned, Repaired
from scrubber.rules import Rule

MOST = 4096
"""Texts that `clean_many` holds at a time, however short they are."""


class Scrubber:
    """Repairs texts by some rules: what `scrubber fix` does to files, in one process, on strings.

    >>> import scrubber
    >>> fixer = scrubber.Scrubber(select=["links"])
    >>> cleaned = fixer.clean("The mayor signed the treatyBut the council refused.")
    >>> cleaned.text
    'The mayor signed the treaty, but the council refused.'
    >>> [(edit.start, edit.before, edit.after) for edit in cleaned.edits]
    [(27, 'B', ', b')]

    Without arguments it is `scrubber fix` in a folder without settings: all packs that are on, only
    what may be done unattended. No settings are looked for, and no decisions honoured: what comes
    out depends on nothing but the arguments.

    It is made once and used for many texts. Threads may share one, and take turns in `clean_many`;
    rules are Python, so that several cores need several processes. It can be pickled for them, with
    the rules themselves: the files of packs need not be there. Its pickle says all that results
    depend on, and is the same in each run (`datasets` keeps results under such a key).
    """

    def __init__(
        self,
        *,
        select: Collection[str] = (),
        extend: Collection[str] = (),
        ignore: Collection[str] = (),
        packs: Collection[str | os.PathLike[str]] = (),
        suggested: bool = False,
        language: str | None = None,
        filename: str = "",
        config: str | os.PathLike[str] | None = None,
    ) -> None:
        """Choose rules; that reads the packs, in some hundredths of a second.

        Args:
            select: run only these packs or rules, by prefix: "links", "case/stray-capital".
            extend: run these beside what runs anyway: packs that are off by default.
            ignore: leave these out; the longest prefix that fits a rule counts.
            packs: files or folders of packs of your own.
            suggested: take the first proposal of each suggestion too, as `--suggested` does.
            language: the code of the language of all texts ("en"); it is guessed for each without.
            filename: a file's name that says in which markup texts are: "page.md", "strings.po".
                Without it a text is all prose.
            config: a settings file. What it says of single files is passed over.

        Raises:
            ChoiceError: a prefix names no rule, a pack or the settings cannot be read or hold a
                mistake, or there is no such language.
            TypeError: a prefix or pack stands where a list of them should.
        """
        given = {"select": select, "extend": extend, "ignore": ignore, "packs": packs}
        for name, value in given.items():
            if isinstance(value, (str, os.PathLike)):
                raise TypeError(f"{name} is a list: {name}=[{os.fspath(value)!r}]")
        if language is not None and not is_code(language):
            raise ChoiceError(f'no language "{language}", give a code such as "en"')
        asked = Asked(tuple(map(Path, packs)), tuple(select), tuple(extend), tuple(ignore))
        self._setup(without_project(asked, config), suggested, language, filename)

    def _setup(
        self, rules: tuple[Rule, ...], suggested: bool, language: str | None, filename: str
    ) -> None:
        self._rules, self._suggested = rules, suggested
        self._language, self._filename = language, filename
        self._turn = threading.Lock()

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that run.

        >>> Scrubber(select=["footers/subscribe"]).rules
        ('footers/subscribe',)
        """
        return tuple(rule.id for rule in self._rules)

    def clean(self, text: str) -> Cleaned:
        r"""Return a text repaired, what was done to it, and all that was found in it.

        A text that needs no repair comes back as the very same object, and so does one in which the
        rules never settle. What is found is told whether or not it is repaired.

        >>> Scrubber().clean("Nothing is wrong here.\n")
        Cleaned(text='Nothing is wrong here.\n', edits=(), actions=(), faults=(), findings=())

        Raises:
            TypeError: it is no text.
        """
        found = self._settled(text, self._actions)
        if isinstance(found, str):
            return Cleaned(text, faults=(found,))
        actions = tuple(Action(told(found, edit)[0]) for edit in found.edits)
        faults = tuple(f"rule {fault.rule} {fault.problem}" for fault in found.faults)
        return Cleaned(found.text, found.edits, actions, faults, found.findings)

    def findings(self, text: str) -> tuple[Finding, ...]:
        r"""Return what is wrong with a text, as `scrubber check` shows it.

        The places are those of the text, in order: `start` and `end` count code points, half-open.
        A rule that fails finds nothing; `clean` tells of it.

        >>> for finding in Scrubber().findings("It rained on the seaBut we swam.\n"):
        ...     print(finding.start, finding.action, finding.rule, finding.proposals)
        17 fix links/glued-capital ('sea, but', 'sea but', 'sea. But')

        Raises:
            TypeError: it is no text.
        """
        found = self._settled(text, engine.UNATTENDED)
        return () if isinstance(found, str) else found.findings

    def clean_many(self, texts: Iterable[str]) -> Iterator[Repaired]:
        """Yield each text repaired, in order: the text, edits and actions that `clean` returns.

        Texts are taken and yielded in blocks of about four million characters, so that any number
        of them may stream through. With the extra `bulk` most clean texts are told from their
        block, at a small part of the cost; that is why findings that are not repaired are not told
        here, nor faults of rules that could only tell of some. Nothing is taken before the first
        result is asked for.

        >>> many = Scrubber().clean_many(["All is well.", "It rained on the seaBut we swam."])
        >>> [done.text for done in many]
        ['All is well.', 'It rained on the sea, but we swam.']

        Raises:
            TypeError: one of them is no text; those before its block were yielded.
        """
        for block in _blocks(texts):
            records = [Record(row, row, (text,)) for row, text in enumerate(block)]
            with self._turn:
                changes = self._cleaner.changes(records, self._filename)
                failed = self._cleaner.faults
            faults: dict[int, tuple[str, ...]] = {}
            for row, fault in failed:
                faults[row] = (*faults.get(row, ()), fault)
            for row, text in enumerate(block):
                wrong = faults.get(row, ())
                if row not in changes:
                    yield Repaired(text, faults=wrong)
                    continue
                (change,) = changes[row]
                actions = tuple(map(Action, change.actions))
                yield Repaired(change.text, change.edits, actions, wrong)

    def __repr__(self) -> str:
        what = ", suggested" if self._suggested else ""
        return f"<Scrubber: {len(self._rules)} rules{what}>"

    def __getstate__(self) -> dict[str, Any]:
        """Return all that results depend on: the same bytes for the same in each run."""
        rules = [
            {k: sorted(v) if isinstance(v, frozenset) else v for k, v in rule._asdict().items()}
            for rule in self._rules
        ]
        plain = [
            {**rule, "action": str(rule["action"]), "params": dict(rule["params"]), "examples": ()}
            for rule in rules
        ]
        # Of version 2, for later ones, as pickle itself, tell in what objects were shared.
        return {
            "version": __version__,
            "rules": marshal.dumps(plain, 2),
            "rest": (self._suggested, self._language, self._filename),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the state again, in another process.

        Raises:
            RuntimeError: that has another version of scrubber, which may find something else.
        """
        if state["version"] != __version__:
            raise RuntimeError(f"made by scrubber {state['version']}, and this is {__version__}")
        made = (
            {**rule, "action": Action(rule["action"]), **{k: frozenset(rule[k]) for k in _SETS}}
            for rule in marshal.loads(state["rules"])
        )
        self._setup(tuple(Rule(**rule) for rule in made), *state["rest"])

    @property
    def _actions(self) -> frozenset[Action]:
        return engine.SUGGESTED if self._suggested else engine.UNATTENDED

    @cached_property
    def _cleaner(self) -> Cleaner:
        return Cleaner(self._rules, self._actions, language=self._language)

    def _settled(self, text: object, actions: frozenset[Action]) -> engine.Outcome | str:
        """What the engine makes of a text, or why it makes nothing of it."""
        read = markup.reader(self._filename)
        # The id says that no comment for scrubber is looked for: as in a record of a dataset.
        document = Document(_text(text), "", self._filename, self._language, read)
        try:
            return engine.settle(document, self._rules, actions)
        except engine.NotSettledError as error:
            return str(error)


_SETS = ("languages", "touches")


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError(f"a text is a str, not {type(text).__name__}")
    return text


def _blocks(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in blocks of about `BLOCK` code points, and at most `MOST` texts."""
    if isinstance(texts, str):
        raise TypeError("clean_many takes several texts; clean takes one")
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(_text(text))
        size += len(text)
        if size >= BLOCK or len(block) >= MOST:
            yield block
            block, size = [], 0
    if block:
        yield block
