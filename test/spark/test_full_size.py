"""Generated files, in pieces that are small for them: the tables against those that DuckDB makes of the same files."""

import sys

import duckdb
import main
import pytest
from conftest import ROOT

sys.path.append(str(ROOT / "bench/spark"))
import generate  # noqa: E402
import sides  # noqa: E402


@pytest.mark.parametrize(("files", "size"), [(1, 1 << 20)])
def test_pieces_of_any_size_give_the_rows_that_duckdb_finds(spark, lake, run, files, size):
    generate.generate(lake.path / "bronze", 60_000, files)
    spark.conf.set("spark.sql.files.maxPartitionBytes", size)
    try:
        assert run(main, "silver", "netflix", lake.uri)[0] == 0
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    database = duckdb.connect()
    sides.duckdb_netflix(database, lake.path / "bronze", lake.path)
    ours, theirs = f"{lake.path}/silver/tables/processed_netflix/*.parquet", f"{lake.path}/processed_netflix.parquet"
    assert database.sql(f"SELECT count(*) FROM '{theirs}'").fetchone() == (60_000,)
    for one, other in ((ours, theirs), (theirs, ours)):
        assert database.sql(f"FROM '{one}' EXCEPT ALL FROM '{other}'").fetchall() == []
