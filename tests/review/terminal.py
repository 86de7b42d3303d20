"""A real pseudo-terminal with a person's fingers: keys in, the screen as it then stands out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

COMMAND = [sys.executable, "-m", "scrubber"]
FIXED = {"SCRUBBER_WHO": "Ines", "SOURCE_DATE_EPOCH": "1700000000"}
"""Who decides and when, the same in every run."""


class Terminal:
    """Runs a command of scrubber in a pseudo-terminal and reads its screen."""

    def __init__(
        self, folder: Path, *args: str, columns: int = 80, rows: int = 24, **more: str
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        environment = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        environment.pop("NO_COLOR", None)
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], *args],
            cwd=folder,
            env={**environment, **FIXED, **more},
            dimensions=(rows, columns),
            timeout=20,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def settle(self, first: float = 10.0) -> str:
        """Read until nothing more comes for a moment; return the screen."""
        wait = first
        while True:
            try:
                came = self.child.read_nonblocking(65536, timeout=wait)
                self._stream.feed(came)
                wait = 0.06
            except pexpect.TIMEOUT:
                return self.text
            except pexpect.EOF:
                return self.text

    def wait_for(self, text: str) -> str:
        """Read until a text stands on the screen.

        Raises:
            AssertionError: it does not come within 20 seconds.
        """
        for _ in range(200):
            if text in self.settle(0.1):
                return self.text
        raise AssertionError(f"{text!r} never came:\n{self.text}")

    def press(self, *keys: str) -> str:
        """Send keys, each once the screen has answered the one before; return the screen."""
        for key in keys:
            self.child.send(key)
            self.settle(2.0)
        return self.text

    def end(self) -> int:
        """Wait for the command to end and return its exit code."""
        self.settle(0.2)
        self.child.expect(pexpect.EOF)
        self.child.wait()
        return int(self.child.exitstatus or 0)
