"""The Spark steps of the reference pipeline. Run by spark-submit, with the other modules beside it or in --py-files.

    main.py silver netflix s3://bucket    bronze/netflix/ -> processed_netflix, netflix_movie_title
    main.py silver amazon  s3://bucket    bronze/amazon/  -> amazon_final
    main.py check silver   s3://bucket    these           -> silver/reports/quality.json
    main.py gold           s3://bucket    these           -> ratings, customer, movies
    main.py check gold     s3://bucket    these           -> gold/reports/quality.json

The tables are folders of Parquet files, silver/tables/<table>/ and gold/tables/<table>/, each replaced whole; one without
its _SUCCESS file, or with files of two jobs, was not written to its end, and gold refuses it. With `--iceberg CATALOG.DATABASE` they are Iceberg
tables there, which are never half written; with `--month 2005-06` too, a run reads and replaces that month's ratings
alone (tables.py). What was kept and what was dropped, by reason, is printed and written to silver/reports/<source>.json
and gold/reports/gold.json, where no crawler of the tables looks. `check` holds a layer against what contracts.py promises.

Exit codes: 0 done; 1 the data is missing, empty, not in its format or breaks a contract; 2 wrong usage;
3 anything else. One line on stderr says what and where (DAGWRIGHT_DEBUG=1 gives the traceback instead).
"""

from __future__ import annotations  # EMR’s Python is 3.9

import argparse
import os
import re
import sys
from datetime import date
from functools import partial

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import amazon
import bronze
import contracts
import gold
import netflix
import quality
import storage
import tables
from fields import kept


def silver_netflix(spark, lake: str, into) -> None:
    raw = f"{lake}/bronze/netflix"
    data = bronze.files(spark, raw, contracts.NETFLIX_RATINGS, "combined_data_1.txt, combined_data_2.txt and so on")
    titles = bronze.files(spark, raw, contracts.NETFLIX_TITLES, "movie_titles.csv")
    bronze.no_gap(raw, data)
    lines = bronze.lines(spark, list(data))
    marks = netflix.marks(lines).cache()
    try:
        headers = marks.where(F.col("opens").isNotNull())
        bronze.require_each(data, headers, "a header line such as `1:`, which opens a movie")
        for path in data:
            parsed = netflix.parsed_lines(bronze.lines(spark, [path]))
            bronze.require(path, kept(parsed), "a rating `customer id,1 to 5,YYYY-MM-DD`")
        named = netflix.parsed_titles(bronze.lines(spark, list(titles)))
        bronze.require(raw + "/movie_titles.csv", kept(named), "a line `movie id,year,title`")

        rated, known = netflix.ratings(lines, marks), netflix.titles(named)
        tables.report(
            spark,
            f"{lake}/silver/reports/netflix.json",
            {**data, **titles},
            {
                "processed_netflix": tables.write(rated, into, "processed_netflix", netflix.RATING_REASONS),
                "netflix_movie_title": tables.write(known, into, "netflix_movie_title", netflix.TITLE_REASONS),
            },
        )
    finally:
        marks.unpersist()  # Or it would stand for whatever these files hold later in this session.


def silver_amazon(spark, lake: str, into) -> None:
    folder = f"{lake}/bronze/amazon"
    data = bronze.files(spark, folder, contracts.AMAZON_REVIEWS, "amazon_reviews_us_<category>.tsv")
    for path in data:
        if storage.first_line(spark, path).rstrip("\r\n").split("\t") != amazon.COLUMNS:
            wanted = "the header line `marketplace<tab>customer_id<tab>…<tab>review_date` at its start"
            raise storage.BadInput(bronze.not_in_format(path, wanted))
        rows = amazon.reviews(bronze.lines(spark, [path]))
        whole = F.col("dropped").isNull() | ~F.col("dropped").isin("blank line", "too few columns")
        bronze.require(path, rows.where(whole), f"a row of {len(amazon.COLUMNS)} tab-separated columns")

    reviews = amazon.reviews(bronze.lines(spark, list(data)))
    table = tables.write(reviews, into, "amazon_final", amazon.REASONS)
    tables.report(spark, f"{lake}/silver/reports/amazon.json", data, {"amazon_final": table})


