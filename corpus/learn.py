"""Learn what the evidence for run-together words weighs, from labelled and from clean text.

    pip install scikit-learn
    python corpus/learn.py ../shared/eval/dev [CLEAN ...]

Reads pairs_*.jsonl, traps.jsonl and clean/*.txt of the folder, and further clean text (.txt, or
.jsonl with `text`). Prints how well the scores divide held-out documents, and writes
rules/words/seam-weights.txt. Takes 2 minutes for 10 million code points.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from scrubber.glue.cuts import Cut, cuts
from scrubber.glue.evidence import Features, features
from scrubber.glue.score import FORMS, around
from scrubber.model import Document

OUT = Path(__file__).parents[1] / "rules" / "words" / "seam-weights.txt"
LABELLED = ("pairs_news", "pairs_tech", "pairs_langs", "traps")
PIECE = 10_000  # code points: clean files are read in pieces, longer than what a cut is told of
FOLDS = 5
SEEN = 4  # a feature that fewer cuts have is left out
SMALL = 0.05  # a weight below this in all forms is left out
FURTHER = 0.3  # weight of a cut in the further clean text, which is mostly technical

HEADER = """\
# What the evidence for words run together weighs: log odds by form of the cut, learned by
# corpus/learn.py (logistic regression, two steps: a cut alone, then the document around it).
# Read by scrubber.glue.score; scrubber.glue.evidence says what the names mean. Do not edit.
# Origin: learned from labelled text that is not shipped. Licence: Apache-2.0
"""


@dataclass
class Row:
    """A cut with its evidence, and whether a label asks for it."""

    cut: Cut
    found: Features
    real: bool
    source: str
    record: str
    size: int
    weight: float
    alone: float = 0.0
    score: float = 0.0

    @property
    def fold(self) -> int:
        """Documents, not cuts, are held out."""
        return zlib.crc32(self.record.encode()) % FOLDS


def labelled(path: Path) -> Iterator[tuple[str, str, set[int], list[tuple[int, int]]]]:
    """Records as (id, text, places of glue, spans of other labels)."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    for number, line in enumerate(lines):
        record = json.loads(line)
        edits = record.get("edits", [])
        glue = {e["start"] for e in edits if e["kind"] == "glued-words"}
        other = [(e["start"], e["end"]) for e in edits if e["kind"] != "glued-words"]
        yield f"{path.stem}/{number}", record["text"], glue, other


def clean(path: Path) -> Iterator[tuple[str, str]]:
    """Pieces of clean text as (id, text)."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        texts = [json.loads(line)["text"] for line in raw.split("\n") if line]
    else:
        texts = [raw]
    pieces = [piece for text in texts for piece in pieced(text)]
    for number, piece in enumerate(pieces):
        yield f"{path.name}/{number}", piece


def pieced(text: str) -> Iterator[str]:
    """A text cut at line breaks into pieces of the length of an article."""
    piece = ""
    for line in text.split("\n"):
        piece += line + "\n"
        if len(piece) >= PIECE:
            yield piece
            piece = ""
    yield piece


def rows(data: Path, further: list[Path]) -> list[Row]:
    """All cuts of all texts."""
    found: list[Row] = []
    for name in LABELLED:
        for record, text, glue, other in labelled(data / f"{name}.jsonl"):
            document = Document(text, record)
            for cut in cuts(document):
                if any(start < cut.end and cut.start < end for start, end in other):
                    continue
                evidence = features(document, cut)
                found.append(Row(cut, evidence, cut.at in glue, name, record, len(text), 1.0))
    for path in [*sorted((data / "clean").glob("*.txt")), *further]:
        weight = FURTHER if path in further else 1.0
        source = "further" if path in further else path.stem
        for record, text in clean(path):
            document = Document(text, record)
            for cut in cuts(document):
                evidence = features(document, cut)
                found.append(Row(cut, evidence, False, source, record, len(text), weight))
    return found


def fit(part: list[Row], evidence: list[Features], strength: float) -> tuple[list[float], Features]:
    """Held-out scores by fold, and the weights learned from all rows."""
    counts = Counter(name for found in evidence for name in found)
    evidence = [{n: v for n, v in found.items() if counts[n] >= SEEN} for found in evidence]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(evidence)
    scores = [0.0] * len(part)

    def model(keep: list[int]) -> LogisticRegression:
        return LogisticRegression(C=strength, max_iter=1000, solver="liblinear").fit(
            matrix[keep], [part[i].real for i in keep], [part[i].weight for i in keep]
        )

    for fold in range(FOLDS):
        inside = [i for i, row in enumerate(part) if row.fold != fold]
        outside = [i for i, row in enumerate(part) if row.fold == fold]
        for i, score in zip(outside, model(inside).decision_function(matrix[outside]), strict=True):
            scores[i] = float(score)
    final = model(list(range(len(part))))
    learned = dict(zip(vectors.get_feature_names_out(), map(float, final.coef_[0]), strict=True))
    return scores, {"bias": float(final.intercept_[0]), **learned}


def learn(found: list[Row]) -> dict[str, Features]:
    """Weights by form; sets the held-out scores of the rows."""
    learned: dict[str, Features] = {}
    for form in FORMS:
        part = [row for row in found if row.cut.form == form]
        scores, learned[form] = fit(part, [row.found for row in part], 0.3)
        for row, score in zip(part, scores, strict=True):
            row.alone = score
    by_record: dict[str, list[tuple[Cut, float]]] = defaultdict(list)
    for row in found:
        by_record[row.record].append((row.cut, row.alone))
    for form in FORMS:
        part = [row for row in found if row.cut.form == form]
        evidence = [around(r.cut, r.alone, by_record[r.record], r.size) for r in part]
        scores, second = fit(part, evidence, 1.0)
        learned[form].update({k if "." in k else f"document.{k}": v for k, v in second.items()})
        for row, score in zip(part, scores, strict=True):
            row.score = score
    return learned


def report(found: list[Row]) -> Iterator[str]:
    """Real and other cuts at and above each score, source by source."""
    sources = list(dict.fromkeys(row.source for row in found))
    for floor in (-2.0, -1.0, 0.0, 1.0, 2.0, 2.5, 3.0, 4.0, 5.0):
        for source in sources:
            above = [r.real for r in found if r.source == source and r.score >= floor]
            real = sum(above)
            yield f"score >= {floor:4}  {source:20} real {real:5}  other {len(above) - real:5}"


def main() -> None:
    """Learn, print the curve, write the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("clean", type=Path, nargs="*")
    chosen = arguments.parse_args()
    found = rows(chosen.data, chosen.clean)
    learned = learn(found)
    print("\n".join(report(found)))
    names = sorted({name for form in FORMS for name in learned[form]})
    lines = [f"# {'':40}" + "".join(f"{form:>9}" for form in FORMS)]
    for name in names:
        values = [learned[form].get(name, 0.0) for form in FORMS]
        if max(map(abs, values)) >= SMALL:
            lines.append(f"{name:42}" + "".join(f"{value:9.2f}" for value in values))
    OUT.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
