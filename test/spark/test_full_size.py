"""Generated files, in pieces that are small for them: the tables and answers against those of DuckDB's SQL over the files."""

import pathlib
import sys
from collections import Counter

import answers_in_sql
import expected
import main
import pytest
from conftest import ROOT, SAMPLE, of_all
from test_answers import SQL, answer

sys.path.append(str(ROOT / "bench/spark"))
import generate  # noqa: E402

SILVER = ("processed_netflix", "netflix_movie_title", "amazon_final")


def silver(spark, lake, run, size: int) -> None:
    """Silver's tables from files that are read in pieces of a size, in bytes."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", size)
    try:
        for source in ("netflix", "amazon"):
            code, _, err = run(main, "silver", source, lake.uri)
            assert code == 0, err
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")


def same_rows(database, table: str, files: pathlib.Path) -> None:
    columns = ", ".join(column[0] for column in database.execute(f"FROM {table} LIMIT 0").description)
    ours, theirs = f"SELECT {columns} FROM '{files}/*.parquet'", f"SELECT {columns} FROM {table}"
    for one, other in ((ours, theirs), (theirs, ours)):
        assert database.sql(f"{one} EXCEPT ALL {other}").fetchall() == [], table


def same_answers(found: dict, wanted: dict) -> None:
    assert list(found) == list(wanted)
    for question, rows in found.items():
        assert [list(row) for row in rows] == [list(row) for row in wanted[question]], question
        for row, other in zip(rows, wanted[question]):
            assert row == pytest.approx(other, abs=1e-9) if "difference" in row else row == other, question


def test_the_sql_road_and_plain_python_agree_on_the_sample():
    database = answers_in_sql.database(SAMPLE)
    columns = "customer_id, movie_id, ranking, date, title, year, source"
    rows = database.execute(f"SELECT {columns} FROM ratings").fetchall()
    assert Counter(rows) == Counter(map(tuple, expected.ratings(SAMPLE)))
    same_answers(answers_in_sql.answers(database), expected.answers(SAMPLE))


# Ratings, files, bytes of a piece: some 20 pieces and, at full size, some 320 of each source.
PIECES = [(60_000, 1, 1 << 16), (1_000_000, 1, 1 << 20), (1_000_000, 4, 1 << 16)]


@of_all
@pytest.mark.parametrize(("ratings", "files", "size"), PIECES)
def test_pieces_of_any_size_give_the_rows_that_duckdb_finds(spark, lake, run, ratings, files, size):
    generate.generate(lake.path / "bronze", ratings, files)
    silver(spark, lake, run, size)
    database = answers_in_sql.database(lake.path / "bronze")
    assert database.execute("SELECT count(*) FROM processed_netflix").fetchone() == (ratings,)
    for table in SILVER:
        same_rows(database, table, lake.path / "silver/tables" / table)


@of_all
def test_the_answers_at_a_million_ratings(spark, lake, run):
    generate.generate(lake.path / "bronze", 1_000_000)
    silver(spark, lake, run, 1 << 27)
    code, _, err = run(main, "gold", lake.uri)
    assert code == 0, err
    tables, database = lake.path / "gold/tables", answers_in_sql.database(lake.path / "bronze")
    same_rows(database, "ratings", tables / "ratings")
    found = {query.name[:2]: answer(query, tables) for query in SQL}
    assert all(found.values())
    same_answers(found, answers_in_sql.answers(database))
