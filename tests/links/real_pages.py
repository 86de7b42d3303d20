"""Real pages to measure on: the texts of source packages, pinned by version and hash.

They are other people's: they are downloaded where they are needed and never kept in the project.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path, PurePosixPath

from filelock import FileLock

SOURCES = Path(__file__).with_name("sources.txt")
ENDINGS = (".md", ".markdown", ".rst")
SECONDS = 300


class NotFetchedError(Exception):
    """The packages cannot be had, for example offline. The message is one line."""


def fetched(folder: Path) -> Path:
    """Return the folder with the pages of the packages, downloading what it lacks.

    One process downloads, others that ask meanwhile wait for it.

    Raises:
        NotFetchedError: pip could not download them.
    """
    here = folder / hashlib.sha256(SOURCES.read_bytes()).hexdigest()[:12]
    pages = here / "pages"
    here.mkdir(parents=True, exist_ok=True)
    with FileLock(here / "lock"):
        if not pages.is_dir():
            _download(here / "packages")
            for archive in sorted((here / "packages").glob("*.tar.gz")):
                _unpack(archive, here / "unfinished")
            (here / "unfinished").rename(pages)
    return pages


def _download(folder: Path) -> None:
    """Let pip download the packages and check their hashes."""
    asked = ["--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", str(SOURCES)]
    command = [sys.executable, "-m", "pip", "download", "-q", "--retries", "1", *asked]
    try:
        done = subprocess.run(
            [*command, "-d", str(folder)],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise NotFetchedError(f"pip took more than {SECONDS} seconds") from None
    if done.returncode:
        errors = [line for line in done.stderr.split("\n") if line.startswith("ERROR")]
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
