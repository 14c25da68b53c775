"""silver netflix: headers resolved over splits, what is kept and what is dropped and counted, the titles file."""

import json
from collections import Counter

import expected
import main
import pytest
import sources
from conftest import ALL, of_all
from pyspark.sql.types import DateType, IntegerType, StringType


def silver(spark, lake, table):
    return spark.read.parquet(f"{lake.uri}/silver/tables/{table}")


def rows(spark, lake):
    return Counter(tuple(row) for row in silver(spark, lake, "processed_netflix").collect())


def expected_rows(lake):
    return Counter((r.movie, r.customer, r.stars, r.date) for r in expected.netflix(lake.path / "bronze/netflix"))


LINES = ["7:", "1,5,2004-01-01", "2,4,2004-01-02", "", "12: ", "3,3,2004-01-03", " 9 :", "999:", "4,2,2004-01-04", "x"]


SPLITS = [1, 2, 3, 7, 16, 1000] if ALL else []  # of bytes: each is a task of Spark's


@pytest.mark.parametrize("size", [*SPLITS, 41])
def test_headers_are_resolved_at_every_split_size(spark, lake, run, size):
    """In files that end their lines in either way, or not at all; the second has customers of its own."""
    others = [line.replace(",", "0,", 1) for line in LINES]
    sources.netflix(lake, "\n".join(LINES) + "\n", "\r\n".join(others) + "\r\n", "5:\r\n8,1,2001-01-01")
    spark.conf.set("spark.sql.files.maxPartitionBytes", size)
    try:
        assert run(main, "silver", "netflix", lake.uri)[0] == 0
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    movies = {customer: movie for movie, customer, _, _ in rows(spark, lake)}
    here = {"1": "7", "2": "7", "3": "12", "4": "999"}
    assert movies == here | {f"{customer}0": movie for customer, movie in here.items()} | {"8": "5"}
    assert rows(spark, lake) == expected_rows(lake)


def test_a_header_reaches_over_blocks_that_have_none(spark, lake, run):
    ratings = "".join(f"{customer},3,2003-03-03\n" for customer in range(2000))
    sources.netflix(lake, "1:\n" + ratings + "2:\n" + ratings)
    spark.conf.set("spark.sql.files.maxPartitionBytes", 4096)
    try:
        assert run(main, "silver", "netflix", lake.uri)[0] == 0
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    assert rows(spark, lake) == expected_rows(lake)


def test_what_is_dropped_is_counted_by_reason(spark, lake, run):
    lines = ["9,5,2005-01-01", "1:", "1,5,2004-02-29", "1,4.0,2004-01-01", " 2 , 3 , 2004-01-01 ", "1,5,2004-02-29"]
    lines += ["", " \t ", "words", "1,2", "1,2,2004-01-01,4", ",3,2004-01-01"]
    lines += [f"1,{stars},2004-01-01" for stars in ("0", "6", "4.5", "", "five", "-1", "10")]
    lines += [f"1,4,{date}" for date in ("2004-02-30", "2003-02-29", "2004-13-01", "2004-1-1", "2004", "", "2004-00-10")]
    lines += ["1,4,0000-01-01", "1,4,2004-01-01T00:00"]
    sources.netflix(lake, "\n".join(lines))
    code, out, _ = run(main, "silver", "netflix", lake.uri)
    assert code == 0
    assert sum(rows(spark, lake).values()) == 4
    dropped = {
        "blank line": 2,
        "neither a header nor a rating": 3,
        "no customer": 1,
        "ranking is not a whole number from 1 to 5": 7,
        "not a date that exists": 9,
        "before the first header of its file": 1,
    }
    report = json.loads((lake.path / "silver/reports/netflix.json").read_text())
    assert report["tables"]["processed_netflix"] == {"rows": 4, "dropped": dropped}
    for reason, count in dropped.items():
        assert f"dropped {count}: {reason}" in out
    assert 4 + sum(dropped.values()) + 1 == len(lines)


def test_types_and_columns(spark, lake, run):
    sources.netflix(lake)
    run(main, "silver", "netflix", lake.uri)
    fields = [(f.name, f.dataType) for f in silver(spark, lake, "processed_netflix").schema]
    text = StringType()
    assert fields == [("movie_id", text), ("customer_id", text), ("ranking", IntegerType()), ("date", DateType())]
    fields = [(f.name, f.dataType) for f in silver(spark, lake, "netflix_movie_title").schema]
    assert fields == [("movie_id", text), ("year", IntegerType()), ("title", text)]


def test_the_titles_file(spark, lake, run):
    titles = [
        "72,1974,At Home Among Strangers, A Stranger Among His Own",
        "2,NULL,  Padded  ",
        '3,c. 1990,The "Quoted" \\ Affair',
        "4,2001,",
        "5,2001,Été à la Plage\r",
        "2,1990,Another",
        "",
        "x,1990,No Id",
        "only,two",
    ]
    sources.netflix(lake, titles="\n".join(titles).encode("iso-8859-1"))
    assert run(main, "silver", "netflix", lake.uri)[0] == 0
    assert {tuple(row) for row in silver(spark, lake, "netflix_movie_title").collect()} == {
        ("72", 1974, "At Home Among Strangers, A Stranger Among His Own"),
        ("2", None, "Padded"),
        ("3", None, 'The "Quoted" \\ Affair'),
        ("4", 2001, None),
        ("5", 2001, "Été à la Plage"),
    }
    report = json.loads((lake.path / "silver/reports/netflix.json").read_text())
    assert report["tables"]["netflix_movie_title"]["dropped"] == {
        "blank line": 1,
        "not movie id,year,title": 2,
        "another title for the same movie id": 1,
    }


