"""Repairs prose that scraping and machine translation have damaged."""

__version__ = "0.1.0"
__all__ = ["Action", "ChoiceError", "Cleaned", "Edit", "Finding", "Repaired", "Scrubber"]

_WHERE = {
    "ChoiceError": "config.choosing",
    "Cleaned": "repaired",
    "Repaired": "repaired",
    "Scrubber": "api",
}

TYPE_CHECKING = False  # typing costs a command's start more than this module does
if TYPE_CHECKING:
    from scrubber.api import Scrubber
    from scrubber.config.choosing import ChoiceError
    from scrubber.model import Action, Edit, Finding
    from scrubber.repaired import Cleaned, Repaired


def __getattr__(name: str) -> object:
    """Return what is offered to Python, imported on use: the command has no need of it."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"scrubber.{_WHERE.get(name, 'model')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
