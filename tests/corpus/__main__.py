"""`python -m tests.corpus [unseen|second|third|blind]`: recall and precision per kind; `-v` shows what went wrong.

`python -m tests.corpus names|kept`: what is shown of names and addresses in remarks.
`python -m tests.corpus files`: what of the people in hostile files is left when they are masked.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.corpus import cases, hostile, measure, shown, unseen, unseen_measure


def say(figures: Mapping[str, measure.Measured], wrong: Mapping[str, Sequence[str]]) -> None:
    for kind, m in figures.items():
        sys.stdout.write(
            f"{kind:20} {m.there:5} there  recall {m.recall:.4f}  precision {m.precision:.4f}\n"
        )
    say_wrong(wrong)


def say_wrong(wrong: Mapping[str, Sequence[str]]) -> None:
    if "-v" in sys.argv:
        for kind, lines in wrong.items():
            sys.stdout.write(f"== {kind}\n" + "\n".join(lines[:200]) + "\n")


FILES = {
    "unseen": unseen.FIRST,
    "second": unseen.SECOND,
    "third": unseen.THIRD,
    "blind": unseen.BLIND,
}
if "files" in sys.argv:
    for tier in ("analyst", "service"):
        with tempfile.TemporaryDirectory() as folder:
            left = hostile.survivors(Path(folder), tier)
        shown = {name: some for name, some in left.items() if some}
        sys.stdout.write(f"{tier}: {len(shown)} of {len(left)} files show somebody: {shown}\n")
    sys.exit()
remarks = {"names": unseen.NAMES, "kept": unseen.KEPT}.get(([*sys.argv, ""])[1])
if remarks:
    told, wrong = shown.shown(unseen.cases(remarks))
    for kind, m in told.items():
        sys.stdout.write(f"{kind:12} {m.says()}\n")
    say_wrong(wrong)
    sys.exit()
blind = FILES.get(([*sys.argv, ""])[1])
if blind:
    looked_at = unseen.cases(blind)
    figures, wrong, (told, mistyped) = unseen_measure.measured(looked_at)
else:
    looked_at = cases.cases()
    figures, wrong = measure.measured(looked_at)
negative = sum(not c.spans for c in looked_at)
sys.stdout.write(f"{len(looked_at)} cases, {negative} of them look-alikes\n")
say(figures, wrong)
if blind:
    sys.stdout.write(
        f"wrong check digits that were found and told as suspect: {told} of {mistyped}\n"
    )
