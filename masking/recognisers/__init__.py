"""Recognisers: one file per thing to be found. A new one is a file, a test and a line here."""

from masking.recognisers.email import EMAIL
from masking.recognisers.recogniser import Edges, Finder, Recogniser, Scores, Span

RECOGNISERS: tuple[Recogniser, ...] = (EMAIL,)

__all__ = ["RECOGNISERS", "Edges", "Finder", "Recogniser", "Scores", "Span"]
