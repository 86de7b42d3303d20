"""The option that says how far rules are trusted, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scrubber.cli import late
from scrubber.cli.decided import Decided, Ledgers
from scrubber.cli.held import Chosen
from scrubber.engine import Judge

if TYPE_CHECKING:
    from scrubber.sampling.trust import Standing


def trusting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --trust; the command takes it as `trust`, None where it is not given."""
    return late.option(
        "--trust",
        type=late.kind("FloatRange", 0, 1, min_open=True, max_open=True),
        metavar="SHARE",
        help="Let exactly those rules act whose precision is proven to reach this, as 0.99: its"
        " lower bound, from samples in the ledger or else as `scrubber rules` shows it.",
    )(command)


class Trusted:
    """Decisions, and beneath them the rules that have earned the trust asked for."""

    def __init__(self, standings: list[Standing], decided: Decided | None, bound: float) -> None:
        self.standings, self._decided, self._bound = standings, decided, bound

    @property
    def acting(self) -> list[str]:
        """The rules that act."""
        return sorted(standing.rule.id for standing in self.standings if standing.acts)

    @property
    def judge(self) -> Judge:
        """How findings are judged."""
        from scrubber.sampling import trust

        return trust.judge(self.standings, self._decided.judge if self._decided else None)

    def tell(self) -> None:
        """Say of every rule that could act which way it went and why, on standard error."""
        from scrubber.sampling import trust

        for line in (*trust.summary(self.standings), trust.legend(self._bound)):
            late.say(line)


class Judges:
    """What judges findings in each project: decisions, and rules by what is proven when asked for.

    Unless `quiet`, it is told of each project once which rules may act.

    Raises:
        click.UsageError: what was measured of the rules cannot be read.
    """

    def __init__(self, ledgers: Ledgers, bound: float | None, *, quiet: bool) -> None:
        if bound is not None and bound != bound:
            raise late.usage("--trust needs a number")
        self._ledgers, self._bound, self._quiet = ledgers, bound, quiet
        self._known: dict[Chosen, Trusted] = {}

    def of(self, chosen: Chosen) -> Decided | Trusted | None:
        """Return what judges the findings in a project's files."""
        said = self._ledgers.of(chosen.settings)
        if self._bound is None:
            return said
        if chosen not in self._known:
            self._known[chosen] = _trusted(chosen, said, self._bound)
            if not self._quiet:
                self._known[chosen].tell()
        return self._known[chosen]


def _trusted(chosen: Chosen, said: Decided | None, bound: float) -> Trusted:
    from scrubber import floors
    from scrubber.resources import floors_file
    from scrubber.sampling import trust
    from scrubber.sampling.proof import measured
    from scrubber.scoring import LabelsError

    try:
        file = floors_file()
        pinned = floors.read(file).rules if file else {}
    except LabelsError as error:
        raise late.usage(str(error)) from None
    samples = measured(said.content.samples, said.content.decisions) if said else []
    return Trusted(trust.standings(chosen.rules, bound, samples, pinned), said, bound)
