"""What all tests share: tests that need a program skip by name where it is absent, unless CI forbids it."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.core.errors import LANGUAGE
from pipelines.engine import engine
from pipelines.engine.protocol import Engine

if not hasattr(sys.modules["__main__"], "__file__"):
    # A worker of pytest-xdist has no file, and PySpark would believe its doctests are being run, and exit.
    sys.modules["__main__"].__file__ = __file__

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NEEDS = {
    "postgres": (
        "PostgreSQL's server binaries",
        lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    ),
    "spark": ("Java", lambda: shutil.which("java")),
    "browser": ("Chromium", lambda: shutil.which("chromium")),
    "airflow": (
        "Airflow",
        lambda: shutil.which("airflow") or Path(sys.executable).with_name("airflow").exists(),
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run, by name; under MINGCE_NO_SKIP run it all the same, and fail."""
    if os.environ.get("MINGCE_NO_SKIP"):
        return
    for item in items:
        for marker, (what, is_there) in NEEDS.items():
            if item.get_closest_marker(marker) and not is_there():
                item.add_marker(pytest.mark.skip(reason=f"needs {what}"))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages in English, unless a test asks for Chinese."""
    token = LANGUAGE.set("en")
    yield
    LANGUAGE.reset(token)


@pytest.fixture(scope="session")
def duckdb_engine() -> Iterator[Engine]:
    works = engine("duckdb")
    yield works
    works.close()


@pytest.fixture(scope="session")
def spark_engine() -> Iterator[Engine]:
    works = engine("spark")
    yield works
    works.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Third-party data with known answers; a test that uses it skips where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs ../shared/data beside the checkout")
    return SHARED_DATA
