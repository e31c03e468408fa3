"""Tests write a file and read it at once: here nobody else is writing it."""

import pytest


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr("pipelines.channels.readers.files.LOOK_AGAIN_SECONDS", 0.0)
