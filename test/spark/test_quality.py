"""check: each kind of contract broken, in the report and in one line, before the next layer; what is kept passes."""

import json
import shutil

import contracts
import main
import pytest
import sources
from conftest import ALL, Lake, of_all
from pyspark.sql import functions as F


@pytest.fixture(scope="session")
def sound(spark, bucket):
    """A lake whose silver and gold are made, once, of small sources that break nothing."""
    lake = Lake(bucket, "sound")
    sources.netflix(lake, "1:\n7,4,2004-01-01\n8,5,2005-03-01\n2:\n7,1,2005-01-01\n", titles="1,1999,A\n2,2003,B\n")
    sources.amazon(lake)
    for step in (("silver", "netflix"), ("silver", "amazon"), ("gold",)):
        assert main.main([*step, lake.uri]) == 0
    return lake


@pytest.fixture
def made(sound, lake):
    """A copy of it for a test to break."""
    shutil.copytree(sound.path, lake.path, dirs_exist_ok=True)
    for report in (lake.path / "silver/reports").glob("*.json"):
        report.write_text(report.read_text().replace(sound.uri + "/", lake.uri + "/"))
        report.with_name(f".{report.name}.crc").unlink(missing_ok=True)  # of the text before
    return lake


def quality(lake, layer):
    return json.loads((lake.path / layer / "reports/quality.json").read_text())


def rewrite(spark, lake, table, change):
    """Puts other rows into a table."""
    path = f"{lake.uri}/{table.layer}/tables/{table.name}"
    rows = change(spark.read.parquet(path)).localCheckpoint()
    rows.write.mode("overwrite").parquet(path)


def table(name):
    return next(table for table in contracts.TABLES if table.name == name)


def test_what_keeps_its_contract_passes(made, run):
    for layer in ("silver", "gold"):
        code, out, err = run(main, "check", layer, made.uri)
        assert (code, err) == (0, "") and " 0 broken" in out
        report = quality(made, layer)
        assert report["kept"] is True
        assert {finding["table"] for finding in report["findings"]} == {t.name for t in contracts.of_layer(layer)}
        assert [finding for finding in report["findings"] if finding["broken"]] == []


BROKEN = [
    ("processed_netflix", "ranking is from 1 to 5", 1, lambda rows: rows.withColumn("ranking", F.col("ranking") + 1)),
    (
        "processed_netflix",
        "customer_id is not NULL",
        2,
        lambda rows: rows.withColumn("customer_id", F.when(F.col("customer_id") != "7", F.col("customer_id"))),
    ),
    (
        "processed_netflix",
        "date has every year from 2004 to 2009, without 2005, 2006, 2007, 2008",
        4,
        lambda rows: rows.withColumn("date", F.expr("IF(year(date) = 2005, DATE'2009-01-01', date)")),
    ),
    ("processed_netflix", "the columns are movie_id string, customer_id string, ranking int, date date", 1,
     lambda rows: rows.withColumn("ranking", F.col("ranking").cast("bigint"))),
    ("processed_netflix", "the columns are movie_id string, customer_id string, ranking int, date date", 1,
     lambda rows: rows.drop("date")),
    ("processed_netflix", "the columns are movie_id string, customer_id string, ranking int, date date", 1,
     lambda rows: rows.withColumn("more", F.lit(1))),
    ("processed_netflix", "it has rows", 1, lambda rows: rows.limit(0)),
    ("netflix_movie_title", "movie_id name one row", 2, lambda rows: rows.union(rows)),
    ("amazon_final", "source is amazon", 1, lambda rows: rows.withColumn("source", F.lit("netflix"))),
    ("ratings", "it has the rows of processed_netflix and amazon_final", 4, lambda rows: rows.union(rows)),
    ("ratings", "customer_id and source are in customer", 1,
     lambda rows: rows.withColumn("customer_id", F.expr("IF(source = 'amazon', '9', customer_id)"))),
    ("movies", "id and source are in ratings", 3, lambda rows: rows.withColumn("id", F.concat("id", F.lit("x")))),
]


TRIED = BROKEN if ALL else BROKEN[::3]


@pytest.mark.parametrize("name, rule, found, change", TRIED, ids=[f"{at} {case[0]}" for at, case in enumerate(TRIED)])
def test_what_breaks_it_stops_the_run(spark, made, run, name, rule, found, change):
    layer = table(name).layer
    rewrite(spark, made, table(name), change)
    code, _, err = run(main, "check", layer, made.uri)
    assert code == 1 and err.count("\n") == 1
    assert err.startswith(f"main.py: the contract of {layer} is broken: ")
    assert f"{name}: {rule} ({found} of " in err and f"{layer}/reports/quality.json" in err
    report = quality(made, layer)
    assert report["kept"] is False
    broken = {(each["table"], each["rule"]): each["found"] for each in report["findings"] if each["broken"]}
    assert broken[name, rule] == found


def test_a_line_that_went_without_a_word_is_found(made, run):
    more = "1:\n7,4,2004-01-01\n8,5,2005-03-01\n2:\n7,1,2005-01-01\n9,1,2005-01-01\n"
    made.write("bronze/netflix/combined_data_1.txt", more)
    code, _, err = run(main, "check", "silver", made.uri)
    assert code == 1
    assert "every line of the source is a header, a row, or dropped for a reason (1 of 6)" in err


@of_all
def test_too_many_dropped_rows_break_it_and_a_few_do_not(lake, run):
    sources.amazon(lake)
    good = "".join(f"{customer},4,2004-01-01\n" for customer in range(30))
    for bad, code in (("words\n", 0), ("words\n" * 9, 1), ("\n" * 9, 0)):
        sources.netflix(lake, "1:\n" + good + bad)
        for source in ("netflix", "amazon"):
            assert run(main, "silver", source, lake.uri)[0] == 0
        found, _, err = run(main, "check", "silver", lake.uri)
        assert found == code
        assert ("processed_netflix: rows dropped (9 of 39)" in err) == (code == 1)


def test_a_layer_that_is_not_there(lake, run):
    code, _, err = run(main, "check", "gold", lake.uri)
    assert code == 1 and "/silver/tables/processed_netflix/ is missing" in err and "run `silver netflix` first" in err


def test_a_table_that_is_not_there(made, run):
    shutil.rmtree(made.path / "gold/tables/movies")
    code, _, err = run(main, "check", "gold", made.uri)
    assert code == 1 and "/gold/tables/movies/ is missing" in err and "run `gold` first" in err


def test_a_report_that_a_killed_step_left_half_or_did_not_write(made, run):
    report = made.path / "silver/reports/netflix.json"
    text, checksums = report.read_text(), report.with_name(".netflix.json.crc")

    def refused():
        code, _, err = run(main, "check", "silver", made.uri)
        said = "silver/reports/netflix.json is missing or was not written to its end: run `silver netflix` first."
        assert code == 1 and err == f"main.py: {made.uri}/{said}\n"

    report.write_text(text[: len(text) // 2])
    refused()
    assert run(main, "silver", "netflix", made.uri)[0] == 0 and checksums.exists()
    report.write_text(report.read_text()[:-9])  # not what its checksums are of
    refused()
    report.unlink()
    refused()
    assert run(main, "silver", "netflix", made.uri)[0] == 0
    assert run(main, "check", "silver", made.uri)[0] == 0


def test_wrong_usage():
    with pytest.raises(SystemExit) as stopped:
        main.main(["check", "bronze", "s3://x"])
    assert stopped.value.code == 2
