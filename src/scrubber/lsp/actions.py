"""What can be done at a place: each proposal, each decision, and all that is done unattended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from scrubber.decisions.book import Verdict
from scrubber.decisions.keys import Scope, word_at
from scrubber.edits import overlaps
from scrubber.lsp.checking import Checked, Found
from scrubber.lsp.deciding import Answer
from scrubber.lsp.diagnostics import diagnostic, quoted, text_edits
from scrubber.lsp.naming import unsaved
from scrubber.lsp.positions import Lines
from scrubber.model import Action, Edit

DECIDE = "scrubber.decide"
"""The command that keeps an answer: the text's address, and the answer as a JSON object."""

FIX_ALL = "source.fixAll.scrubber"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)


class Offering:
    """The actions of one state of a text.

    `versioned` makes edits that an editor turns down when the text has changed; not all know them.
    """

    def __init__(
        self, uri: str, version: int | None, checked: Checked, lines: Lines, *, versioned: bool
    ) -> None:
        self._uri, self._version, self._checked = uri, version, checked
        self._lines, self._versioned = lines, versioned

    def at(
        self, start: int, end: int, only: Sequence[str] | None, *, asked: bool
    ) -> list[types.CodeAction]:
        """Return what can be done between two places, in code points.

        `only` are the kinds that the editor wants. Where a person has `asked` for it, what was
        rejected here can be opened again.
        """
        actions: list[types.CodeAction] = []
        if _wanted(types.CodeActionKind.QuickFix, only):
            here = [f for f in self._checked.shown if _meets(f, start, end)]
            for found in here:
                actions += self._fixes(found)
            for found in here:
                actions += self._decisions(found)
            if asked:
                for found in self._checked.silent:
                    if _meets(found, start, end):
                        actions.append(self._again(found))
        if _wanted(FIX_ALL, only) and self._checked.repairs:
            repairs = self._checked.repairs
            places = "1 place" if len(repairs) == 1 else f"{len(repairs):,} places"
            title = f"Fix all that may be done unattended ({places})"
            edit = self.workspace_edit(repairs)
            actions.append(types.CodeAction(title=title, kind=FIX_ALL, edit=edit))
        return actions

    def workspace_edit(self, changes: Sequence[Edit]) -> types.WorkspaceEdit:
        """Return edits of this text as the editor takes them."""
        made = text_edits(changes, self._lines)
        if not self._versioned:
            return types.WorkspaceEdit(changes={self._uri: made})
        text = types.OptionalVersionedTextDocumentIdentifier(uri=self._uri, version=self._version)
        return types.WorkspaceEdit(
            document_changes=[types.TextDocumentEdit(text_document=text, edits=list(made))]
        )

    def _fixes(self, found: Found) -> Iterator[types.CodeAction]:
        finding = found.finding
        for number, proposal in enumerate(finding.proposals):
            yield types.CodeAction(
                title=_change(finding.text, proposal),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(found, self._lines)],
                is_preferred=True if number == 0 and finding.action is Action.FIX else None,
                edit=self.workspace_edit(self._checked.repair(found, proposal)),
            )

    def _decisions(self, found: Found) -> Iterator[types.CodeAction]:
        """What may be kept of a finding. A late one is asked about once it stands in the text."""
        if found.late:
            return
        finding, document = found.finding, self._checked.source.documents[found.slot]
        right = f"{quoted(finding.text)} is right" if finding.text else "it is right as it is"
        if not unsaved(document.path or "-"):
            yield self._decision(found, f"Reject here: {right}", Verdict.REJECT, Scope.HERE)
        if finding.text:  # what is missing is no text that could be known elsewhere
            for proposal in () if finding.decided else finding.proposals:
                title = f"Always this repair: {_change(finding.text, proposal)}"
                yield self._decision(found, title, Verdict.ACCEPT, Scope.CHANGE, proposal)
            title = f"Never this change: {quoted(finding.text)} stays, everywhere"
            yield self._decision(found, title, Verdict.REJECT, Scope.CHANGE)
        word = word_at(document.text, finding.start, finding.end)
        pack = finding.rule.split("/")[0]
        if word:
            title = f"Never in the word {quoted(word)}, for all rules of {pack}"
            yield self._decision(found, title, Verdict.REJECT, Scope.WORD)
        title = f"Never this rule: {finding.rule}"
        yield self._decision(found, title, Verdict.REJECT, Scope.RULE)

    def _again(self, found: Found) -> types.CodeAction:
        title = f"Ask again: {quoted(found.finding.text)}, rejected for {found.finding.rule}"
        if not found.finding.text:
            title = f"Ask again what was rejected for {found.finding.rule}"
        return self._decision(found, title, Verdict.WITHDRAW, Scope.HERE)

    def _decision(
        self,
        found: Found,
        title: str,
        verdict: Verdict,
        scope: Scope,
        chosen: str | None = None,
    ) -> types.CodeAction:
        answer = Answer.about(found, verdict, scope, chosen)
        command = types.Command(title=title, command=DECIDE, arguments=[self._uri, answer.value])
        about = None if verdict is Verdict.WITHDRAW else [diagnostic(found, self._lines)]
        return types.CodeAction(
            title=title, kind=types.CodeActionKind.QuickFix, diagnostics=about, command=command
        )


def _change(text: str, proposal: str) -> str:
    """Return what a repair does.

    >>> _change("seaBut", "sea, but"), _change("", " "), _change("Source link", "")
    ('“seaBut” → “sea, but”', 'Put in “ ”', 'Take out “Source link”')
    """
    if not proposal:
        return f"Take out {quoted(text)}"
    return f"{quoted(text)} → {quoted(proposal)}" if text else f"Put in {quoted(proposal)}"


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether an editor wants a kind: `source` asks for `source.fixAll` and all below it.

    >>> _wanted("source.fixAll.scrubber", ["source.fixAll"]), _wanted("quickfix", ["source"])
    (True, False)
    """
    return not only or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)


def _meets(found: Found, start: int, end: int) -> bool:
    """Whether a finding is at a place; a cursor that touches one of its ends is there too."""
    return found.start <= end and start <= found.end if start == end else _shares(found, start, end)


def _shares(found: Found, start: int, end: int) -> bool:
    return overlaps(found.start, found.end, start, end)
