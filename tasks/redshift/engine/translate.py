"""Translates Redshift's SQL into DuckDB's, a line of JSON in, a line of JSON out, until its standard input ends.

in   {"id": 1, "sql": "...", "parameters": {"day": "2026-01-01"}}        the values of `:day`
out  {"id": 1, "kind": "rows" | "changes" | "done", "before": ["..."], "sql": "...", "used": ["day"]}      `before` runs first
     {"id": 1, "kind": "nothing"}                                        a statement that changes nothing here, as VACUUM
     {"id": 1, "kind": "copy", "table": "...", "columns": [...], "from": "s3://...", "options": {...}}
     {"id": 1, "kind": "unload", "sql": "...", "to": "s3://...", "options": {...}}
     {"id": 1, "error": "syntax" | "unsupported", "message": "..."}
"""

import json
import sys

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.errors import ParseError, SqlglotError, TokenError
from sqlglot.tokens import TokenType

from bulk import Refused, copy, unload

#: They concern how a warehouse keeps its tables and who may use them, which a file on one machine does not.
NOTHING = ("VACUUM", "ANALYZE", "ANALYSE", "GRANT", "REVOKE", "SET", "RESET", "COMMENT")

#: What Redshift lets a table promise and does not hold it to.
UNHELD = (exp.UniqueColumnConstraint, exp.Reference, exp.EncodeColumnConstraint)

READERS = ("read_csv", "read_csv_auto", "read_parquet", "parquet_scan", "read_json", "read_json_auto", "read_text", "glob")


def statement(sql, parameters):
    try:
        tokens = sqlglot.tokenize(sql, read="redshift")
    except TokenError as error:
        raise Refused("syntax", str(error))
    while tokens and tokens[-1].token_type == TokenType.SEMICOLON:
        tokens.pop()
    if not tokens:
        raise Refused("syntax", "the statement is empty")
    first = tokens[0].text.upper()
    if first == "UNLOAD":
        # The tokenizer leaves what follows it as one text.
        query, to, options = unload([tokens[0], *sqlglot.tokenize(sql[sql.upper().index("UNLOAD") + 6 :].rstrip("; \n\t"), read="redshift")])
        return {"kind": "unload", "sql": translated(parsed(query)), "to": to, "options": options, "used": []}
    if first == "COPY":
        return {"kind": "copy", "used": [], **copy(tokens)}
    if any(token.token_type == TokenType.SEMICOLON for token in tokens):
        raise Refused("syntax", "cannot insert multiple commands into a prepared statement")
    if first in NOTHING:
        return {"kind": "nothing", "used": []}
    tree = parsed(without_keys(sql, tokens) if first == "CREATE" else sql)
    used = with_parameters(tree, parameters)
    kind = kind_of(tree, [token.text.upper() for token in tokens[:2]])
    before = identities(tree) if isinstance(tree, exp.Create) else []
    return {"kind": kind, "before": before, "sql": translated(tree), "used": used}


def without_keys(sql, tokens):
    """The statement without DISTKEY and SORTKEY at a column, which sqlglot knows of tables alone."""
    depth, left = 0, sql
    for token, after in reversed(list(zip(tokens, [*tokens[1:], None]))):
        depth += {TokenType.R_PAREN: 1, TokenType.L_PAREN: -1}.get(token.token_type, 0)
        is_key = token.text.upper() in ("DISTKEY", "SORTKEY") and token.token_type == TokenType.VAR
        if depth > 0 and is_key and after.token_type != TokenType.L_PAREN:
            left = left[: token.start] + left[token.end + 1 :]
    return left


def parsed(sql):
    try:
        trees = [tree for tree in sqlglot.parse(sql, read="redshift") if tree is not None]
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        raise Refused("syntax", f"{first.get('description') or error} at line {first.get('line', 1)}")
    return trees[0]


