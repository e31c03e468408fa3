"""Benchmarks: speed as a ratio, side by side in one run. `python -m benchmarks NAME --help`."""
