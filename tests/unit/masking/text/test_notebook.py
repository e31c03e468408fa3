"""In a notebook: frames in and out."""

from masking.text import detect


def test_one_text_is_a_list_of_one_and_a_missing_cell_holds_nothing():
    one = detect("请回电13912345678")
    assert list(one["kind"]) == ["mobile"]
    assert list(detect([float("nan"), None, "请回电13912345678"])["id"]) == [2]
