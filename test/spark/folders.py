"""What the tables that are folders hold, read without Spark."""

import pathlib
from collections import Counter

import duckdb
import tables

#: In place of a table's rows: its folder says of itself that it is not whole.
HALF = "half"
#: The step that reads what a step writes, and so refuses what that left half.
READER = {("silver", "netflix"): ("gold",), ("gold",): ("check", "gold")}


def tables_in(lake: pathlib.Path) -> dict:
    """name -> the rows of each table, as a multiset, or HALF."""
    return {folder.name: rows(folder) for folder in sorted(lake.glob("*/tables/*"))}


def rows(folder: pathlib.Path):
    files = tables.parts([str(file) for file in folder.iterdir()])
    if not (folder / "_SUCCESS").exists() or len(tables.writers(files)) != 1:
        return HALF
    return Counter(duckdb.sql(f"SELECT * FROM read_parquet({files!r}, hive_partitioning = false)").fetchall())


def check_between(before: dict, between: dict, after: dict, written: set, read) -> None:
    """Each table is the old one or the new one, or is half and the step that reads it refuses it; a rerun replaces all.

    `before` a step was disturbed, `between` that and its rerun, and `after` it; `read()` is what the reader's exit code was
    and what it said, in between.
    """
    assert {name for name in after if after[name] != before[name]} == written and HALF not in after.values()
    half = [name for name, found in between.items() if found == HALF]
    assert set(half) <= written
    for name in between.keys() - half:
        assert between[name] in (before[name], after[name]), name
    if half:
        code, said = read
        refused = [name for name in half if f"/tables/{name}/ is missing or was not written to its end: run `" in said]
        assert code == 1 and len(refused) == 1 and said.count("\n") == 1, said
