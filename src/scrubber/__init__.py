"""Repairs prose that scraping and machine translation have damaged."""

__version__ = "0.1.0"
__all__ = ["Action", "ChoiceError", "Cleaned", "Edit", "Finding", "Repaired", "Scrubber"]

TYPE_CHECKING = False  # typing costs a command's start more than this module does
if TYPE_CHECKING:
    from scrubber.api import ChoiceError, Cleaned, Repaired, Scrubber
    from scrubber.model import Action, Edit, Finding


def __getattr__(name: str) -> object:
    """Return what is offered to Python, imported on use: the command has no need of it."""
    if name in __all__:
        from scrubber import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
