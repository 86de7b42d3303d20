"""The ways in which `scrubber clean` cleans files, as settings and command line say."""

from __future__ import annotations

from scrubber.bulk import manifest
from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.model import Reading
from scrubber.bulk.ways import Way
from scrubber.cli import decided, options, trusting
from scrubber.cli.clean_options import Asked
from scrubber.cli.held import Held
from scrubber.evidence.counts import Counts
from scrubber.rules import Rule


class Ways:
    """The ways that were needed so far; `given` is what of the command line holds for all."""

    def __init__(
        self,
        inputs: options.Inputs,
        asked: Asked,
        ledgers: decided.Ledgers,
        judges: trusting.Judges,
        given: object,
        evidence: Counts | None,
    ) -> None:
        self._inputs, self._asked, self._given = inputs, asked, given
        self._evidence = evidence
        self._ledgers, self._judges = ledgers, judges
        self._numbers: dict[Held, int] = {}
        self.made: list[Way] = []
        self.settings: dict[str, dict[str, str]] = {}

    def number(self, held: Held) -> int:
        """Return the number of the way of files for which this holds."""
        if held not in self._numbers:
            way, settings = self._way(held)
            if way.digest not in self.settings:
                self.settings[way.digest] = settings
                self.made.append(way)
            self._numbers[held] = list(self.settings).index(way.digest)
        return self._numbers[held]

    def _way(self, held: Held) -> tuple[Way, dict[str, str]]:
        judging, said = self._judges.of(held.chosen), self._ledgers.of(held.settings)
        text_field, id_field = self._inputs.fields(held.settings)
        asked = self._asked
        reading = Reading(asked.fields or (text_field,), id_field, asked.url_field)
        settings = manifest.settings(
            rules=held.digest.hex(),
            fields=[reading.fields, reading.id_field, reading.url_field],
            record=[asked.form, asked.dolma],
            decisions=manifest.told(said.lines if said else []),
            trust=judging.acting if isinstance(judging, trusting.Trusted) else None,
            options=self._given,
        )
        cleaner = Cleaner(held.rules, judging=judging, language=held.language)
        cleaner.evidence = self._evidence
        whole = bool(said and said.lines)
        doubting = _doubting(held) if asked.second_opinion else ()
        return Way(cleaner, reading, manifest.whole(settings), whole, doubting), settings


def _doubting(held: Held) -> tuple[Rule, ...]:
    """The rules of which a model has a say."""
    from scrubber.opinion.thresholds import thresholds

    return tuple(rule for rule in held.rules if thresholds().of(rule.id))
