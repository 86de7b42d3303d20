"""Lets ``python -m scrubber`` stand for the command."""

from scrubber.cli import main

if __name__ == "__main__":
    main()
