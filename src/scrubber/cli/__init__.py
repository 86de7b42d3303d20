"""The command line: words to calls, findings to screen, results to exit codes.

What a hook calls does without click (`quick`); all else goes through it (`commands`).
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # typing costs more than this module does
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> None:
    """Run the command; every mistake of use is one line on standard error and exit 2."""
    # Little of what a run makes is garbage in cycles: a rarer search saves 5 of 90 ms at start-up.
    gc.set_threshold(50_000, 20, 20)
    try:
        code = _run(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except Exception as error:
        from scrubber.cli.failing import told

        code = told(error)
    _leave(code if isinstance(code, int) else 0)


def _run(args: list[str]) -> object:
    from scrubber.cli import quick

    asked = quick.asked(args)
    if asked is None:
        from scrubber.cli.commands import group

        return group.main(args, prog_name="scrubber", standalone_mode=False)
    try:
        return quick.run(asked)
    except (Exception, KeyboardInterrupt) as error:
        from scrubber.cli.failing import as_raised_in

        return as_raised_in(asked.command, error)


def _leave(code: int) -> NoReturn:
    """End at once: taking a million objects apart one by one costs 10 of 90 ms.

    What has to be done at an exit is done; where a thread still runs, the usual end waits for it.
    """
    if "threading" in sys.modules and sys.modules["threading"].active_count() > 1:
        sys.exit(code)
    if "scrubber.patterns" in sys.modules:
        sys.modules["scrubber.patterns"].keep()
    import atexit

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, AttributeError, ValueError):
            continue
    os._exit(code)
