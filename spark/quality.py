"""Holds a layer's tables against their contracts, and writes what it finds to <layer>/reports/quality.json.

A finding is {table, rule, broken, found, of, tolerated}: `found` rows (or values, or years) of `of` break the rule,
and it is broken where that is more than the tolerated share. Each table is read once for all rules of its own columns.
"""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

import contracts
import storage


def check(spark, lake: str, into, layer: str) -> None:
    """Fails with the rules that are broken, when the report of all of them is written."""
    wanted = [table for table in contracts.TABLES if needed(table, layer)]
    frames = {table.name: into.read(table.layer, table.name, table.made_by) for table in wanted}
    findings = []
    for table in contracts.of_layer(layer):
        findings += of_table(table, frames)
        if table.source is not None and into.month is None:  # a month's rows are not all lines of the source
            findings += of_source(spark, lake, table)
    report = f"{lake}/{layer}/reports/quality.json"
    broken = [finding for finding in findings if finding["broken"]]
    storage.write_json(spark, report, {"layer": layer, "kept": not broken, "findings": findings})
    print(f"checked {layer}: {len(findings)} rules, {len(broken)} broken")
    print(f"report {report}", flush=True)
    if broken:
        said = "; ".join(f"{at['table']}: {at['rule']} ({at['found']:,} of {at['of']:,})" for at in broken)
        raise storage.BadInput(
            f"the contract of {layer} is broken: {said}. {report} has all of it. Nothing behind {layer} was made anew: "
            "mend the source, or what spark/contracts.py promises."
        )


def needed(table, layer: str) -> bool:
    return table.layer == layer or any(table.name in other.rows_of for other in contracts.of_layer(layer))


def finding(table, rule: str, found: int, of: int, tolerated: float = 0.0) -> dict:
    broken = found > tolerated * of
    return {"table": table.name, "rule": rule, "broken": broken, "found": found, "of": of, "tolerated": tolerated}


def of_table(table, frames: dict) -> list:
    frame = frames[table.name]
    promised = [(column.name, column.type) for column in table.columns]
    actual = [(field.name, field.dataType.simpleString()) for field in frame.schema]
    if actual != promised:
        written = ", ".join(f"{name} {kind}" for name, kind in promised)
        wrong = sum(1 for pair in promised if pair not in actual) or len(actual) - len(promised) or 1
        return [finding(table, f"the columns are {written}", abs(wrong), len(promised))]
    rules = [rule for column in table.columns for rule in rules_of(column)]
    counts = frame.agg(F.count(F.lit(1)), *[F.count(F.when(broken, 1)) for _, broken in rules]).head()
    rows = counts[0]
    found = [finding(table, "it has rows", 0 if rows else 1, 1)]
    found += [finding(table, rule, count, rows) for (rule, _), count in zip(rules, counts[1:])]
    found += [years_of(table, frame, column) for column in table.columns if column.every_year]
    if table.key:
        repeated = frame.groupBy(*table.key).count().where("count > 1").count()
        found.append(finding(table, f"{' and '.join(table.key)} name one row", repeated, rows))
    for reference in table.references:
        found.append(reference_of(table, reference, frame, frames[reference.table], rows))
    if table.rows_of:
        expected = sum(frames[name].count() for name in table.rows_of)
        rule = f"it has the rows of {' and '.join(table.rows_of)}"
        found.append(finding(table, rule, abs(rows - expected), expected))
    return found


def rules_of(column) -> list:
    """(what is promised of the column, which rows break it)."""
    value, rules = F.col(column.name), []
    if not column.nullable:
        rules.append((f"{column.name} is not NULL", value.isNull()))
    if column.least is not None or column.most is not None:
        outside = F.lit(False)
        if column.least is not None:
            outside = outside | (value < F.lit(column.least))
        if column.most is not None:
            outside = outside | (value > F.lit(column.most))
        rules.append((f"{column.name} is from {column.least} to {column.most}", outside))
    if column.among:
        rules.append((f"{column.name} is {' or '.join(column.among)}", ~value.isin(*column.among)))
    return rules


def years_of(table, frame: DataFrame, column) -> dict:
    found = sorted(row[0] for row in frame.select(F.year(column.name)).distinct().collect() if row[0] is not None)
    all_years = range(found[0], found[-1] + 1) if found else range(0)
    missing = sorted(set(all_years) - set(found))
    rule = f"{column.name} has every year"
    if missing:
        rule += f" from {found[0]} to {found[-1]}, without {', '.join(map(str, missing))}"
    return finding(table, rule, len(missing), len(all_years))


def reference_of(table, reference, frame: DataFrame, to: DataFrame, rows: int) -> dict:
    known = to.select(*[F.col(name).alias(f"to_{name}") for name in reference.to]).distinct()
    same = [F.col(own) == F.col(f"to_{other}") for own, other in zip(reference.columns, reference.to)]
    missing = frame.join(known, same, "left_anti").count()
    rule = f"{' and '.join(reference.columns)} are in {reference.table}"
    return finding(table, rule, missing, rows, reference.tolerance)


def of_source(spark, lake: str, table) -> list:
    """Every line of the source is a header, a row, or dropped for a reason; and not too many are dropped."""
    report = storage.read_json(spark, f"{lake}/silver/reports/{table.source.folder}.json", table.made_by)
    counts = report["tables"][table.name]
    paths = [path for path in report["files"] if storage.named(path, table.source.files)]
    lines = spark.read.option("lineSep", "\n").text(paths)
    header = F.lit(False) if table.source.header is None else F.col("value").rlike(table.source.header)
    every, headers = lines.agg(F.count(F.lit(1)), F.count(F.when(header, 1))).head()
    dropped = sum(counts["dropped"].values())
    lost = abs(every - headers - counts["rows"] - dropped)
    bad = sum(count for reason, count in counts["dropped"].items() if reason not in table.harmless)
    return [
        finding(table, "every line of the source is a header, a row, or dropped for a reason", lost, every),
        finding(table, "rows dropped", bad, counts["rows"] + bad, table.dropped),
    ]
