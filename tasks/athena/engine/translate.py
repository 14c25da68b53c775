"""Translates Athena's SQL into DuckDB's, a line of JSON in, a line of JSON out, until its standard input ends.

in   {"id": 1, "sql": "...", "parameters": ["'amazon'", "7"]}        the parameters of `?`, as SQL
     "tables": true                                                  asks for the tables that the query reads
out  {"id": 1, "sql": "...", "tables": [["db", "t"]]}                   a table without a database has "" there
     {"id": 1, "error": "syntax" | "statement" | "function" | "construct", "message": "...", "line": 1, "column": 8}
"""

import json
import sys

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.errors import ParseError, SqlglotError, TokenError

# Functions that the translator passes through by name and that mean the same in both engines.
SAME = frozenset(
    "acos asin atan atan2 bit_count cbrt cos cosh degrees e log10 log2 mod pi radians reverse sin sinh sqrt tan tanh translate"
    " bar codepoint chr truncate strpos lpad rpad".split()
)


class Refused(Exception):
    def __init__(self, kind, message, line=None, column=None):
        super().__init__(message)
        self.answer = {"error": kind, "message": message}
        if line is not None:
            self.answer.update(line=line, column=column)


def parsed(sql, parameters):
    try:
        statements = [s for s in sqlglot.parse(sql, read="athena") if s is not None and not isinstance(s, exp.Semicolon)]
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        raise Refused("syntax", first.get("description") or str(error), first.get("line"), first.get("col"))
    except TokenError as error:
        raise Refused("syntax", str(error))
    if len(statements) != 1:
        raise Refused("syntax", "Only one sql statement is allowed.")
    tree = statements[0]
    if not isinstance(tree, exp.Query):
        raise Refused("statement", f"only queries run here, this is {tree.key.upper()}")
    return with_parameters(tree, parameters)


def translate(tree):
    for function in tree.find_all(exp.Anonymous, exp.AnonymousAggFunc):
        if function.name.lower() not in SAME:
            raise Refused("function", function.name)
    for reader in tree.find_all(exp.ReadCSV, exp.ReadParquet):
        raise Refused("function", reader.sql_name().lower())
    for difference in list(tree.find_all(exp.DateDiff)):
        # Athena counts whole units that have passed, DuckDB's function of that name the borders between.
        unit = exp.Literal.string(difference.text("unit").lower() or "day")
        difference.replace(exp.Anonymous(this="date_sub", expressions=[unit, difference.expression, difference.this]))
    try:
        return tree.sql(dialect="duckdb", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise Refused("construct", str(error))


def tables(tree):
    """The tables that a query reads, sorted; a name that WITH gives is none."""
    from sqlglot.optimizer.scope import traverse_scope  # only where somebody asks

    sources = [source for scope in traverse_scope(tree) for source in scope.sources.values()]
    return sorted({(source.db, source.name) for source in sources if isinstance(source, exp.Table) and source.name})


def with_parameters(tree, parameters):
    values = iter(parameters)
    places = [p for p in tree.find_all(exp.Placeholder, bfs=False)]
    if len(places) != len(parameters):
        raise Refused("syntax", f"Incorrect number of parameters: expected {len(places)} but found {len(parameters)}")
    for place in places:
        text = next(values)
        try:
            value = sqlglot.parse_one(text, read="athena")
        except SqlglotError:
            raise Refused("syntax", f"the parameter {text} is not an SQL expression")
        place.replace(value)
    return tree


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            tree = parsed(request["sql"], request.get("parameters") or [])
            answer = {"sql": translate(tree)}
            if request.get("tables"):
                answer["tables"] = tables(tree)
        except Refused as refused:
            answer = refused.answer
        except Exception as error:  # a fault of the translator itself is one query's failure, not all queries' end
            answer = {"error": "construct", "message": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": request["id"], **answer}), flush=True)


if __name__ == "__main__":
    main()
