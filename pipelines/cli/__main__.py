"""`python -m pipelines.cli` is `mingce`."""

from pipelines.cli import app

app()
