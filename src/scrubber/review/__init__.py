"""Findings past a person: one session, shown in a terminal, in a browser, or fed with answers."""
