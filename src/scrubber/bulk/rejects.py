"""The records that could not be read, kept beside the output; there they are as they were."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from scrubber.bulk.aside import Aside
from scrubber.bulk.model import Reject

MOST = 64 << 20
"""Bytes of rejected records that are kept of a shard; of what comes then, only line and reason."""


class Rejects:
    """The rejects of one shard. There is no file where there are none."""

    def __init__(self, aside: Aside, target: Path) -> None:
        self._aside, self._target = aside, target
        self._file: IO[bytes] | None = None
        self._path = Path()
        self._room = MOST

    def write(self, rejects: Iterable[Reject]) -> None:
        """Write some more of them."""
        for reject in rejects:
            if self._file is None:
                self._path = self._aside.beside(self._target)
                self._file = self._path.open("wb")
            self._room -= len(reject.raw)
            self._file.write(line(reject, whole=self._room >= 0))

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()

    def place(self) -> None:
        """Give the file its name, or take out that of an earlier run."""
        if self._file is None:
            self._target.unlink(missing_ok=True)
        else:
            self._aside.replace(self._path, self._target)


def line(reject: Reject, *, whole: bool = True) -> bytes:
    """Return a reject as a line of JSON; what is no UTF-8 in base64."""
    plain = {"path": reject.path, "line": reject.line, "reason": reject.reason}
    if whole:
        try:
            plain["raw"] = reject.raw.decode()
        except UnicodeDecodeError:
            plain["raw_base64"] = base64.b64encode(reject.raw).decode()
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
