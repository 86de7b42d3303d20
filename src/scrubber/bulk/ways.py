"""How shards are cleaned: each project, and each set of settings for single files, has its way."""

from __future__ import annotations

from typing import NamedTuple

from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.model import Reading
from scrubber.rules import Rule


class Way(NamedTuple):
    """What cleans a shard, how it is read, and the digest of all that decides what is done.

    Where decisions are honoured a shard stays `whole`: a record without an id is known by its row.
    `doubting` are the rules whose findings a model is asked about, where one is.
    """

    cleaner: Cleaner
    reading: Reading
    digest: str
    whole: bool = False
    doubting: tuple[Rule, ...] = ()
