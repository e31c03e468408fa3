"""`python -m benchmarks NAME …`: each module of this folder is one benchmark with a `main(arguments)`."""

import importlib
import pkgutil
import sys

import benchmarks

NAMES = sorted(
    m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_")
)


def start() -> None:
    """Run the benchmark named first."""
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        sys.exit(f"usage: python -m benchmarks {{{','.join(NAMES)}}} …")
    importlib.import_module(f"benchmarks.{sys.argv[1]}").main(sys.argv[2:])


start()
