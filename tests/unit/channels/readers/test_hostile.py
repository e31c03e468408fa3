"""Every hostile file is refused with a sentence that quotes nothing of it, or read within bounds."""

import pytest

from pipelines.channels.limits import Limits
from pipelines.channels.readers import open_source
from pipelines.core.errors import SourceError
from tests.hostile import CANARY, FILES, LIMITS

READ = {"long.csv": 1, "quotes.csv": 0, "link.csv": None}
"""What holds something, and how many rows: a row too long or too odd is refused, the others are read."""


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_a_sentence_or_read_within_bounds(tmp_path, name):
    FILES[name](tmp_path / name)
    ask = {"location": str(tmp_path / name), "limits": Limits.model_validate(LIMITS)}
    if name in READ:
        assert open_source(**ask).kept == READ[name] or READ[name] is None
        return
    with pytest.raises(SourceError) as told:
        open_source(**ask)
    for said in (told.value.en, told.value.zh):
        assert name in said
        assert CANARY not in said
        assert "cannot be read (" not in said  # what is said of an error nobody foresaw
