"""What the directives and roles of docutils, Sphinx and their best-known extensions hold."""

from __future__ import annotations

BODIES = frozenset(
    "attention caution danger error hint important note tip warning seealso todo compound epigraph "
    "highlights pull-quote header footer hlist glossary acks impl-detail admonition-todo legend "
    "details grid tab-set".split()
)
"""Directives without an argument: all that stands in them is prose."""

TITLED = frozenset(
    "admonition topic sidebar table list-table rubric centered dropdown tab-item grid-item-card "
    "card collapse".split()
)
"""Directives whose argument is a title."""

VERSIONED = frozenset(
    "versionadded versionchanged versionremoved deprecated versionmodified".split()
)
"""Directives whose argument is a version, and what there is to say about it."""

ARGUED = frozenset(
    "container class rst-class only ifconfig figure grid-item function method attribute data "
    "exception module classmethod staticmethod property decorator decoratormethod "
    "coroutinefunction coroutinemethod awaitablefunction awaitablemethod option cmdoption "
    "program envvar confval describe object opcode pdbcommand macro member struct enum "
    "enumerator type var setting templatetag templatefilter fieldlookup django-admin "
    "django-admin-option signal event control command variable signature tab group-tab".split()
)
"""Directives whose argument is a name, a signature, a path: what stands below is prose."""

CODE_OF_KINDS = frozenset("c:alias cpp:alias autosummary".split())
"""Directives of Sphinx's domains, and with `auto`, that hold no prose; all others describe what
they name."""

PICTURES = frozenset("image figure".split())
"""Directives with an alternative text."""

PROSE_ROLES = frozenset("ref doc term numref download std:ref std:doc std:term any".split())
"""Roles of links: the text before a target is prose."""

DATA_FIELDS = frozenset(
    "type rtype vartype author authors contact address organization version revision date status "
    "orphan tocdepth nocomments nosearch tags slug category template lang language class name "
    "alt width height align scale target figclass figwidth".split()
)
"""Fields whose body is no prose: types, names, dates, settings."""
