"""Every column of the made-up bank is what its channel declares it to be."""

from benchmarks.sampled import columns


def test_every_column_of_the_sample_bank_is_right() -> None:
    wrong = [one for one in columns(customers=600, seed=42, days=1) if not one.right]
    assert [(one.channel, one.column, one.found) for one in wrong] == []