def test_a_rerun_replaces_the_tables(spark, lake, run):
    sources.netflix(lake, "1:\n1,1,2001-01-01\n", "2:\n2,2,2002-02-02\n")
    run(main, "silver", "netflix", lake.uri)
    (lake.path / "bronze/netflix/combined_data_2.txt").unlink()
    run(main, "silver", "netflix", lake.uri)
    assert rows(spark, lake) == expected_rows(lake) and len(expected_rows(lake)) == 1


@of_all
def test_a_rerun_reads_the_files_anew(spark, lake, run):
    """The same names, another movie: what a run keeps of the headers goes with it, also when it is refused."""
    for content, code in (("1:\n1,1,2001-01-01\n", 0), ("1:\n2:\n", 1), ("30:\n1,1,2001-01-01\n", 0)):
        sources.netflix(lake, content)
        assert run(main, "silver", "netflix", lake.uri)[0] == code
    assert [movie for movie, *_ in rows(spark, lake)] == ["30"]


def test_no_task_holds_a_whole_file(spark, lake, run):
    """Each block is a task of its own: a window over a file would put all its rows through one."""
    import bronze
    import netflix

    sources.netflix(lake, "1:\n" + "1,1,2001-01-01\n" * 3000)
    spark.conf.set("spark.sql.files.maxPartitionBytes", 4096)
    spark.conf.set("spark.sql.adaptive.enabled", "false")
    try:
        lines = bronze.lines(spark, [f"{lake.uri}/bronze/netflix/combined_data_1.txt"])
        sizes = netflix.ratings(lines, netflix.marks(lines)).rdd.glom().map(len).collect()
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
        spark.conf.unset("spark.sql.adaptive.enabled")
    assert sum(sizes) == 3000 and max(sizes) < 3000


def test_a_rating_is_neither_moved_nor_sorted(spark, lake):
    """What is shuffled are headers and pieces of files, whose number does not follow that of the ratings."""
    import bronze
    import netflix

    sources.netflix(lake, "1:\n" + "1,1,2001-01-01\n" * 3000 + "2:\n" + "1,1,2001-01-01\n" * 3000)
    lines = bronze.lines(spark, [f"{lake.uri}/bronze/netflix/combined_data_1.txt"])
    marks = netflix.marks(lines)
    assert marks.count() == 2 + lines.select("block").distinct().count()
    spark.conf.set("spark.sql.adaptive.enabled", "false")
    try:
        node = netflix.ratings(lines, marks)._jdf.queryExecution().executedPlan()
    finally:
        spark.conf.unset("spark.sql.adaptive.enabled")
    # From the ratings down to the scan of the lines: what is broadcast is the other child.
    ways = [node.nodeName()]
    while node.children().size() > 0:
        node = node.children().head()
        ways.append(node.nodeName())
    assert "BroadcastHashJoin" in ways and ways[-1].startswith("Scan text")
    assert not {"Exchange", "Sort", "Window"} & set(ways)


def test_pieces_stay_the_same_while_a_cluster_grows(spark, lake):
    """The number of processors decides into how many pieces files are read: lines keep their places nevertheless."""
    import bronze

    bronze.lines(spark, [lake.uri])
    assert spark.conf.get("spark.sql.files.minPartitionNum") == str(spark.sparkContext.defaultParallelism)


PLAIN_DATES = r"^(?!0000)\d{4}-\d{2}-\d{2}$"


def test_dates_and_rankings_are_what_their_patterns_say(spark):
    """The quick tests of bytes against the patterns, on fields one character away from good ones."""
    import random

    from fields import real_date, whole_ranking
    from pyspark.sql import functions as F

    rng = random.Random(7)
    good = ["2004-02-29", "2003-02-29", "2004-12-31", "0001-01-01", "0000-01-01", "9999-12-31"]
    good += ["2004-1-1", "2004", "4", "4.0"]
    texts = {*good, "", "5.00", "45", "4.", "٤"}
    for _ in range(6000):
        text = list(rng.choice(good))
        for _ in range(rng.randrange(1, 3)):
            at = rng.randrange(len(text) + 1)
            text[at : at + rng.randrange(2)] = rng.choice(list("0123459-+T :.\x0b\x00é") + [""])
        texts.add("".join(text))
    rows = spark.createDataFrame([(text,) for text in sorted(texts)], "text string")
    plain_date = F.try_to_timestamp(F.when(F.col("text").rlike(PLAIN_DATES), F.col("text"))).cast("date")
    plain_ranking = F.when(F.col("text").rlike(r"^[1-5](\.0+)?$"), F.substring("text", 1, 1).cast("int"))
    seen = rows.select("text", real_date("text"), plain_date, whole_ranking(F.col("text")), plain_ranking).collect()
    assert [row for row in seen if row[1] != row[2] or row[3] != row[4]] == []
    assert sum(row[1] is not None for row in seen) > 50 and sum(row[3] is not None for row in seen) > 5