def kind_of(tree, words):
    if isinstance(tree, exp.Query):
        return "rows"
    if isinstance(tree, (exp.Insert, exp.Update, exp.Delete, exp.Merge)):
        return "changes"
    is_made = isinstance(tree, (exp.Create, exp.Drop)) and str(tree.args.get("kind")).upper() in ("TABLE", "VIEW", "SCHEMA")
    if is_made or isinstance(tree, (exp.Alter, exp.TruncateTable)):
        return "done"
    raise Refused("unsupported", " ".join(words if words[0] in ("ALTER", "CREATE", "DROP", "REFRESH", "SHOW") else words[:1]))


def with_parameters(tree, parameters):
    """Writes the values in; of no type, as Redshift takes them. Answers the names of those that it has."""
    used = set()
    for place in list(tree.find_all(exp.Placeholder)):
        if place.name not in parameters:
            raise Refused("syntax", f'syntax error at or near ":{place.name}"')
        used.add(place.name)
        place.replace(exp.Literal.string(parameters[place.name]))
    return sorted(used)


def translated(tree):
    # Redshift has no names in large letters, quoted or not, unless a session asks for it.
    for name in tree.find_all(exp.Identifier):
        name.set("this", name.this.lower())
    for function in tree.find_all(exp.Anonymous, exp.ReadCSV, exp.ReadParquet):
        name = function.name.lower() if isinstance(function, exp.Anonymous) else function.sql_name().lower()
        if name in READERS:
            raise Refused("syntax", f"function {name} does not exist")
    if isinstance(tree, exp.Create):
        without_storage(tree)
    for insert in tree.find_all(exp.Insert):
        # sqlglot takes the VALUES of a MERGE that names no columns for a function.
        values = insert.this.expressions[0] if isinstance(insert.this, exp.Tuple) else None
        if isinstance(values, exp.Anonymous) and values.name.upper() == "VALUES":
            insert.set("this", None)
            insert.set("expression", exp.Tuple(expressions=values.expressions))
    with_names(tree)
    with_own_meaning(tree)
    # GETDATE and SYSDATE have no zone.
    for now in list(tree.find_all(exp.CurrentTimestamp)):
        now.replace(exp.cast(exp.func("now"), exp.DataType.Type.TIMESTAMP))
    for kind in tree.find_all(exp.DataType):
        if kind.this == exp.DataType.Type.SUPER:
            kind.set("this", exp.DataType.Type.JSON)
        kind.set("expressions", [size for size in kind.expressions if size.name.upper() != "MAX"])
    try:
        return tree.sql(dialect="duckdb", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise Refused("unsupported", str(error))


def with_own_meaning(tree):
    """Functions that both have under one name and that answer otherwise: as Redshift does."""
    for concat in list(tree.find_all(exp.Concat)):
        # NULL where one of them is, which DuckDB passes over.
        first, *others = concat.expressions
        for other in others:
            first = exp.DPipe(this=first, expression=other)
        concat.replace(exp.paren(first, copy=False))
    for listed in tree.find_all(exp.GroupConcat):
        # sqlglot takes the separator for one of the columns that are distinct.
        distinct = listed.find(exp.Distinct)
        if distinct is not None and len(distinct.expressions) == 2:
            value, separator = distinct.expressions
            distinct.set("expressions", [value])
            listed.set("separator", separator)
    for mean in list(tree.find_all(exp.Avg)):
        # Of whole numbers a whole one: https://docs.aws.amazon.com/redshift/latest/dg/r_AVG.html
        window = mean.parent if isinstance(mean.parent, exp.Window) else None
        value = mean.this.expressions[0] if isinstance(mean.this, exp.Distinct) else mean.this
        kind = exp.func("any_value", value.copy())
        if window is not None:
            over = window.copy()
            over.set("this", kind)
            kind = over
        whole = window or mean
        is_whole = exp.func("typeof", kind).isin("SMALLINT", "INTEGER", "BIGINT")
        truncated = exp.func("trunc", whole.copy())
        whole.replace(exp.Case(ifs=[exp.If(this=is_whole, true=truncated)], default=whole.copy()))


def with_names(tree):
    """Names the columns of an answer that the query does not: after their function, as Redshift does."""
    query = tree
    while isinstance(query, exp.SetOperation):
        query = query.this
    if not isinstance(query, exp.Select):
        return
    for column in query.expressions:
        inner = column.this if isinstance(column, exp.Window) else column
        if isinstance(inner, exp.Cast) and isinstance(inner.this, exp.Column):
            name = inner.this.name
        elif isinstance(inner, exp.Anonymous):
            name = inner.name
        elif isinstance(inner, exp.Case):
            name = "case"
        elif isinstance(inner, exp.Func) and not isinstance(inner, (exp.Cast, exp.Connector)):
            name = inner.sql_name()
        else:
            continue
        column.replace(exp.alias_(column.copy(), name.lower(), quoted=True))


def identities(tree):
    """Has a column's IDENTITY come from a sequence, which DuckDB has; answers what makes those."""
    made = []
    for identity in list(tree.find_all(exp.GeneratedAsIdentityColumnConstraint)):
        table, column = tree.find(exp.Table), identity.find_ancestor(exp.ColumnDef)
        name = f"{table.name}_{column.name}_seq".lower()
        sequence = f'"{table.db.lower()}"."{name}"' if table.db else f'"{name}"'
        start, step = (int(value.name) if value else 1 for value in (identity.args.get("start"), identity.args.get("increment")))
        made.append(f"CREATE SEQUENCE IF NOT EXISTS {sequence} START {start} INCREMENT {step} MINVALUE {min(start, 0)}")
        value = exp.func("nextval", exp.Literal.string(sequence))
        identity.parent.set("kind", exp.DefaultColumnConstraint(this=value))
    return made


def without_storage(tree):
    """A table without what says where its rows lie, and what Redshift promises to nobody: keys."""
    properties = tree.args.get("properties")
    if properties is not None:
        kept = [one for one in properties.expressions if isinstance(one, (exp.TemporaryProperty, exp.LikeProperty))]
        tree.set("properties", exp.Properties(expressions=kept) if kept else None)
    tree.set("no_schema_binding", None)
    for constraint in list(tree.find_all(exp.ColumnConstraint)):
        if isinstance(constraint.kind, exp.PrimaryKeyColumnConstraint):
            constraint.set("kind", exp.NotNullColumnConstraint())
        elif isinstance(constraint.kind, UNHELD):
            constraint.pop()
    schema = tree.this
    if isinstance(schema, exp.Schema):
        likes = [one for one in schema.expressions if isinstance(one, exp.LikeProperty)]
        if likes:
            tree.set("this", schema.this)
            tree.set("expression", exp.select("*").from_(likes[0].this).limit(0))
            return
        keys = (exp.PrimaryKey, exp.ForeignKey, exp.UniqueColumnConstraint, exp.Constraint)
        columns = {name.name for key in schema.expressions if isinstance(key, exp.PrimaryKey) for name in key.expressions}
        kept = [one for one in schema.expressions if not isinstance(one, keys)]
        for column in kept:
            said = any(isinstance(one.kind, exp.NotNullColumnConstraint) for one in column.args.get("constraints") or [])
            if isinstance(column, exp.ColumnDef) and column.name in columns and not said:
                column.append("constraints", exp.ColumnConstraint(kind=exp.NotNullColumnConstraint()))
        schema.set("expressions", kept)


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = statement(request["sql"], request.get("parameters") or {})
        except Refused as refused:
            answer = {"error": refused.kind, "message": str(refused)}
        except Exception as error:  # a fault of the translator is one statement's failure, not all statements' end
            answer = {"error": "unsupported", "message": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": request["id"], **answer}), flush=True)


if __name__ == "__main__":
    main()
