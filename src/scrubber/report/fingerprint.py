"""Names for findings that stay when lines above them come and go."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

from scrubber.decisions.keys import Scope, key_of
from scrubber.model import Document, Finding


class Fingerprints:
    """Gives each finding of a file a name of its own: 32 hexadecimal digits.

    It is made of what a decision about a place is known by (path, record, rule, the text found, and
    32 code points on each side), so it changes only when that does. Findings with all of it in
    common are told apart by their order.
    """

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def of(self, document: Document, finding: Finding, path: str, record: object) -> str:
        """Return the name of a finding; each call counts it as another one."""
        key = key_of(Scope.HERE, document, finding, None)
        parts = [path, record, key.rule, key.exact, key.prefix, key.suffix]
        digest = sha256(json.dumps(parts).encode())
        nth = self._seen[digest.digest()]
        self._seen[digest.digest()] += 1
        if nth:
            digest.update(b"%d" % nth)
        return digest.hexdigest()[:32]
