"""What settings say of rules: how far they are trusted, and the words that they leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrubber import packs
from scrubber.config import Settings
from scrubber.config.values import Trust
from scrubber.model import Action
from scrubber.rules import Rule

_Key = tuple[str | int, ...]


def prefixes(settings: Settings) -> Iterator[tuple[_Key, str]]:
    """Yield all that names rules, with the key that it stands under."""
    for name in ("select", "extend", "ignore"):
        for number, prefix in enumerate(getattr(settings, name)):
            yield (name, number), prefix
    for glob, ignored in settings.per_file_ignores:
        for number, prefix in enumerate(ignored):
            yield ("per-file-ignores", glob, number), prefix
    for allowed in settings.allow:
        for number, prefix in enumerate(allowed.rules):
            if prefix:
                yield ("allow", allowed.number, "rules", number), prefix
    for trust in settings.actions:
        yield ("actions", trust.prefix), trust.prefix


def applied(
    settings: Settings, rules: Sequence[Rule], unread: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """Return the rules as the settings want them; `unread` are packs that were not read.

    Raises:
        SettingsError: a prefix fits no rule, or more trust is given without a reason.
    """
    for key, prefix in prefixes(settings):
        try:
            packs.known(prefix, rules, unread)
        except packs.UnknownRuleError as error:
            raise settings.mistake(key, str(error)) from None
    if settings.allow:
        from scrubber.additions import Allow, allowed

        where = str(settings.file)
        rules = allowed(rules, [Allow(a.rules, a.words, where, a.number) for a in settings.allow])
    for trust in settings.actions:
        _check(settings, trust, rules)
    return tuple(_trusted(settings, rule) for rule in rules) if settings.actions else tuple(rules)


def _check(settings: Settings, trust: Trust, rules: Sequence[Rule]) -> None:
    """Make sure that what only raises rules has a reason."""
    wanted = Action(trust.action)
    meant = [rule for rule in rules if packs.longest(rule, [trust.prefix]) >= 0]
    more = [rule for rule in meant if rule.action.doubt > wanted.doubt]
    if more and not trust.reason and all(rule.action.doubt >= wanted.doubt for rule in meant):
        raise settings.mistake(
            ("actions", trust.prefix),
            f'more than "{more[0].action}", the action of {more[0].id}, needs a reason:'
            f' {{ action = "{wanted}", reason = "…" }}',
        )


def _trusted(settings: Settings, rule: Rule) -> Rule:
    """The rule with the action of the longest prefix that fits it; raised with a reason only."""
    fitting = [t for t in settings.actions if packs.longest(rule, [t.prefix]) >= 0]
    trust = max(fitting, key=lambda trust: len(trust.prefix), default=None)
    if trust is None or trust.action == rule.action:
        return rule
    wanted = Action(trust.action)
    raised = wanted.doubt < rule.action.doubt
    if raised and not trust.reason:
        return rule
    verb = "raised" if raised else "lowered"
    name = settings.file.name if settings.file else "settings"
    told = f"{verb} from {rule.action} in {name}" + (f": {trust.reason}" if trust.reason else "")
    return rule._replace(action=wanted, changed=told)