def gold_tables(spark, lake: str, into) -> None:
    rated = gold.ratings(
        into.read("silver", "processed_netflix", "silver netflix"),
        into.read("silver", "netflix_movie_title", "silver netflix"),
        into.read("silver", "amazon_final", "silver amazon"),
    )
    into.replace(rated, "gold", "ratings")
    # Customers and films have no date: they follow from all ratings, whichever month was written, and from those that
    # another run has written of its own month meanwhile.
    written, made_from = {}, ""
    newest, ratings = into.newest("gold", "ratings")
    while made_from != newest:
        customer = into.replace(gold.customers(ratings), "gold", "customer")
        movies = into.replace(gold.movies(ratings), "gold", "movies")
        written, made_from = {"ratings": ratings, "customer": customer, "movies": movies}, newest
        newest, ratings = into.newest("gold", "ratings")
    tables.report(
        spark,
        f"{lake}/gold/reports/gold.json",
        {},
        {name: {"rows": table.count(), "dropped": {}} for name, table in written.items()},
    )


# Running


def arguments(argv):
    parser = argparse.ArgumentParser(prog="main.py", description="The Spark steps of the reference pipeline.")
    steps = parser.add_subparsers(dest="step", required=True)
    sources = steps.add_parser("silver", help="clean one source").add_subparsers(dest="source", required=True)
    layers = steps.add_parser("check", help="hold a layer's tables against their contracts")
    layers = layers.add_subparsers(dest="layer", required=True)
    for parent, name, run in (
        (sources, "silver netflix", silver_netflix),
        (sources, "silver amazon", silver_amazon),
        (layers, "check silver", partial(quality.check, layer="silver")),
        (steps, "gold", gold_tables),
        (layers, "check gold", partial(quality.check, layer="gold")),
    ):
        step = parent.add_parser(name.split()[-1])
        step.add_argument("lake", help="s3://bucket")
        step.add_argument("--iceberg", type=database, help="where the tables are, CATALOG.DATABASE; default: folders")
        step.add_argument("--month", type=month, help="the only month that is written, 2005-06; default: all")
        step.set_defaults(run=run, name=name)
    args = parser.parse_args(argv)
    if args.month is not None and args.iceberg is None:
        parser.error("--month needs --iceberg: a table that is a folder is replaced whole.")
    return args


def database(text: str) -> str:
    if not re.fullmatch(r"\w+\.\w+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a catalog of Spark and a database in it, `glue.desafio`")
    return text


def month(text: str) -> tables.Month | None:
    """From a month, or from a day or moment in it; `all` is no month."""
    if text == "all":
        return None
    try:
        found = re.fullmatch(r"(\d{4}-\d{2})(-\d{2}(T.*)?)?", text)
        return tables.Month.of(date.fromisoformat(f"{found[1]}-01"))
    except (TypeError, ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month, `2005-06`, nor a day or moment in one") from None


#: What stands in the message of a fault that is not the data's, and what to do.
REMEDIES = (
    ("No space left on device", "the disk of {lake}, or that of Spark’s own files, is full: make room"),
    ("Access ?Denied|AccessControlException|Status Code: 403", "this job may not use {lake}: allow it in its role"),
)


def remedy(fault: str, lake: str) -> str:
    found = (what for pattern, what in REMEDIES if re.search(pattern, fault, re.IGNORECASE))
    return "".join(f" To mend it: {what.format(lake=lake)}, then run this step again." for what in found)


def main(argv=None) -> int:
    args = arguments(argv)
    kind = tables.Folders if args.iceberg is None else tables.Iceberg
    try:
        spark = SparkSession.builder.appName("dagwright").config("spark.sql.session.timeZone", "UTC").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        lake = args.lake.rstrip("/")
        into = kind(spark, lake) if args.iceberg is None else kind(spark, args.iceberg, args.month)
        args.run(spark, lake, into)
    except storage.BadInput as problem:
        print(f"main.py: {problem}", file=sys.stderr)
        return 1
    except Exception as problem:
        if os.environ.get("DAGWRIGHT_DEBUG"):
            raise
        fault = storage.root_cause(problem).rstrip(".") + "."
        print(f"main.py: {args.name} failed: {fault} {kind.AFTER_FAILURE}{remedy(fault, args.lake)}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
