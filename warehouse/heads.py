"""Heads: an expression that its asker gave no name is called what they wrote, not what it was rewritten to."""

import sqlglot
from sqlglot import Token, TokenType, exp

OPEN = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE}
CLOSE = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE}
ENDS = {
    TokenType.FROM, TokenType.WHERE, TokenType.GROUP_BY, TokenType.HAVING, TokenType.ORDER_BY, TokenType.LIMIT,
    TokenType.UNION, TokenType.EXCEPT, TokenType.INTERSECT, TokenType.QUALIFY, TokenType.WINDOW,
    TokenType.OFFSET, TokenType.TABLE_SAMPLE, TokenType.USING, TokenType.SEMICOLON,
}  # fmt: skip
NAMED = (exp.Column, exp.Alias, exp.Aliases, exp.Star, exp.Dot, exp.Unnest)


def entitle(tree: exp.Query, sql: str) -> None:
    """Give the answer's columns that have no name what was written for them. `tree` is of `sql`, and is changed."""
    first: exp.Expr = tree
    while isinstance(first, exp.SetOperation):
        first = first.this
    if not isinstance(first, exp.Select):
        return
    written = _written(sql, bool(first.args.get("distinct")))
    if len(written) != len(first.expressions):
        return
    first.set(
        "expressions", [_entitled(e, w) for e, w in zip(first.expressions, written, strict=True)]
    )


def _entitled(asked: exp.Expr, written: str) -> exp.Expr:
    if isinstance(asked, NAMED) or asked.find(exp.Columns, exp.Unnest) or not written:
        return asked
    if any(not isinstance(star.parent, exp.Count) for star in asked.find_all(exp.Star)):
        return asked
    return exp.alias_(asked, exp.to_identifier(written, quoted=True))


def _written(sql: str, is_distinct: bool) -> list[str]:
    """The texts of the outermost SELECT's list; none if it is not plain where it begins."""
    items: list[list[Token]] = []
    depth, before = 0, None
    for token in sqlglot.tokenize(sql, read="duckdb"):
        depth += (token.token_type in OPEN) - (token.token_type in CLOSE)
        kind = token.token_type if depth == 0 else None
        is_compared = before == TokenType.DISTINCT  # IS DISTINCT FROM
        before = token.token_type
        if not items:
            items = [[]] if kind == TokenType.SELECT else []
        elif kind == TokenType.COMMA:
            items.append([])
        elif kind in ENDS and not is_compared:
            break
        else:
            items[-1].append(token)
    if is_distinct and items:
        del items[0][0]
    return [" ".join(sql[i[0].start : i[-1].end + 1].split()) if i else "" for i in items]
