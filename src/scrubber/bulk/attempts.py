"""One shard tried: what goes wrong is told of it, and whether others would fare better."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar

from scrubber.bulk.model import ShardError
from scrubber.bulk.plan import Planned

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Tick = Callable[[int], None]
"""Told how many bytes were read so far; it may end what calls it."""

_FULL = {errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Work(Protocol[T_co]):
    """What is done to each shard. It can be pickled."""

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> T_co:
        """Do it; `tick` is called with the bytes that were read so far, and may end it."""


class Failed(NamedTuple):
    """A shard that was not done. `stops` where no other would fare better."""

    problem: str
    stops: bool = False


class StoppedError(Exception):
    """The run has ended: what was begun is given up."""


class EndError(Exception):
    """The run is to end because of this shard; the message is one line."""


def tried(work: Work[T], shard: Planned, tick: Tick) -> T | Failed | None:
    """Do one shard; what goes wrong is told of it, and no other suffers. None: it was given up."""
    try:
        return work(shard, tick)
    except StoppedError:
        return None
    except EndError as error:
        return Failed(str(error), stops=True)
    except ShardError as error:
        return Failed(str(error))
    except MemoryError:
        return Failed("not enough memory")
    except OSError as error:
        return _disk(error, shard)
    except Exception as error:
        if os.environ.get("SCRUBBER_TRACEBACK"):
            raise
        return Failed(f"a fault of scrubber's own: {type(error).__name__}: {error}")


def _disk(error: OSError, shard: Planned) -> Failed:
    if isinstance(error, FileNotFoundError) and error.filename == os.fspath(shard.source):
        return Failed("no such file")
    reason = (error.strerror or str(error)).lower()
    if error.errno in _FULL:
        reason = os.strerror(error.errno or 0).lower()  # pyarrow has words of its own
        return Failed(f"cannot be written: {reason}", stops=True)
    where = f": {error.filename}" if error.filename else ""
    return Failed(f"cannot be read or written: {reason}{where}")
