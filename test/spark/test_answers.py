"""From bronze to the twelve answers: Spark's tables and the SQL of sql/ against expected.py, which shares nothing."""

import pathlib
import random
import shutil
from collections import Counter
from decimal import Decimal

import duckdb
import expected
import main
import pytest
import sources
import sqlglot
from conftest import ALL, ROOT, SAMPLE, of_all
from sources import review, reviews

SQL = sorted((ROOT / "sql").glob("*.sql"))


def answer(query: pathlib.Path, tables: pathlib.Path):
    """The rows of one of sql/'s queries, as the local engine runs it: Athena's dialect translated, integers divided."""
    database = duckdb.connect()
    database.execute("SET integer_division = true")
    database.execute("CREATE SCHEMA desafio")
    database.execute(f"CREATE VIEW desafio.ratings AS FROM read_parquet('{tables}/ratings/*.parquet')")
    result = database.execute(sqlglot.transpile(query.read_text(), read="athena", write="duckdb")[0])
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, map(plain, row))) for row in result.fetchall()]


def plain(value):
    return float(value) if isinstance(value, Decimal) else value


def compare(spark, lake, run, size=1 << 27):
    """From bronze files that are read in pieces of a size, in bytes. What Spark wrote itself is not split within a row group."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", size)
    try:
        for step in (("silver", "netflix"), ("silver", "amazon")):
            code, _, err = run(main, *step, lake.uri)
            assert code == 0, err
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    code, _, err = run(main, "gold", lake.uri)
    assert code == 0, err
    bronze = lake.path / "bronze"
    table = spark.read.parquet(f"{lake.uri}/gold/tables/ratings").collect()
    assert Counter(map(tuple, table)) == Counter(map(tuple, expected.ratings(bronze)))
    right = expected.answers(bronze)
    for query in SQL:
        rows, wanted = answer(query, lake.path / "gold/tables"), right[query.name[:2]]
        assert [list(row) for row in rows] == [list(row) for row in wanted], query.name
        for row, other in zip(rows, wanted):
            assert row == pytest.approx(other, abs=1e-9) if "difference" in row else row == other, query.name


def test_there_are_twelve():
    assert [query.name[:2] for query in SQL] == [f"{n:02}" for n in range(1, 13)]


@of_all  # `npm test` runs the reference pipeline on it
def test_the_sample(spark, lake, run):
    shutil.copytree(SAMPLE, lake.path / "bronze")
    compare(spark, lake, run)


def test_the_sample_exercises_the_questions():
    """Non-trivial answers: rows everywhere, ties where the order decides, full top tens."""
    answers = expected.answers(SAMPLE)
    assert all(answers.values()) and 0 < answers["02"][0]["percent_available_on_netflix"] < 100
    assert len(answers["07"]) == len(answers["10"]) == len(answers["12"]) == 10 and len(answers["08"]) == 10
    for question, column in (("07", "review_count"), ("08", "rating_count"), ("10", "total_ranking")):
        values = [row[column] for row in answers[question]]
        assert len(set(values)) < len(values)


@pytest.mark.parametrize("seed", range(4 if ALL else 1))
def test_random_data(spark, lake, run, seed):
    """Few titles, customers and dates, so that everything ties; every kind of broken row among them."""
    rng = random.Random(seed)
    titles = [f"Film {c}" for c in "ABCDEFGHIJKLMNOP"] + ["é, à", '"q', "", " pad "]
    days = [f"2005-0{m}-{d:02}" for m in (1, 2, 3) for d in (1, 28, 29, 30)]
    for number in range(1, 4):
        lines = []
        for _ in range(rng.randrange(4, 12)):
            lines.append(rng.choice(["{}:", "{}: ", " {} :"]).format(rng.randrange(1, 30)))
            for _ in range(rng.randrange(0, 40)):
                stars = rng.choice("12345" * 4 + "06x") + rng.choice([""] * 8 + [".0", ".5"])
                lines.append(f"{rng.randrange(1, 9)},{stars},{rng.choice(days)}")
        lines += rng.sample(["", "a,b", "1,2,3", "word"], 2)
        lines += ["99:", "1,5,2005-01-01"]
        lake.write(f"bronze/netflix/combined_data_{number}.txt", rng.choice(["\n", "\r\n"]).join(lines))
    entries = [f"{n},{rng.choice(['1999', '2000', 'NULL'])},{rng.choice(titles)}" for n in range(1, 25)]
    lake.write("bronze/netflix/movie_titles.csv", "\n".join(entries).encode("iso-8859-1"))
    for name in ("Video", "Video_DVD"):
        rows = [
            review(
                marketplace=rng.choice(["US"] * 9 + ["UK"]),
                customer_id=rng.choice("123456789" + " "),
                product_id=f"B{rng.randrange(20):03}",
                product_title=rng.choice(titles + ["Only Here", "And Here"]),
                star_rating=rng.choice(["1", "2", "3", "4", "5", "5", "5", "", "9", "3.5"]),
                review_date=rng.choice(days + [""]),
                review_body=rng.choice(['"', "a\rb", "<br />", "\\"]),
            )
            for _ in range(150)
        ]
        sources.amazon(lake, reviews(*rows, "US\tshort", review(review_date=days[0])), name=name)
    compare(spark, lake, run, rng.choice([1000, 3000, 1 << 27]))
