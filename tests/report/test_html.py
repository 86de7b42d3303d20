from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from scrubber.documents import source
from scrubber.documents.jsonl import Slot
from scrubber.documents.source import Source
from scrubber.model import Action, Document, Finding
from scrubber.report import html
from scrubber.report.markup import LABELS, shown
from scrubber.report.measured import Measured
from scrubber.report.tally import Tally
from scrubber.rules import Rule

VOID = {"meta", "link", "br", "wbr", "rect", "circle"}
LOADING = {"script", "img", "iframe", "object", "embed", "audio", "video", "base", "form", "image"}
RULE = Rule("x/y", "A <bad> word.", "Why & how.", "“Safe”.", Action.SUGGEST, "pattern", {})


class Read(HTMLParser):
    """Reads a page, and fails where it is not well formed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({key for key, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def _checked(text: str) -> Read:
    """Well formed; nothing in it loads or runs anything; each link within the page has its end."""
    text.encode("utf-8")
    read = Read(text)
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for tag, attributes in read.elements:
        assert tag not in LOADING
        assert not any(key.startswith("on") or key in ("style", "src") for key in attributes)
        href = attributes.get("href")
        if href and href.startswith("#"):
            assert href[1:] in ids
        elif href and tag == "a":
            assert not re.match(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]*:|//", href), href
    return read


def _attack(text: str, path: str = "a.txt", record: str | None = None, **more: str) -> str:
    """The page on one text that is nothing but a finding."""
    tally = Tally()
    document = Document(text, record, path)
    slots = None if record is None else [Slot(0, 1)]
    tally.begin(Source(path, text, [document], slots))
    proposals = (more.get("proposal", "x"), more.get("proposal", "y"))
    message = more.get("message", "why")
    tally.add(0, [Finding("x/y", 0, len(text), text, proposals, Action.SUGGEST, message)])
    return html.page(tally, [RULE], {}, version="1")


HOSTILE = [
    "</script><script>alert(1)</script>",
    "</style></title></p></ol><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "<!-- -->]]><![CDATA[ &lt; &#60; &",
    "\u202eevil\u2066\u2069\u200f",
    "\ud800 \udfff",
    "a\0b\x1b[31m\x85\u2028\x0c",
    "javascript:alert(1)",
    "⟦⟧{}{{}}%s{0}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_acts_on_the_page(text: str) -> None:
    plain = [tag for tag, _ in _checked(_attack("word")).elements if tag not in ("wbr", "span")]
    for made in (
        _attack(text),
        _attack(f"\n{text}\n", proposal=""),
        _attack(f"{text} {text}"),
        _attack("word", path=text),
        _attack("word", proposal=text.replace("\0", "")),
        _attack("word", message=text),
    ):
        found = [tag for tag, _ in _checked(made).elements]
        assert set(found) <= {*plain, "br", "div", "p", "span", "wbr", "del", "ins", "b"}
        assert not re.search("[\0\x1b\x85\u2028\u202a-\u202e\u2066-\u2069]", made)
    _checked(_attack("word", record=text))


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    words = _checked(_attack("a\u202eb\0\ud800c\nd")).words
    assert "aU+202EbU+0000U+D800c⏎d" in words


def test_a_text_of_controls_does_not_swell_the_page() -> None:
    assert len(shown("\x01" * 10_000)) < 40 * LABELS + 10_001
    assert len(_attack("\x01\u202e" * 100_000, proposal="\x02" * 100_000)) < 40_000


def test_a_page_needs_nothing_from_elsewhere() -> None:
    made = _attack("word")
    policies = [attributes for _, attributes in Read(made).elements if "http-equiv" in attributes]
    policy = policies[0]["content"]
    style = re.search("<style>(.*?)</style>", made, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"https?://|@import|url\((?!#)", made)


def test_right_to_left_texts_keep_their_direction_to_themselves() -> None:
    made = _attack("שלום")
    assert '<del dir="auto">' in made
    assert re.search('<p class="line" dir="auto"[^>]*><del', made)


def test_a_removed_line_is_called_one() -> None:
    tally = Tally()
    text = "One.\nSource link\nTwo."
    tally.begin(Source("a.txt", text, [Document(text, None, "a.txt")]))
    tally.add(0, [Finding("x/y", 5, 17, "Source link\n", ("",), Action.FIX, "why")])
    made = html.page(tally, [RULE], {}, version="1")
    assert '<del dir="auto">Source link</del> <span class="note"' in made
    assert "line taken out" in made
    assert "<ins dir" not in made


def test_a_rule_says_how_safe_it_is_and_what_was_measured() -> None:
    tally = Tally()
    tally.begin(Source("a.txt", "bad", [Document("bad", None, "a.txt")]))
    tally.add(0, [Finding("x/y", 0, 3, "bad", ("good",), Action.SUGGEST, "why")])
    measured = Measured(95, 100, 0.888, 0.978, False, ("right: 95 <of> 100",))
    read = _checked(html.page(tally, [RULE], {"x/y": measured}, version="1"))
    for words in ("A <bad> word.", "Why & how.", "“Safe”.", "right: 95 <of> 100", "95.0%"):
        assert words in read.words
    assert "Between 88.8% and 97.8% with 95 % confidence" in read.words
    assert "88.8–97.8" in read.words


def test_a_page_on_nothing() -> None:
    tally = Tally()
    read = _checked(html.page(tally, [RULE], {}, version="1"))
    assert "There was no text to check." in read.words
    tally.begin(Source("a.txt", "fine", [Document("fine", None, "a.txt")]))
    tally.add(0, [])
    read = _checked(html.page(tally, [RULE], {}, version="1", trouble=True))
    assert "Nothing found in 1 file" in read.words
    assert "Not everything was checked." in read.words


def test_a_hundred_thousand_findings_in_ten_thousand_files() -> None:
    """40 rules; each finding and each name is long. The page stays under a million bytes."""
    tally = Tally()
    text = ("Long words of context. " * 10 + "bad ") * 10
    places = [hit.start() for hit in re.finditer("bad", text)]
    rules = [
        Rule(f"x/r{i}", "About. " * 20, "Why. " * 90, "Safe. " * 90, Action.FIX, "pattern", {})
        for i in range(40)
    ]
    for number in range(10_000):
        path = f"{'folder' * 9}{number % 3000}/{'file' * 9}{number}.txt"
        tally.begin(Source(path, text, [Document(text, None, path, "en")]))
        tally.add(
            0,
            [
                Finding(
                    f"x/r{(number + i) % 40}", at, at + 3, "bad", ("good",), Action.FIX, "w" * 90
                )
                for i, at in enumerate(places)
            ],
        )
    made = html.page(tally, rules, {}, version="1")
    read = _checked(made)
    assert len(made.encode()) < 1_000_000
    assert "100,000 findings in 10,000 files: 100,000 fix" in read.words
    assert "and 9,980 more files: 99,800 findings" in read.words
    assert "and 2,980 more sites: " in read.words


def test_no_rule_is_too_many() -> None:
    tally = Tally()
    tally.begin(Source("a.txt", "bad", [Document("bad", None, "a.txt")]))
    ids = [f"x/r{i:03}" for i in range(150)]
    tally.add(0, [Finding(rule, 0, 3, "bad", (), Action.REPORT, "why") for rule in ids])
    read = _checked(html.page(tally, [], {}, version="1"))
    assert "and 50 more rules: 50 findings" in read.words
    assert sum(tag == "section" for tag, _ in read.elements) == html.LISTED


def test_the_whole_page(file_regression: FileRegressionFixture) -> None:
    """The bytes of a page on two small inputs, without its style, which its digest stands for."""
    text = "Nobody was hurtBut two crossings had to turn back.\n\nSource link\n"
    line = '{"id": "https://tide.example/1", "text": "The mayor of <b>Osk</b> spoke , at last."}\n'
    plain = source.from_bytes("articles/harbour/a.txt", text.encode())
    records = source.from_bytes("d.jsonl", line.encode())
    tally = Tally()
    tally.begin(plain)
    offers = ("hurt, but", "hurt but")
    seam = Finding("x/seam", 11, 18, "hurtBut", offers, Action.FIX, "“hurt” and “But”")
    footer = Finding("x/footer", 51, 64, "\nSource link\n", ("",), Action.FIX, "A footer.")
    tally.add(0, [seam, footer])
    tally.begin(records)
    blank = Finding("x/blank", 29, 31, " ,", (",",), Action.SUGGEST, "A blank before a comma.")
    doubt = Finding("x/seam", 0, 3, "The", (), Action.REPORT, "Doubtful.")
    tally.add(0, [doubt, blank])
    ids = ("x/seam", "x/footer", "x/blank", "x/never")
    rules = [Rule(id, f"About {id}.", "Why.", "Safe.", Action.FIX, "pattern", {}) for id in ids]
    measured = {"x/seam": Measured(99, 100, 0.9455, 0.9982, False, ("99 of 100",))}
    made = html.page(tally, rules, measured, version="1")
    _checked(made)
    made = re.sub("(?s)<style>.*</style>|sha256-[^']*", "", made)
    file_regression.check(made.encode(), extension=".html", binary=True)
