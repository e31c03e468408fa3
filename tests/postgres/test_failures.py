"""What is wrong with a question is told in the reader's language: PostgreSQL's own words may quote a value."""

import pytest

from masking.tiers import tiers
from pipelines.core.errors import LANGUAGE
from tests.made_up import CUSTOMER, DAY, masked_layer
from warehouse import open_store
from warehouse.guard import FailureError, StoppedError

pytestmark = pytest.mark.postgres

WRONG = [
    ("SELECT nope FROM customer", "a column that is not there", "列不存在"),
    ("SELECT x.sex FROM customer c", "a table or an alias", "表或别名不存在"),
    ("SELECT sex + 1 FROM customer", "takes these types", "同名函数或运算符"),
    ("SELECT CAST(1 AS nope)", "a type that PostgreSQL does not have", "没有所写的类型"),
    ("SELECT customer_id FROM customer a, customer b", "several of its tables", "不止一处"),
    ("SELECT sex, count(*) FROM customer", "GROUP BY", "GROUP BY"),
    ("SELECT sex FROM customer ORDER BY 99", "SELECT does not give", "不在 SELECT 中"),
    ("SELECT * FROM customer WHERE sex", "types do not fit", "类型不一致"),
    ("SELECT (SELECT 1 UNION SELECT 2)", "several rows", "返回了多行"),
    ("SELECT sex FROM customer GROUP BY ALL", "write it more plainly", "更简单的写法"),
    ("SELECT 1 / 0", "divides by zero", "除数为零"),
    ("SELECT CAST(99999999999 AS INTEGER)", "too large for its type", "超出其类型"),
    (
        "SELECT CAST(customer_type AS INTEGER) FROM customer",
        "cannot be read as the type",
        "无法转换",
    ),
    ("SELECT CAST('2026-13-01' AS DATE)", "cannot be read as the type", "无法转换"),
    ("SELECT regexp_matches('x', '(')", "regular expression", "正则表达式"),
    ("SELECT sqrt(-1)", "does not take", "不接受"),
    ("SELECT row_number() FROM customer", "look at its columns", "请检查列名"),
]


@pytest.fixture(scope="module")
def url(postgres_url, tmp_path_factory):
    layer = masked_layer(tmp_path_factory.mktemp("masked"), customer=[CUSTOMER])
    open_store(postgres_url).publish(DAY, layer, tiers())
    return postgres_url


@pytest.mark.parametrize(("sql", "english", "chinese"), WRONG)
def test_what_is_wrong_with_a_question_is_told_in_both_languages_without_a_value(
    url, sql, english, chinese
):
    with pytest.raises(FailureError) as error:
        open_store(url).read(sql, "analyst")
    assert error.value.exit_code == 2
    assert english in str(error.value)
    LANGUAGE.set("zh")
    assert chinese in str(error.value)
    LANGUAGE.set("en")
    assert "individual" not in str(error.value)
    assert "2026-13" not in str(error.value)


def test_a_question_for_more_than_a_text_may_hold_is_stopped_and_is_no_outage(url):
    with pytest.raises(StoppedError, match="more memory or disk"):
        open_store(url).read("SELECT repeat('x', 2000000000)", "analyst")
