"""gold: the three tables, their columns and types, titles and ids over both sources."""

import datetime

import main
import pytest
import sources
from conftest import Lake, of_all
from pyspark.sql import functions as F
from pyspark.sql.types import DateType, IntegerType, StringType
from sources import review, reviews


@pytest.fixture(scope="module")
def gold(spark, bucket):
    """The tables of small sources, made once; its tests only read them."""
    lake = Lake(bucket, "gold-of-all-tests")
    sources.netflix(
        lake,
        "1:\n7,4,2004-01-01\n7,4,2004-01-01\n2:\n8,1,2004-01-02\n3:\n9,2,2004-01-03\n",
        titles="1,1999,A Film\n2,NULL,Another\n4,2000,Never Rated\n",
    )
    rows = [review(), review(product_title="A Film (Extended)"), review(product_id="B002", product_title="")]
    sources.amazon(lake, reviews(*rows))
    for step in (("silver", "netflix"), ("silver", "amazon"), ("gold",)):
        assert main.main([*step, lake.uri]) == 0
    return {name: spark.read.parquet(f"{lake.uri}/gold/tables/{name}") for name in ("ratings", "customer", "movies")}


def test_columns_and_types(gold):
    text, number = StringType(), IntegerType()
    assert {name: [(f.name, f.dataType) for f in table.schema] for name, table in gold.items()} == {
        "ratings": [
            ("customer_id", text),
            ("movie_id", text),
            ("ranking", number),
            ("date", DateType()),
            ("title", text),
            ("year", number),
            ("source", text),
        ],
        "customer": [("id", text), ("source", text)],
        "movies": [("id", text), ("title", text), ("source", text)],
    }


def test_rows(gold):
    day = datetime.date
    assert sorted(map(tuple, gold["ratings"].collect()), key=str) == sorted(
        [
            ("7", "1", 4, day(2004, 1, 1), "A Film", 1999, "netflix"),
            ("7", "1", 4, day(2004, 1, 1), "A Film", 1999, "netflix"),
            ("8", "2", 1, day(2004, 1, 2), "Another", None, "netflix"),
            ("9", "3", 2, day(2004, 1, 3), None, None, "netflix"),
            ("7", "B001", 4, day(2015, 1, 31), "A Film", 2015, "amazon"),
            ("7", "B001", 4, day(2015, 1, 31), "A Film (Extended)", 2015, "amazon"),
            ("7", "B002", 4, day(2015, 1, 31), None, 2015, "amazon"),
        ],
        key=str,
    )
    assert sorted(map(tuple, gold["customer"].collect())) == [
        ("7", "amazon"),
        ("7", "netflix"),
        ("8", "netflix"),
        ("9", "netflix"),
    ]
    assert sorted(map(tuple, gold["movies"].collect())) == [
        ("1", "A Film", "netflix"),
        ("2", "Another", "netflix"),
        ("3", None, "netflix"),
        ("B001", "A Film", "amazon"),
        ("B002", None, "amazon"),
    ]


def test_a_file_of_ratings_has_one_source_so_that_questions_of_one_do_not_read_the_others(gold):
    files = gold["ratings"].inputFiles()
    with_rows = gold["ratings"].groupBy(F.input_file_name().alias("file")).agg(F.countDistinct("source")).collect()
    assert len(files) >= 2 and [row[1] for row in with_rows] == [1] * len(with_rows) and len(with_rows) >= 2


def test_a_silver_table_that_was_not_written_to_its_end_is_refused(lake, run):
    sources.netflix(lake)
    sources.amazon(lake)
    run(main, "silver", "netflix", lake.uri)
    code, _, err = run(main, "gold", lake.uri)
    assert code == 1 and "amazon_final/ is missing" in err and "run `silver amazon` first" in err
    run(main, "silver", "amazon", lake.uri)
    (lake.path / "silver/tables/processed_netflix/_SUCCESS").unlink()
    code, _, err = run(main, "gold", lake.uri)
    assert code == 1 and "processed_netflix/ is missing or was not written to its end" in err
    assert lake.names("gold/tables") == []


@of_all
def test_tables_without_rows_are_tables(spark, lake, run):
    """Every rating of its own source dropped, for a reason that is not the format's."""
    sources.netflix(lake, "7,4,2004-01-01\n1:\n")
    sources.amazon(lake, reviews(review(marketplace="UK")))
    for step in (("silver", "netflix"), ("silver", "amazon"), ("gold",)):
        assert run(main, *step, lake.uri)[0] == 0
    for name in ("ratings", "customer", "movies"):
        assert spark.read.parquet(f"{lake.uri}/gold/tables/{name}").count() == 0
