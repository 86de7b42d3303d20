"""The page's server: who may come in, what is answered, and that nothing gets past the session."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from browser import Review
from terminal import COMMAND

from scrubber import packs
from scrubber.decisions.book import Book
from scrubber.decisions.ledger import Ledger
from scrubber.documents import source
from scrubber.review import web
from scrubber.review.desk import Desk
from scrubber.review.files import Files
from scrubber.review.session import Session
from scrubber.review.terminal.keys import KEYS
from scrubber.review.web.server import Server

HERE = Path(__file__).parent
PAGE = Path(web.__file__).parent
TEXT = "The mayor said [TK] so.\n\nThe clerk said [TK] so.\n\nThe guard came [TK] late.\n"


class Visitor:
    """Speaks HTTP to a server of a review over some texts."""

    def __init__(self, folder: Path, texts: dict[str, str]) -> None:
        self.folder = folder
        self.ledger = folder / ".scrubber" / "decisions.jsonl"
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        ledger = Ledger(self.ledger, folder)
        rules = packs.local([HERE / "strange.toml"]).rules
        files = Files(lambda path: rules, ledger, lambda path, problem: pytest.fail(problem))
        found = [(folder / name, source.read(folder / name)) for name in texts]
        session = Session(files.load(found, Book()), ledger, "Ines", lambda: "2023-11-14T22:13:20Z")
        self.desk = Desk(session, files)
        self.server = Server(self.desk)
        self.port = self.server.gate.port
        self.host = f"127.0.0.1:{self.port}"
        self.token = self.server.address.partition("?")[2]
        self.cookie = ""
        self.since = 0
        self._thread = threading.Thread(target=self.server.run)
        self._thread.start()

    def close(self) -> None:
        self.server.stop()
        self._thread.join()

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[HTTPResponse, str]:
        sent = {"Host": self.host, "Connection": "close"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return response, response.read().decode()
        finally:
            connection.close()

    def enter(self) -> None:
        response, _ = self.ask(f"/?{self.token}")
        self.cookie = (response.headers["Set-Cookie"] or "").partition(";")[0]

    def get(self, name: str) -> Any:
        response, text = self.ask(f"/api/{name}")
        assert response.status == 200, text
        return json.loads(text)

    def post(self, name: str, status: int = 200, **values: Any) -> Any:
        body = json.dumps({"since": self.since, "generation": 0, **values}).encode()
        origin = {"Origin": f"http://{self.host}", "Content_Type": "application/json"}
        response, text = self.ask(f"/api/{name}", "POST", body, **origin)
        assert response.status == status, text
        answer = json.loads(text)
        self.since = answer.get("version", self.since)
        return answer

    def act(self, number: int, do: str, **more: Any) -> Any:
        return self.post("act", number=number, do=do, order="file", **more)

    @property
    def kept(self) -> list[Any]:
        if not self.ledger.exists():
            return []
        return [json.loads(line) for line in self.ledger.read_text().splitlines()]


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    made = Visitor(tmp_path, {"a.txt": TEXT})
    yield made
    made.close()


@pytest.fixture
def guest(visitor: Visitor) -> Visitor:
    visitor.enter()
    return visitor


# Who may come in


def test_the_token_works_once_and_becomes_a_cookie(visitor: Visitor) -> None:
    response, _ = visitor.ask(f"/?{visitor.token}")
    assert (response.status, response.headers["Location"]) == (303, "/")
    cookie = response.headers["Set-Cookie"]
    assert "; HttpOnly; SameSite=Strict; Path=/" in cookie
    assert visitor.token.partition("=")[2] not in cookie
    again, page = visitor.ask(f"/?{visitor.token}")
    assert again.status == 403
    assert "has been used" in page
    assert "Ctrl-C" in page
    assert again.headers["Set-Cookie"] is None
    visitor.cookie = cookie.partition(";")[0]
    for path in ("/", "/"):  # a reload
        opened, page = visitor.ask(path)
        assert opened.status == 200
        assert "<title>scrubber review</title>" in page
    assert visitor.ask(f"/?{visitor.token}")[0].status == 303  # its owner may go back to it


def test_a_wrong_token_or_a_look_ahead_spends_nothing(visitor: Visitor) -> None:
    assert visitor.ask("/?token=guess")[0].status == 403
    assert visitor.ask(f"/?{visitor.token}", "HEAD")[0].status == 503
    assert visitor.ask(f"/?{visitor.token}", Sec_Purpose="prefetch")[0].status == 503
    assert visitor.ask(f"/?{visitor.token}")[0].status == 303


@pytest.mark.parametrize("path", ["/", "/api/list", "/api/item?number=0", "/api/diff?file=0"])
@pytest.mark.parametrize("cookie", ["", "scrubber=1", "scrubber-$port=guess", "\"';=;;"])
def test_without_the_cookie_nothing_is_shown(visitor: Visitor, path: str, cookie: str) -> None:
    visitor.cookie = cookie.replace("$port", str(visitor.port))
    response, text = visitor.ask(path)
    assert response.status == 403
    assert "mayor" not in text


def test_a_link_in_another_page_needs_a_second_step(visitor: Visitor) -> None:
    response, text = visitor.ask("/", Sec_Fetch_Site="cross-site")
    assert response.status == 200
    assert text == '<!doctype html><meta http-equiv="refresh" content="0;url=/">'
    assert visitor.ask("/", Sec_Fetch_Site="same-origin")[0].status == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", ""])
@pytest.mark.parametrize("path", ["/", "/review.js", "/api/list", "/?$token"])
def test_another_host_name_is_refused(guest: Visitor, host: str, path: str) -> None:
    response, text = guest.ask(path.replace("$token", guest.token), Host=host)
    assert response.status == 403
    assert "mayor" not in text


def test_localhost_is_this_machine_too(guest: Visitor) -> None:
    assert guest.ask("/", Host=f"localhost:{guest.port}")[0].status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "https://$host"},
        {"Origin": "http://localhost:$port"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Cookie": "x=y"},
    ],
    ids=str,
)
def test_only_our_own_page_can_decide(guest: Visitor, headers: dict[str, str]) -> None:
    own = {"Origin": f"http://{guest.host}", "Content_Type": "application/json"}
    body = json.dumps({"since": 0, "generation": 0, "number": 0, "do": "reject"}).encode()
    sent = {
        name: value.replace("$host", guest.host).replace("$port", str(guest.port))
        for name, value in headers.items()
    }
    response, _ = guest.ask("/api/act", "POST", body, **(own | sent))
    assert response.status == 403
    assert guest.kept == []
    response, _ = guest.ask("/api/act", "POST", body, **own)
    assert response.status == 200
    assert len(guest.kept) == 1


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "GET"),
        ("/?token=guess", "GET"),
        ("/?$token", "GET"),
        ("/review.js", "GET"),
        ("/review.css", "GET"),
        ("/icon.svg", "GET"),
        ("/api/list", "GET"),
        ("/nothing", "GET"),
        ("/../server.py", "GET"),
        ("/api/list", "PUT"),
        ("/api/act", "POST"),
    ],
)
def test_every_answer_is_fenced_in(guest: Visitor, path: str, method: str) -> None:
    response, text = guest.ask(path.replace("$token", guest.token), method, b"{}")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "import" not in text or path == "/review.js"


def test_the_page_asks_nobody_else_and_makes_no_markup_of_texts() -> None:
    for file in PAGE.iterdir():
        if file.suffix not in (".html", ".js", ".css", ".svg"):
            continue
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//[a-z]+\.|url\(|@import", text), file
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", text)
        if file.suffix == ".html":
            assert not re.search(r"<style|style=|\son[a-z]+=|<script(?! type=\"module\" src)", text)


def test_the_page_knows_the_keys_of_the_terminal() -> None:
    known = (PAGE / "keys.js").read_text(encoding="utf-8")
    helped = " ".join(re.findall(r'^  \["([^"]+)"', known, re.M)).replace("–", "-").split()
    assert {key for row in KEYS for key in row.key.split()} <= set(helped)


# What is answered


def test_an_answer_is_in_the_ledger_before_it_is_said(guest: Visitor) -> None:
    listing = guest.get("list")
    assert len(listing["rows"]) == 6
    assert [len(order) for order in listing["orders"].values()] == [6, 6, 6, 6]
    answer = guest.act(0, "accept", scope="here", choice=0)
    assert answer["said"] == "accepted"
    assert guest.kept[0]["chosen"] == "somebody"
    states = {number: state for number, state, _ in answer["changed"]}
    assert states == {0: "accepted", 1: "displaced"}
    assert (guest.folder / "a.txt").read_text() == TEXT
    answer = guest.act(3, "own", text=" indeed")
    assert (answer["said"], answer["waiting"]) == ("replaced", {"0": 2})
    answer = guest.post("undo")
    assert (answer["said"], answer["at"], len(guest.kept)) == ("undone: replaced", 3, 1)


def test_groups_say_how_many_and_reach_as_many(guest: Visitor) -> None:
    reach = guest.get("item?number=1")["reach"]
    assert reach["change"] == {"reject": 3, "accept": [3, 3, 3]}
    assert reach["file"]["reject"] == 5
    answer = guest.act(1, "accept", scope="change", choice=2)
    assert answer["said"] == "accepted 3 (this change, everywhere)"
    assert sum(state == "accepted" for _, state, _ in answer["changed"]) == 3
    assert guest.kept[0]["scope"] == "change"


def test_writing_and_ending(guest: Visitor) -> None:
    guest.act(1, "accept", scope="here", choice=0)
    assert "+The mayor said so." in guest.get("diff?file=0")["diff"]
    answer = guest.post("write", file=0)
    assert answer["said"].endswith("a.txt: 1 repair written; 4 still to ask")
    assert answer["generation"] == 1
    assert (guest.folder / "a.txt").read_text() == TEXT.replace(" [TK]", "", 1)
    listing = guest.get("list")
    written = [number for number, row in enumerate(listing["rows"]) if row[9] == "written"]
    assert len(written) == 1
    refused = guest.act(written[0], "reject", generation=1)
    assert refused["refused"] == "this repair is written already"
    guest.act(0, "reject", generation=0, status=400)
    answer = guest.post("quit", write=False, generation=1)
    assert answer["summary"] == "1 accepted, 0 rejected, 4 undecided; 1 written."
    assert guest.desk.summary() == answer["summary"]


def test_a_file_that_changed_meanwhile_is_not_written(guest: Visitor) -> None:
    guest.act(1, "accept", scope="here", choice=0)
    (guest.folder / "a.txt").write_text("Another text.\n")
    answer = guest.post("write", file=0)
    assert "not written: changed while it was being read" in answer["fault"]
    assert (guest.folder / "a.txt").read_text() == "Another text.\n"
    assert len(guest.kept) == 1


def test_two_tabs_notice_each_other(guest: Visitor) -> None:
    guest.act(1, "reject", scope="here")
    guest.since, first = 0, guest.since
    answer = guest.act(1, "accept", scope="here", choice=0)
    assert "in another tab" in answer["refused"]
    assert [1, "rejected", None] in answer["changed"]
    assert guest.since > first
    guest.since = 0
    assert "in another tab" in guest.post("undo")["refused"]
    assert len(guest.kept) == 1
    assert guest.get("changes?since=0")["changed"] == [[1, "rejected", None]]


def test_a_ledger_that_cannot_be_written_is_told(guest: Visitor) -> None:
    guest.ledger.mkdir(parents=True)
    answer = guest.act(0, "reject", scope="here")
    assert "decisions.jsonl: cannot be written" in answer["fault"]
    assert answer["changed"] == []


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("act", {"number": -1, "do": "reject"}),
        ("act", {"number": 6, "do": "reject"}),
        ("act", {"number": "0", "do": "reject"}),
        ("act", {"number": True, "do": "reject"}),
        ("act", {"number": 0, "do": "burn"}),
        ("act", {"number": 0}),
        ("act", {"number": 0, "do": "accept", "choice": -1}),
        ("act", {"number": 0, "do": "accept"}),
        ("act", {"number": 0, "do": "accept", "choice": 0, "scope": "world"}),
        ("act", {"number": 0, "do": "accept", "choice": 0, "scope": []}),
        ("act", {"number": 0, "do": "own", "text": 3}),
        ("act", {"number": 0, "do": "reject", "since": None}),
        ("act", {"number": 0, "do": "reject", "generation": 7}),
        ("write", {"file": 5}),
        ("burn", {}),
    ],
    ids=str,
)
def test_what_no_page_asks_for_is_refused(
    guest: Visitor, name: str, values: dict[str, Any]
) -> None:
    assert guest.post(name, 400, **values)["fault"]
    assert guest.kept == []


@pytest.mark.parametrize("text", ["nul \0", "lone \ud800"])
def test_what_no_file_can_hold_is_refused(guest: Visitor, text: str) -> None:
    assert guest.act(0, "own", text=text)["refused"] == "no text file can hold that"
    assert guest.kept == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b" " * (1 << 20) + b"{}", "application/json", 413),
    ],
    ids=["cut", "deep", "list", "bytes", "form", "large"],
)
def test_bodies_that_are_no_answer(guest: Visitor, body: bytes, kind: str, status: int) -> None:
    origin = {"Origin": f"http://{guest.host}", "Content_Type": kind}
    response, _ = guest.ask("/api/act", "POST", body, **origin)
    assert response.status == status


def test_line_breaks_of_the_document_are_kept(tmp_path: Path) -> None:
    guest = Visitor(tmp_path, {"a.txt": "The mayor said [TK] so.\r\nYes.\r\n"})
    try:
        guest.enter()
        guest.act(1, "own", text="one\ntwo")
        assert guest.kept[0]["chosen"] == "one\ntwo"  # as on any system
        guest.post("write", file=0)
        assert b"saidone\r\ntwo so.\r\n" in (tmp_path / "a.txt").read_bytes()
    finally:
        guest.close()


def test_a_long_line_and_odd_characters_are_sent_in_small_and_safe(tmp_path: Path) -> None:
    record = '{"id": "<b>", "text": "A lone \\ud800 and \\u0000 said [TK] so."}\n'
    long = "word " * 200_000 + "said [TK] so"
    guest = Visitor(tmp_path, {"a.txt": long, "b.jsonl": record})
    try:
        guest.enter()
        _, text = guest.ask("/api/item?number=0")
        assert len(text) < 4_000
        _, text = guest.ask("/api/item?number=0&level=99")
        assert len(text) < 200_000
        _, text = guest.ask("/api/item?number=2")
        assert text.isascii()
        assert "\\ud800" in text
        assert "\\u0000" in text
    finally:
        guest.close()


# The command


def test_ctrl_c_ends_it_and_nothing_is_lost(tmp_path: Path) -> None:
    shutil.copy(HERE / "harbour.txt", tmp_path)
    with Review(tmp_path, "harbour.txt") as review:
        assert "0 accepted, 0 rejected, 25 undecided; 0 written." in review.interrupt()


def test_no_browser_is_no_failure(tmp_path: Path) -> None:
    shutil.copy(HERE / "harbour.txt", tmp_path)
    program = (
        "import sys\n"
        "from scrubber.review.web.server import Server\n"
        "Server.run = lambda self: None\n"
        "sys.argv = ['scrubber', 'review', '--web', 'harbour.txt']\n"
        "from scrubber.cli import main\n"
        "main()\n"
    )
    for browser in ("", "/nowhere/browser"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env={"BROWSER": browser, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(PAGE.parents[2])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Review at http://127.0.0.1:")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--port", "9"], "are for --web"),
        (["--no-open"], "are for --web"),
        (["--web", "--answers", "harbour.txt"], "give one"),
        (["--web", "--port", "70000"], "70000"),
    ],
)
def test_options_that_make_no_sense(tmp_path: Path, args: list[str], said: str) -> None:
    shutil.copy(HERE / "harbour.txt", tmp_path)
    done = subprocess.run(
        [*COMMAND, "review", *args, "harbour.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_a_taken_port_is_one_line(guest: Visitor) -> None:
    done = subprocess.run(
        [*COMMAND, "review", "--web", "--port", str(guest.port), str(HERE / "harbour.txt")],
        cwd=guest.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "address already in use" in done.stderr
