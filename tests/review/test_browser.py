"""The review in a real browser: keys in, text, ledger and summary out; and how fast."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import pytest
from browser import CHROMIUM, COMPLAINTS, Review, chromium, opened, press, said, settle
from playwright.sync_api import Browser, Page
from terminal import COMMAND

HERE = Path(__file__).parent

# The same answers as in test_terminal.py, with the page's own ways where it has a dialog.
FIRST: tuple[str, ...] = ("y", "Tab", "y", "2", "b", "e", "loft, where", "Enter", "n", "u", "y")
FIRST += ("s", "R", "n", "y")
SECOND: tuple[str, ...] = ("y", "b", "Enter", "r", "y", "n", "u", "y", "y", "w", "Escape", "m", "1")
SECOND += ("k", "y", "J", "J", "n", "Enter", "y", "p", "Escape", "?", "Escape")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NOT TESTED IN A BROWSER: no chromium; apt-get install chromium")
    with chromium() as found:
        yield found


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    COMPLAINTS.clear()
    yield
    assert COMPLAINTS == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(HERE / "harbour.txt", tmp_path)
    return tmp_path


def _ledger(folder: Path) -> bytes:
    return (folder / ".scrubber" / "decisions.jsonl").read_bytes()


def test_the_same_keys_give_the_same_bytes_as_in_the_terminal(
    browser: Browser, folder: Path
) -> None:
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        for key in FIRST:
            if len(key) > 6:
                page.keyboard.type(key)
            else:
                press(page, key)
        press(page, "q", "Enter")
        page.get_by_role("heading", name="The review has ended").wait_for()
        assert "9 accepted, 2 rejected, 14 undecided; 9 written." in review.end()
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        assert page.locator(".place").inner_text() == "harbour.txt:4:213"  # the one skipped
        press(page, *SECOND)
        press(page, "q", "Enter")
        page.get_by_role("heading", name="The review has ended").wait_for()
        assert "13 accepted, 3 rejected, 0 undecided (2 decided before); 13 written." in (
            review.end()
        )
    assert (folder / "harbour.txt").read_bytes() == (HERE / "harbour.after.txt").read_bytes()
    assert _ledger(folder) == (HERE / "harbour.decisions.jsonl").read_bytes()


def test_reload_in_mid_work_loses_nothing(browser: Browser, folder: Path) -> None:
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        assert "token" not in page.url
        press(page, "y", "n", "y")
        kept = _ledger(folder)
        assert kept.count(b"\n") == 3
        page.reload()
        settle(page)
        assert page.locator("#counts").inner_text().startswith("3 of 25 decided")
        press(page, "u")
        assert said(page) == "undone: accepted"
        assert _ledger(folder) == b"".join(kept.splitlines(keepends=True)[:2])
        assert "1 accepted, 1 rejected, 23 undecided" in review.interrupt()


def test_a_server_that_is_gone_is_told(browser: Browser, folder: Path) -> None:
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        press(page, "y")
        review.interrupt()
        press(page, "y")
        assert said(page).startswith("scrubber no longer answers. What was decided is kept")
    assert _ledger(folder).count(b"\n") == 1
    assert COMPLAINTS.pop() == "Failed to load resource: net::ERR_CONNECTION_REFUSED"


def test_a_whole_file_is_written_when_its_end_is_confirmed(browser: Browser, folder: Path) -> None:
    before = (folder / "harbour.txt").read_bytes()
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        press(page, "n", "a")
        assert "everything is answered. harbour.txt is done." in said(page)
        assert (folder / "harbour.txt").read_bytes() == before
        kept = _ledger(folder)
        press(page, "Enter")  # opens nothing again
        assert _ledger(folder) == kept
        press(page, "k", "u", "a")
        page.locator("#said button").click()
        settle(page)
        assert said(page).startswith("harbour.txt: 24 repairs written")
        assert (folder / "harbour.txt").read_bytes() != before
        press(page, "Enter", "u")
        assert said(page) == "its file is written already"
        assert "24 written" in review.interrupt()


def test_the_address_opens_one_browser_only(browser: Browser, folder: Path) -> None:
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        other = browser.new_context().new_page()
        other.goto(review.address)
        assert "press Ctrl-C" in other.locator("main").inner_text()
        press(page, "y")
        assert _ledger(folder).count(b"\n") == 1


def test_buttons_do_what_keys_do(browser: Browser, folder: Path) -> None:
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        page.get_by_role("button", name="Accept", exact=False).first.click()
        settle(page)
        press(page, "Enter")  # the default of the next finding, not the button again
        page.get_by_role("button", name="Undo").click()
        settle(page)
        assert said(page) == "undone: accepted"
        page.locator('[data-do="reject-rule"]').click()
        settle(page)
        assert said(page).startswith("rejected 7 (this rule, everywhere)")
        assert _ledger(folder).count(b"\n") == 2


def test_two_tabs_notice_each_other(browser: Browser, folder: Path) -> None:
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        other = page.context.new_page()
        other.goto(page.url)
        other.wait_for_selector("#answers button")
        settle(other)
        press(page, "n")
        press(other, "y")
        assert "in another tab" in said(other)
        assert _ledger(folder).count(b"\n") == 1
        assert other.locator("#counts").inner_text().startswith("1 of 25 decided")


def test_a_strangers_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    shutil.copy(HERE / "strange.toml", tmp_path)
    with Review(_strange(tmp_path), "a.txt", "b.jsonl", "--pack", "strange.toml") as review:
        page = opened(browser, review.address)
        before, after = page.locator(".text.before"), page.locator(".text.after")
        assert "<script>alert(1)</script>" in before.inner_text()
        assert page.locator("#finding script, #finding img, #rows img, #answers img").count() == 0
        assert before.locator(".odd").all_inner_texts() == ["RLO", "PDF", "ESC"]
        press(page, "J", "Tab")
        assert "<img src=x onerror=alert(2)>" in after.inner_text()
        page.fill("#filter", "b.jsonl")
        press(page, "Enter")
        assert before.locator(".odd").all_inner_texts() == ["U+D800", "NUL"]
        press(page, "y", "p", "Escape", "w", "Escape")


def _strange(folder: Path) -> Path:
    text = "<script>alert(1)</script> \u202egnp.exe\u202c \x1b[31m said [TK] so.\nשלום [TK] לכם.\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    record = '{"id": "<b>", "text": "A lone \\ud800 and \\u0000 said [TK] so."}\n'
    (folder / "b.jsonl").write_text(record, encoding="utf-8")
    return folder


def test_a_finding_in_a_very_long_line_is_shown_by_its_surroundings(
    browser: Browser, tmp_path: Path
) -> None:
    shutil.copy(HERE / "strange.toml", tmp_path)
    (tmp_path / "a.txt").write_text("word " * 100_000 + "said [TK] so, " + "word " * 100_000)
    with Review(tmp_path, "a.txt", "--pack", "strange.toml", "--select", "strange") as review:
        page = opened(browser, review.address)
        assert 600 < len(page.locator(".text.before").inner_text()) < 800
        press(page, "m")
        assert 1_800 < len(page.locator(".text.before").inner_text()) < 2_300


def test_what_taking_one_displaces_is_said(browser: Browser, tmp_path: Path) -> None:
    shutil.copy(HERE / "strange.toml", tmp_path)
    (tmp_path / "a.txt").write_text("The mayor said [TK] so.\n")
    with Review(tmp_path, "a.txt", "--pack", "strange.toml", "--select", "strange") as review:
        page = opened(browser, review.address)
        note = page.locator(".standing").inner_text()
        assert "displaces another finding: strange/" in note
        press(page, "y")
        assert page.locator(".row.displaced").count() == 1
        press(page, "J")


def test_a_sample_is_decided_one_by_one_in_its_own_order(browser: Browser, folder: Path) -> None:
    sample = ("--sample", "5", "--rule", "links/glued-capital", "harbour.txt")
    with Review(folder, *sample) as review:
        page = opened(browser, review.address)
        assert page.locator("#orders button").count() == 1
        assert page.locator(".group .name").all_inner_texts() == ["sample, in its order"]
        assert page.locator(".reach").count() == 0
        press(page, "Enter")  # what is measured is what a person says
        assert said(page) == "left undecided"
        press(page, "b")
        assert "one by one" in said(page)
        press(page, "y", "n")
        assert "links/glued-capital: 3 of 5 open" in review.interrupt()
    assert _ledger(folder).count(b'"sample"') == 3  # the sample itself and two decisions


KEY = """async (key) => {
  const { body } = document;
  document.getElementById("list").dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true }));
  while (body.dataset.busy === "true") await new Promise((done) => {
    new MutationObserver((_, seen) => { seen.disconnect(); done(); })
      .observe(body, { attributeFilter: ["data-busy"] });
  });
}"""
FILTER = """(text) => {
  const field = document.getElementById("filter");
  field.value = text;
  field.dispatchEvent(new Event("input"));
  return new Promise((done) => requestAnimationFrame(() => setTimeout(
    () => done(document.getElementById("hint").textContent))));
}"""
SCROLL = """async (step) => {
  const box = document.getElementById("list");
  box.scrollTop = step * 7000;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  if (!box.querySelector(".row")) throw new Error("an empty list");
}"""


class Clock:
    """Milliseconds of processor time of a page's main thread and of the command that serves it.

    What else the machine does adds nothing to it. The command's are counted in ticks of 10.
    """

    def __init__(self, page: Page, review: Review) -> None:
        self._page, self._stat = page, Path(f"/proc/{review.child.pid}/stat")
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        self._session.send("Performance.enable")

    def _spent(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        tasks: float = next(one["value"] for one in metrics if one["name"] == "TaskDuration")
        ticks = sum(map(int, self._stat.read_text().rpartition(")")[2].split()[11:13]))
        return 1000 * (tasks + ticks / os.sysconf("SC_CLK_TCK"))

    def times(self, script: str, arguments: Iterable[object]) -> tuple[list[float], list[str]]:
        """Evaluate a script for each argument; return what each took, and what came of it."""
        spent, found = [self._spent()], []
        for argument in arguments:
            found.append(self._page.evaluate(script, argument))
            spent.append(self._spent())
        return [after - before for before, after in itertools.pairwise(spent)], found


def _slowness() -> float:
    """How much longer a piece of work takes than on a machine for which bounds are meant.

    A processor that shares its core with another's work takes up to twice as long for the same.
    """
    start = time.process_time()
    sum(number * number for number in range(1_500_000))
    return max(1.0, (time.process_time() - start) / 0.1)


def test_5000_findings_are_no_burden(
    browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = ("Marel", "Tovik", "Ansa", "Berit", "Goral", "Hedda")
    lines = (
        f"{people[n % 6]} signed the paper numbered {n} about the treatyBut nobody came to see it. "
        f"The crowd of {n} left with the ferrywho had waited for {people[n % 5]} there.\n"
        for n in range(2_500)
    )
    (tmp_path / "a.txt").write_text("\n".join(lines))
    with Review(tmp_path, "a.txt") as review:
        page = opened(browser, review.address)
        count = int(page.locator("#progress").get_attribute("aria-valuemax") or 0)
        assert count >= 5_000
        assert page.locator(".row").count() < 60
        clock, slow = Clock(page, review), _slowness()
        keys, _ = clock.times(KEY, "yynsyunyjkJKbuRuynmyyn")
        filters, hints = clock.times(FILTER, ("t", "tr", "glued-lower 12", "zz", "") * 3)
        scrolled, _ = clock.times(SCROLL, range(1, 31))
        slow = max(slow, _slowness())
    assert hints[3].startswith("0 of ")
    with capsys.disabled():
        print(
            f"\n{count:,} findings: a key takes {median(keys):.0f} ms (slowest {max(keys):.0f}),"
            f" a filter {median(filters):.0f} ms ({max(filters):.0f}),"
            f" a list that is scrolled {median(scrolled):.0f} ms ({max(scrolled):.0f}),"
            f" on a machine {slow:.1f} times as slow as meant"
        )
    assert median(keys) < 100 * slow
    assert median(filters) < 100 * slow
    assert median(scrolled) < 50 * slow


def test_the_page_and_the_answers_file_agree(browser: Browser, folder: Path) -> None:
    with Review(folder, "harbour.txt") as review:
        page = opened(browser, review.address)
        press(page, "o", "b", "n", "o", "i", "2", "o", "y", "a", "q", "Enter")
        page.get_by_role("heading", name="The review has ended").wait_for()
        review.end()
    again = folder / "again"
    again.mkdir()
    (again / ".scrubber").mkdir()
    shutil.copy(HERE / "harbour.txt", again)
    done = subprocess.run(
        [*COMMAND, "review", "--answers", str(folder / ".scrubber/decisions.jsonl"), "harbour.txt"],
        cwd=again,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (again / "harbour.txt").read_bytes() == (folder / "harbour.txt").read_bytes()
    assert _ledger(again) == _ledger(folder)
