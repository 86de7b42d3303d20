"""How long a model takes to load, how many places it judges a second, and what memory it takes.

python tests/opinion/opinion_speed.py [--model PATH] TEXT…

Of each text every he and she is judged (a place), against each reading that fits (a reading).
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from scrubber.model import Document
from scrubber.opinion import choosing
from scrubber.opinion.pronouns import GENDER, pronouns


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--most", type=int, default=300, help="places at most")
    options = parser.parse_args()
    begun = time.monotonic()
    file = choosing.located(options.model)
    scorer = choosing.scorer(file, choosing.digest(file))
    print(f"loaded in {time.monotonic() - begun:.1f} s")
    places = readings = 0
    begun, cpu = time.monotonic(), time.process_time()
    for path in options.texts:
        text = path.read_text(encoding="utf-8")[:60_000]
        document = Document(text, given_language="en")
        questions = [one.question for one in pronouns(document) if GENDER[one.word.lower()] != "n"][
            : options.most - places
        ]
        scorer.answers(text, questions)
        places += len(questions)
        readings += sum(len(question.readings) for question in questions)
    wall, cpu = time.monotonic() - begun, time.process_time() - cpu
    print(f"{places} places, {readings} readings in {wall:.1f} s, {cpu:.1f} s of processor time")
    print(f"{places / wall:.1f} places, {readings / wall:.1f} readings a second")
    print(
        f"{places / cpu * 2:.1f} places, {readings / cpu * 2:.1f} readings in 2 s of processor time"
    )
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at most")


if __name__ == "__main__":
    main()
