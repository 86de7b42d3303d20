"""The server of the page: the standard library's, on loopback, for as long as the review lasts.

No framework: some requests a second from one person need none, and every dependency would be one
more thing between a stranger's page and the files under review.
"""

from __future__ import annotations

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from scrubber.review.desk import Desk
from scrubber.review.web.api import Api, BadRequestError
from scrubber.review.web.gate import HEADERS, LOOPBACK, Gate

LARGEST = 1 << 20
"""Bytes of a request's body: more than anybody types."""

_HERE = Path(__file__).parent
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FILES = ("review.js", "list.js", "marks.js", "finding.js", "keys.js", "review.css", "icon.svg")


class Server:
    """Serves one desk. `address` opens the page, once; `run` returns when the review has ended.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.api = Api(desk)
        self._http = _Http((LOOPBACK, port), _Handler)
        self.gate = Gate(self._http.server_address[1])
        self._http.api, self._http.gate = self.api, self.gate

    @property
    def address(self) -> str:
        """Where the page opens: a one-time address."""
        return self.gate.address

    def run(self) -> None:
        """Serve until the page or an interruption ends the review; an answer begun is finished."""
        try:
            self._http.serve_forever(poll_interval=0.1)
        finally:
            self.api.close()
            self._http.server_close()

    def stop(self) -> None:
        """End `run` from another thread."""
        self._http.shutdown()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    api: Api
    gate: Gate

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Somebody hung up; there is nobody left to tell."""


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"
    timeout = 30  # a browser opens sockets in advance and leaves them
    disable_nagle_algorithm = True  # else an answer in two packets waits 40 ms for the second
    wbufsize = -1
    server_version = "scrubber"
    sys_version = ""
    bodiless: ClassVar = ("HEAD",)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a library does not print, and addresses hold the token."""

    def do_HEAD(self) -> None:
        """Answer as to a GET, without a body; opens nothing."""
        self.do_GET()

    def do_GET(self) -> None:
        """Send the page, a file of it, or an answer that changes nothing."""
        reason = self.server.gate.refusal(self.headers, changes=False)
        if reason:
            return self._refuse(f"This request was {reason}.")
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        name = parts.path.removeprefix("/")
        if name in _FILES:
            return self._send(HTTPStatus.OK, (_HERE / name).read_bytes(), Path(name).suffix)
        if name == "" and "token" in query:
            return self._enter(query["token"])
        if not self.server.gate.knows(self.headers):
            return self._stranger(name)
        if name == "":
            return self._send(HTTPStatus.OK, (_HERE / "page.html").read_bytes(), ".html")
        return self._answer(name, lambda api, asked: api.get(asked, query))

    def do_POST(self) -> None:
        """Do what the page asks for."""
        gate = self.server.gate
        size = self.headers.get("Content-Length") or ""
        if not size.isdecimal() or int(size) > LARGEST:
            self.close_connection = True
            self._pass_over(int(size) if size.isdecimal() else 0)
            return self._send_json(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"fault": "too large"})
        body = self.rfile.read(int(size))
        reason = gate.refusal(self.headers, changes=True)
        if reason or not gate.knows(self.headers):
            why = f"refused: {reason}" if reason else "refused: open the review's own address"
            return self._send_json(HTTPStatus.FORBIDDEN, {"fault": why})
        if self.headers.get_content_type() != "application/json":
            return self._send_json(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {"fault": "not JSON"})
        try:
            values = json.loads(body)
        except (ValueError, RecursionError):
            return self._send_json(HTTPStatus.BAD_REQUEST, {"fault": "not JSON"})
        name = urlsplit(self.path).path.removeprefix("/")
        return self._answer(name, lambda api, asked: api.post(asked, values))

    def _pass_over(self, size: int) -> None:
        """Read what is refused: who is still sending would never read why."""
        left = min(size, 16 * LARGEST)
        while left > 0 and (piece := self.rfile.read(min(left, 1 << 16))):
            left -= len(piece)

    def _answer(self, name: str, asking: Any) -> None:
        if not name.startswith("api/"):
            return self._send_json(HTTPStatus.NOT_FOUND, {"fault": "no such page"})
        try:
            answer = asking(self.server.api, name.removeprefix("api/"))
        except BadRequestError as error:
            return self._send_json(HTTPStatus.BAD_REQUEST, {"fault": str(error)})
        except Exception as error:
            fault = f"a fault of scrubber's own: {type(error).__name__}: {error}; what was decided"
            fault += " is in the ledger"
            return self._send_json(HTTPStatus.INTERNAL_SERVER_ERROR, {"fault": fault})
        self._send_json(HTTPStatus.OK, answer)
        if answer.get("ended"):
            threading.Thread(target=self.server.shutdown, daemon=True).start()
        return None

    def _enter(self, token: str) -> None:
        """Exchange the token for a cookie, and the address for one without it."""
        gate = self.server.gate
        looks_ahead = "prefetch" in (self.headers.get("Sec-Purpose") or "")
        if looks_ahead or self.command == "HEAD":
            return self._send(HTTPStatus.SERVICE_UNAVAILABLE, b"", ".html")
        known = gate.knows(self.headers)
        if not known and not gate.spend(token):
            return self._refuse("This address opens the review once, and it has been used.")
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", "/")
        if not known:
            self.send_header("Set-Cookie", gate.cookie)
        return self._finish(b"", ".html")

    def _stranger(self, name: str) -> None:
        if name == "" and self.headers.get("Sec-Fetch-Site") == "cross-site":
            # A link in another page led here: its first request carries no strict cookie, but one
            # that this page makes does.
            again = b'<!doctype html><meta http-equiv="refresh" content="0;url=/">'
            return self._send(HTTPStatus.OK, again, ".html")
        if name == "":
            return self._refuse("This browser has not opened the review.")
        return self._send_json(HTTPStatus.FORBIDDEN, {"fault": "this browser is not let in"})

    def _refuse(self, why: str) -> None:
        page = (_HERE / "refused.html").read_text(encoding="utf-8").replace("$why", why)
        self._send(HTTPStatus.FORBIDDEN, page.encode(), ".html")

    def _send_json(self, status: HTTPStatus, value: Any) -> None:
        # In ASCII, so that lone surrogates can be sent and nothing in a text is taken for markup.
        body = json.dumps(value, separators=(",", ":")).encode()
        self._send(status, body, "application/json")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self._finish(body, kind)

    def _finish(self, body: bytes, kind: str) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", _KINDS.get(kind, kind))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command not in self.bodiless:
            self.wfile.write(body)
            self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that cannot be read, with our headers on it."""
        self.close_connection = True
        self._send_json(HTTPStatus(code), {"fault": message or HTTPStatus(code).phrase})
