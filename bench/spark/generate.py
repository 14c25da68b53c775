"""Makes bronze data of any size in the sources' formats, the same for the same seed.

    python bench/spark/generate.py <bronze folder> <ratings> [--files 4] [--seed 31337]

netflix/ gets that many ratings in combined_data_<n>.txt, of movies from one rating to some thousands, whose ratings
stand in no order of customers or dates, as in the source; amazon/ a twentieth as many reviews. DuckDB writes them, on
all processors: a million ratings take about a second of one.
"""

import argparse
import pathlib

import duckdb

MOVIES, CUSTOMERS = 17_770, 480_189


def generate(bronze: pathlib.Path, ratings: int, files: int = 4, seed: int = 31337) -> None:
    for source in ("netflix", "amazon"):
        (bronze / source).mkdir(parents=True)
    database = duckdb.connect()
    database.execute(f"CREATE MACRO noise(i, n) AS hash(i, n, {seed})")
    # A film's share grows with its number: the first have a few ratings, the last some thousands.
    database.execute(f"CREATE MACRO movie(i) AS CAST(1 + floor({MOVIES} * sqrt(i / {ratings})) AS INTEGER)")
    for number in range(files):
        first, after = ratings * number // files, ratings * (number + 1) // files
        text(
            database,
            bronze / f"netflix/combined_data_{number + 1}.txt",
            f"""CASE WHEN i = {first} OR movie(i) <> movie(i - 1) THEN movie(i) || ':' || chr(10) ELSE '' END
            || (1 + noise(i, 1) % {CUSTOMERS} * 5) || ',' || (1 + noise(i, 2) % 5) || ','
            || (DATE '1999-11-11' + CAST(noise(i, 3) % 2240 AS INTEGER))""",
            f"range({first}, {after}) AS r(i)",
        )
    text(
        database,
        bronze / "netflix/movie_titles.csv",
        """i || ',' || CASE WHEN i % 2500 = 0 THEN 'NULL' ELSE 1915 + noise(i, 4) % 91 || '' END || ',Film ' || i
        || CASE WHEN i % 53 = 0 THEN ', the Second Part' ELSE '' END""",
        f"range(1, {MOVIES + 1}) AS r(i)",
    )
    names = "marketplace customer_id review_id product_id product_parent product_title product_category star_rating "
    names += "helpful_votes total_votes vine verified_purchase review_headline review_body review_date"
    header = " || chr(9) || ".join(f"'{name}'" for name in names.split())
    columns = [
        "'US'",
        "(1 + noise(i, 5) % 4000000)",
        "'R' || i",
        "'B' || lpad((noise(i, 6) % 60000) || '', 9, '0')",
        "(noise(i, 6) % 60000)",
        "'Film ' || (noise(i, 6) % 60000)",
        "'Video DVD'",
        "(1 + noise(i, 7) % 5)",
        "(noise(i, 8) % 9)",
        "(noise(i, 9) % 9)",
        "'N'",
        "'Y'",
        "'Good, \"really\"'",
        "repeat('A review of some words.<br />', CAST(1 + noise(i, 10) % 20 AS INTEGER))",
        "(DATE '2000-01-01' + CAST(noise(i, 11) % 5700 AS INTEGER))",
    ]
    text(
        database,
        bronze / "amazon/amazon_reviews_us_Video_DVD_v1_00.tsv",
        f"CASE WHEN i = 0 THEN {header} || chr(10) ELSE '' END || " + " || chr(9) || ".join(columns),
        f"range(0, {max(1, ratings // 20)}) AS r(i)",
    )


def text(database, path: pathlib.Path, line: str, rows: str) -> None:
    """Writes lines as they are, in the order of the rows: a delimiter that occurs nowhere, and no quotes."""
    as_is = "(FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '')"
    database.execute(f"COPY (SELECT {line} FROM {rows}) TO '{path}' {as_is}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes bronze data of any size in the sources' formats.")
    parser.add_argument("bronze", type=pathlib.Path, help="a folder that is not there yet")
    parser.add_argument("ratings", type=int)
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--seed", type=int, default=31337)
    args = parser.parse_args()
    generate(args.bronze, args.ratings, args.files, args.seed)
