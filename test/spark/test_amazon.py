"""silver amazon: quotes are no quoting, short rows are counted, what a row needs."""

import datetime
import json

import main
import pytest
import sources
from conftest import ALL
from pyspark.sql.types import DateType, IntegerType, StringType
from sources import review, reviews


def silver(spark, lake):
    return spark.read.parquet(f"{lake.uri}/silver/tables/amazon_final")


def test_bare_quotes_swallow_nothing(spark, lake, run):
    body = {"review_headline": '"', "review_body": '"Opened <br /> and never closed \\'}
    rows = [review(customer_id=str(n), **body) for n in range(10)]
    rows += [review(customer_id="10", product_title='"Unclosed'), review(customer_id="11", product_title='A "B" C"')]
    sources.amazon(lake, reviews(*rows))
    assert run(main, "silver", "amazon", lake.uri)[0] == 0
    titles = {row.customer_id: row.title for row in silver(spark, lake).collect()}
    assert titles == {str(n): "A Film" for n in range(10)} | {"10": '"Unclosed', "11": 'A "B" C"'}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_what_is_dropped_is_counted_by_reason(spark, lake, run, end):
    rows = [review(), review(), review(star_rating="4.0"), review(product_title="", customer_id=" 8 ")]
    rows += ["", "US\t7", review().rsplit("\t", 1)[0]]
    rows += [review(marketplace=place) for place in ("UK", "", "us")]
    rows += [review(customer_id=""), review(product_id=" ")]
    rows += [review(star_rating=stars) for stars in ("", "0", "6", "4.5", "N")]
    rows += [review(review_date=date) for date in ("", "2014-02-30", "2014-2-3", "20140203")]
    sources.amazon(lake, reviews(*rows, end=end))
    sources.amazon(lake, reviews(review(), end=end), name="Video_DVD")
    code, out, _ = run(main, "silver", "amazon", lake.uri)
    assert code == 0
    dropped = {
        "blank line": 1,
        "too few columns": 2,
        "marketplace other than US": 3,
        "no customer": 1,
        "no product": 1,
        "ranking is not a whole number from 1 to 5": 5,
        "not a date that exists": 4,
    }
    report = json.loads((lake.path / "silver/reports/amazon.json").read_text())
    assert report["tables"]["amazon_final"] == {"rows": 5, "dropped": dropped}
    assert "wrote amazon_final: 5 rows, 17 dropped" in out
    assert silver(spark, lake).count() == 5
    assert {row.title for row in silver(spark, lake).collect()} == {"A Film", None}


def test_types_columns_and_values(spark, lake, run):
    sources.amazon(lake, reviews(review(product_title="  Łódź  ")))
    run(main, "silver", "amazon", lake.uri)
    text, number = StringType(), IntegerType()
    assert [(f.name, f.dataType) for f in silver(spark, lake).schema] == [
        ("customer_id", text),
        ("movie_id", text),
        ("ranking", number),
        ("date", DateType()),
        ("title", text),
        ("year", number),
        ("source", text),
    ]
    row = ("7", "B001", 4, datetime.date(2015, 1, 31), "Łódź", 2015, "amazon")
    assert [tuple(row) for row in silver(spark, lake).collect()] == [row]


def test_bytes_that_are_not_utf8_are_replaced(spark, lake, run):
    sources.amazon(lake, reviews(review(product_title="Caf#")).encode().replace(b"#", b"\xe9"))
    run(main, "silver", "amazon", lake.uri)
    assert [row.title for row in silver(spark, lake).collect()] == ["Caf\ufffd"]


@pytest.mark.parametrize("size", [100, 1000] if ALL else [1000])
def test_split_sizes(spark, lake, run, size):
    sources.amazon(lake, reviews(*(review(customer_id=str(n)) for n in range(60))))
    spark.conf.set("spark.sql.files.maxPartitionBytes", size)
    try:
        run(main, "silver", "amazon", lake.uri)
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    assert sorted(int(row.customer_id) for row in silver(spark, lake).collect()) == list(range(60))
