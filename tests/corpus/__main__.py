"""`python -m tests.corpus`: recall and precision per kind; `-v` shows what went wrong."""

import sys

from tests.corpus.cases import cases
from tests.corpus.measure import measured

corpus = cases()
figures, wrong = measured(corpus)
negative = sum(not c.spans for c in corpus)
sys.stdout.write(f"{len(corpus)} cases, {negative} of them look-alikes\n")
for kind, m in figures.items():
    sys.stdout.write(
        f"{kind:18} {m.there:5} there  recall {m.recall:.4f}  precision {m.precision:.4f}\n"
    )
if "-v" in sys.argv:
    for kind, lines in wrong.items():
        sys.stdout.write(f"== {kind}\n" + "\n".join(lines[:12]) + "\n")
