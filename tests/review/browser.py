"""A real browser with a person's fingers: Debian's chromium, driven by playwright."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright
from terminal import COMMAND, FIXED

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

COMPLAINTS: list[str] = []
"""What the console of a page said, errors of its script, and dialogs of scripts in texts."""


class Review:
    """Runs `scrubber review --web`; `address` opens the page, once."""

    def __init__(self, folder: Path, *args: str, **more: str) -> None:
        self.child = subprocess.Popen(
            [*COMMAND, "review", "--web", "--no-open", *args],
            cwd=folder,
            env={**os.environ, **FIXED, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.child.stdout
        line = self.child.stdout.readline()
        assert line, self.child.communicate()[1]
        self.address = line.split()[-1]

    def __enter__(self) -> Review:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.child.poll() is None:
            self.child.kill()
        self.child.communicate()

    def interrupt(self) -> str:
        """Press Ctrl-C; return what is said on standard error. It has to end with exit code 0."""
        self.child.send_signal(signal.SIGINT)
        return self.end()

    def end(self) -> str:
        """Wait until the command has ended by itself; return its standard error."""
        said = self.child.communicate(timeout=20)[1]
        assert self.child.returncode == 0, said
        return said


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, address: str, width: int = 1280, height: int = 800) -> Page:
    """Open the page in a context of its own; what goes wrong in it is added to `COMPLAINTS`."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.on("console", lambda message: COMPLAINTS.append(message.text))
    page.on("pageerror", lambda error: COMPLAINTS.append(str(error)))
    page.on("dialog", lambda dialog: COMPLAINTS.append(dialog.message))
    page.goto(address)
    page.wait_for_selector("#answers button, .end")
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until the page has its answer from the server and has drawn it."""
    page.wait_for_selector("body[data-busy=false]")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")


def press(page: Page, *keys: str) -> None:
    """Press keys, each once the page has answered the one before."""
    for key in keys:
        page.keyboard.press(key)
        settle(page)


def said(page: Page) -> str:
    """The status line."""
    return page.locator("#said").inner_text()


def picture(
    folder: Path,
    paths: list[str],
    target: Path,
    *,
    keys: tuple[str, ...] = (),
    scheme: Literal["light", "dark"] = "light",
    width: int = 1280,
    height: int = 800,
) -> None:
    """Save a picture of the page as it stands after some keys, for a README."""
    with Review(folder, *paths) as review, chromium() as browser:
        page = opened(browser, review.address, width, height)
        page.emulate_media(color_scheme=scheme)
        press(page, *keys)
        page.screenshot(path=target)
        review.interrupt()
