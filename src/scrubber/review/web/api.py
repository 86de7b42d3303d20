"""What the page can ask for. Each question is answered under one lock, from one session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from scrubber import diff
from scrubber.decisions.book import Verdict
from scrubber.decisions.keys import Scope
from scrubber.decisions.ledger import LedgerError
from scrubber.review.desk import Desk
from scrubber.review.items import ORDERS, Item
from scrubber.review.queue import RefusedError
from scrubber.review.web.board import Board
from scrubber.review.web.excerpts import WHOLE

DIFF = 200_000
"""Code points of a file's diff that the page shows."""

_Values = Mapping[str, Any]


class BadRequestError(Exception):
    """A request that no page of ours makes."""


class Api:
    """Answers the page. An answer is a dictionary for JSON; texts may hold lone surrogates."""

    def __init__(self, desk: Desk) -> None:
        self.board = Board(desk)
        self.desk = desk
        self.ended = False
        self._lock = threading.Lock()

    def get(self, name: str, query: Mapping[str, str]) -> dict[str, Any]:
        """Answer a question that changes nothing.

        Raises:
            BadRequestError: there is no such question.
        """
        values = {key: int(value) for key, value in query.items() if value.isdecimal()}
        with self._lock:
            if name == "list":
                return self.board.listing()
            if name == "changes":
                return self.board.news(_number(values, "since"))
            if name == "item":
                return self.board.detail(self._place(values), values.get("level", 0))
            if name == "diff":
                return self._diff(_number(values, "file"))
        raise BadRequestError(f'no question "{name}"')

    def post(self, name: str, values: Any) -> dict[str, Any]:
        """Do what a person asked for, unless it is refused: then `refused` or `fault` says why.

        Raises:
            BadRequestError: there is no such thing to do, or a value is missing.
        """
        if not isinstance(values, dict):
            raise BadRequestError("not a JSON object")
        todo: dict[str, Callable[[_Values], dict[str, Any]]] = {
            "act": self._act,
            "undo": self._undo,
            "write": self._write,
            "quit": self._quit,
        }
        if name not in todo:
            raise BadRequestError(f'nothing to do called "{name}"')
        with self._lock:
            if self.ended:
                return {"fault": "this review has ended"}
            since = _number(values, "since")
            try:
                answer = todo[name](values)
            except RefusedError as refusal:
                answer = {"refused": str(refusal)}
            except LedgerError as error:
                answer = {"fault": str(error)}
            self.board.refresh()
            return {**self.board.news(since), **answer}

    def close(self) -> None:
        """Wait for the answer that is being given, and give no other."""
        with self._lock:
            self.ended = True

    def _place(self, values: _Values) -> int:
        number = _number(values, "number")
        if values.get("generation", self.board.generation) != self.board.generation:
            raise BadRequestError("the list is another by now")
        if not 0 <= number < len(self.board.items):
            raise BadRequestError("no such finding")
        return number

    def _act(self, values: _Values) -> dict[str, Any]:
        number, since = self._place(values), _number(values, "since")
        if self.board.changed_since(number, since):
            raise RefusedError("decided elsewhere meanwhile, in another tab; look again")
        item = self.board.items[number]
        if item.written:
            raise RefusedError("this repair is written already")
        order = values.get("order")
        if order in ORDERS and order != self.desk.session.by:
            self.desk.session.sort(order)
        self.desk.session.at = item  # where an undo comes back to
        return {"said": self._answered(item, values)}

    def _answered(self, item: Item, values: _Values) -> str:
        session, what = self.desk.session, values.get("do")
        if what == "leave":
            return session.leave(item)
        if what == "own":
            return session.write_own(item, _typed(item, values.get("text")))
        try:
            scope = Scope(values.get("scope", Scope.HERE))
        except ValueError:
            verdict = {"accept": Verdict.ACCEPT, "reject": Verdict.REJECT}.get(str(what))
            if values.get("scope") != "file" or verdict is None:
                raise BadRequestError("no such scope") from None
            return session.rest_of_file(item, verdict)
        if what == "reject":
            return session.reject(item, scope)
        if what == "accept" and _number(values, "choice") >= 0:
            return session.accept(item, _number(values, "choice"), scope)
        raise BadRequestError("no such answer")

    def _undo(self, values: _Values) -> dict[str, Any]:
        if _number(values, "since") != self.board.version:
            raise RefusedError("answered elsewhere meanwhile, in another tab; look, then undo")
        said = self.desk.session.undo()
        return {"said": said, "at": self.board.number(self.desk.session.at)}

    def _write(self, values: _Values) -> dict[str, Any]:
        number = self._file(_number(values, "file"))
        said = self.desk.write(number)
        return {"fault" if number in self.desk.failed else "said": said}

    def _quit(self, values: _Values) -> dict[str, Any]:
        said = self.desk.write_all() if values.get("write") is True else []
        if values.get("write") is True and self.desk.failed:
            return {"fault": "; ".join(said) + "; Q ends all the same"}
        self.ended = True
        return {"ended": True, "summary": self.desk.summary(), "lines": said}

    def _file(self, number: int) -> int:
        if not 0 <= number < len(self.desk.files.files):
            raise BadRequestError("no such file")
        return number

    def _diff(self, number: int) -> dict[str, Any]:
        file = self.desk.files.files[self._file(number)]
        text = diff.unified(file.source.path, file.source.text, self.desk.files.edits(number))
        return {"path": file.source.path, "diff": text[:DIFF], "cut": len(text) > DIFF}


def _number(values: _Values, name: str) -> int:
    value = values.get(name)
    if type(value) is not int:
        raise BadRequestError(f'"{name}" is not a number')
    return value


def _typed(item: Item, typed: Any) -> str:
    """What was typed, with the line breaks of the document: a browser's field knows only one."""
    if not isinstance(typed, str):
        raise BadRequestError('"text" is not a text')
    if len(item.finding.text) > WHOLE:
        raise RefusedError("too long to be typed anew here; scrubber fix --diff, edit it, apply it")
    text: str = typed.replace("\r\n", "\n")
    if text == item.finding.text.replace("\r\n", "\n"):
        return item.finding.text
    return text.replace("\n", "\r\n") if "\r\n" in item.document.text else text
