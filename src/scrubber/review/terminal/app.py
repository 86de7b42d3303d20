"""The screen in a real terminal, drawn by prompt_toolkit."""

from __future__ import annotations

import os
from typing import Any

import click
from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from scrubber.review.desk import Desk
from scrubber.review.terminal import view
from scrubber.review.terminal.screen import GO, OWN, TYPED, Screen

# The 16 colours that a terminal's own theme sets, so that light and dark ones both stay readable.
_STYLE = Style.from_dict(
    {
        "bar": "reverse",
        "gone": "ansired strike bold",
        "gone-line": "ansired",
        "come": "ansigreen bold underline",
        "mark": "ansiyellow bold underline",
        "found": "bold",
        "rule": "ansicyan",
        "dim": "ansibrightblack",
        "chosen": "bold",
        "state": "ansicyan",
        "warn": "ansiyellow",
        "said": "bold",
        "fix": "ansigreen reverse",
        "suggest": "ansiyellow reverse",
        "report": "ansimagenta reverse",
        "bottom": "",
    }
)
_PROMPTS = {OWN: "replacement: ", GO: "go to number: "}
_NAMES = {"c-m": "enter", "c-i": "tab"}


def run(desk: Desk, input: Input | None = None, output: Output | None = None) -> Screen:
    """Ask until all is answered or the person ends it, and return the screen as it was then.

    Ctrl-C, and a terminal that is closed, end it with nothing written; what was decided is in the
    ledger.
    """
    screen = Screen(desk)
    if not screen.finished:
        try:
            _application(screen, input, output).run()
        except (EOFError, KeyboardInterrupt):
            screen.finished = True
    return screen


def _application(screen: Screen, input: Input | None, output: Output | None) -> Application[None]:
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    line = Buffer(multiline=False)
    typing = Condition(lambda: screen.mode in TYPED)

    def shown() -> Any:
        size = app.output.get_size()
        drawn = view.rows(screen, size.columns, size.rows, colour=colour)
        return view.joined(drawn[:-1] if screen.mode in TYPED else drawn)

    above = Window(FormattedTextControl(shown, focusable=True, show_cursor=False))
    prompt = BeforeInput(lambda: _PROMPTS.get(screen.mode, "search: "))
    below = ConditionalContainer(
        Window(BufferControl(line, input_processors=[prompt]), height=1), typing
    )
    app: Application[None] = Application(
        layout=Layout(HSplit([above, below])),
        key_bindings=_bindings(screen, line, typing, above),
        style=_STYLE,
        full_screen=True,
        color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
        input=input,
        output=output,
    )
    # An Escape is a key of its own after this many seconds; the library waits half a second.
    app.ttimeoutlen = 0.05
    return app


def _bindings(screen: Screen, line: Buffer, typing: Condition, above: Window) -> KeyBindings:
    bindings = KeyBindings()

    def settle(event: KeyPressEvent) -> None:
        """Go where the screen now wants its keys: the bottom line, an editor, or nowhere."""
        app = event.app
        if screen.finished:
            app.exit()
        elif screen.editor_wanted:
            screen.editor_wanted = False
            app.create_background_task(_edit(screen, app))
        elif screen.mode in TYPED:
            line.text = (screen.shown() or "") if screen.mode == OWN else ""
            if screen.mode == OWN and screen.item and not line.text:
                line.text = screen.item.finding.text
            line.cursor_position = len(line.text)
            app.layout.focus(line)
        else:
            app.layout.focus(above)

    @bindings.add(Keys.Any, filter=~typing)
    def _pressed(event: KeyPressEvent) -> None:
        pressed = event.key_sequence[0]
        name = getattr(pressed.key, "value", pressed.key)
        screen.key(_NAMES.get(name, name))
        settle(event)

    @bindings.add("c-m", filter=typing)
    def _entered(event: KeyPressEvent) -> None:
        screen.typed(line.text)
        settle(event)

    @bindings.add("escape", filter=typing, eager=True)
    def _given_up(event: KeyPressEvent) -> None:
        screen.typed(None)
        settle(event)

    @bindings.add("c-c", filter=typing)
    def _left(event: KeyPressEvent) -> None:
        _given_up(event)

    @bindings.add("c-c", filter=~typing)
    @bindings.add("c-d")
    @bindings.add("<sigint>")
    def _stopped(event: KeyPressEvent) -> None:
        screen.finished = True
        event.app.exit()

    return bindings


async def _edit(screen: Screen, app: Application[None]) -> None:
    """Have a replacement written in the person's editor; nothing is decided if it is left as is."""
    item = screen.item
    if item is None:
        return
    start = screen.shown()
    text = item.finding.text if start is None else start
    try:
        edited = await run_in_terminal(lambda: click.edit(text, extension=".txt"), in_executor=True)
    except click.ClickException as error:
        screen.said = error.format_message()
    else:
        if edited is not None:
            if not text.endswith("\n"):  # editors end a file with one
                edited = edited.removesuffix("\n")
            screen.mode = OWN
            screen.typed(edited)
        else:
            screen.said = "left as it was"
    app.invalidate()
    if screen.finished:
        app.exit()
