"""The Spark steps of the reference pipeline. Run by spark-submit, with functions.py beside it or in --py-files.

    main.py silver netflix s3://bucket    bronze/netflix/ -> silver/tables/{processed_netflix,netflix_movie_title}
    main.py silver amazon  s3://bucket    bronze/amazon/  -> silver/tables/amazon_final
    main.py gold           s3://bucket    silver/tables/  -> gold/tables/{ratings,customer,movies}

A table is replaced whole, and one without its _SUCCESS file was not written to its end: gold refuses it. What was kept
and what was dropped, by reason, is printed and written to silver/reports/<source>.json and gold/reports/gold.json,
where no crawler of the tables looks.

Exit codes: 0 done; 1 the data is missing, empty or not in its format, and nothing was written; 2 wrong usage;
3 anything else. One line on stderr says what and where (DAGWRIGHT_DEBUG=1 gives the traceback instead).

A file is in its format when
  combined_data_<n>.txt  has a header line `<movie id>:` and a line that is a rating (see functions.py); n from 1 on,
                         without a gap
  movie_titles.csv       has a line `movie id,year,title`
  amazon_reviews_us_*    starts with the header line and has a row of at least its 15 columns
"""

import argparse
import itertools
import json
import os
import re
import sys
from functools import partial

from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as F

import functions


class BadInput(Exception):
    """The user's data is at fault: the message says where, what was expected and what to do."""


def silver_netflix(spark, lake: str) -> None:
    folder = f"{lake}/bronze/netflix"
    data = bronze_files(spark, folder, r"combined_data_\d+\.txt", "combined_data_1.txt, combined_data_2.txt and so on")
    titles = bronze_files(spark, folder, r"movie_titles\.csv", "movie_titles.csv")
    no_gap(folder, data)
    for path in data:
        parsed = functions.netflix_lines(read_lines(spark, [path]))
        require(path, parsed.where(F.col("opens").isNotNull()), "a header line such as `1:`, which opens a movie")
        is_rating = F.col("opens").isNull() & F.col("dropped").isNull()
        require(path, parsed.where(is_rating), "a rating `customer id,1 to 5,YYYY-MM-DD`")
    known = functions.netflix_titles(read_lines(spark, list(titles)))
    require(folder + "/movie_titles.csv", functions.kept(known), "a line `movie id,year,title`")

    rated = functions.netflix_ratings(read_lines(spark, list(data)))
    report(
        spark,
        f"{lake}/silver/reports/netflix.json",
        {**data, **titles},
        {
            "processed_netflix": write(rated, f"{lake}/silver/tables/processed_netflix", functions.NETFLIX_REASONS),
            "netflix_movie_title": write(known, f"{lake}/silver/tables/netflix_movie_title", functions.TITLE_REASONS),
        },
    )


def silver_amazon(spark, lake: str) -> None:
    folder = f"{lake}/bronze/amazon"
    data = bronze_files(spark, folder, r"amazon_reviews_us_.+\.tsv", "amazon_reviews_us_<category>.tsv")
    for path in data:
        if first_line(spark, path).rstrip("\r\n").split("\t") != functions.AMAZON_COLUMNS:
            wanted = "the header line `marketplace<tab>customer_id<tab>…<tab>review_date` at its start"
            raise BadInput(not_in_format(path, wanted))
        rows = functions.amazon_reviews(read_lines(spark, [path]))
        whole = F.col("dropped").isNull() | ~F.col("dropped").isin("blank line", "too few columns")
        require(path, rows.where(whole), f"a row of {len(functions.AMAZON_COLUMNS)} tab-separated columns")

    reviews = functions.amazon_reviews(read_lines(spark, list(data)))
    table = write(reviews, f"{lake}/silver/tables/amazon_final", functions.AMAZON_REASONS)
    report(spark, f"{lake}/silver/reports/amazon.json", data, {"amazon_final": table})


def gold(spark, lake: str) -> None:
    silver = partial(silver_table, spark, lake)
    rated = functions.ratings(silver("processed_netflix"), silver("netflix_movie_title"), silver("amazon_final"))
    tables = f"{lake}/gold/tables"
    rated.write.mode("overwrite").parquet(f"{tables}/ratings")
    written = spark.read.parquet(f"{tables}/ratings")
    functions.customers(written).write.mode("overwrite").parquet(f"{tables}/customer")
    functions.movies(written).write.mode("overwrite").parquet(f"{tables}/movies")
    counts = {name: spark.read.parquet(f"{tables}/{name}").count() for name in ("ratings", "customer", "movies")}
    report(
        spark,
        f"{lake}/gold/reports/gold.json",
        {},
        {name: {"rows": count, "dropped": {}} for name, count in counts.items()},
    )


# Reading


def bronze_files(spark, folder: str, name: str, wanted: str) -> dict:
    """The files of a bronze folder whose whole name matches: path -> bytes, in the order of names."""
    filesystem, path = hadoop(spark, folder)
    listed = filesystem.listStatus(path) if filesystem.exists(path) else []
    files = {f"{folder}/{f.getPath().getName()}": f.getLen() for f in listed if f.isFile()}
    files = {path: files[path] for path in sorted(files) if re.fullmatch(name, path.rsplit("/", 1)[1])}
    if not files:
        raise BadInput(f"{folder}/ has no {wanted}: run the ingest step first, or put the file there.")
    for path, size in files.items():
        if size == 0:
            raise BadInput(f"{path} is empty: fetch it again (delete it and run the ingest step).")
    return files


def no_gap(folder: str, files: dict) -> None:
    """combined_data_2.txt missing between 1 and 3 would be a quarter of the ratings, gone without a word."""
    numbers = {int(re.search(r"(\d+)\.txt$", path)[1]) for path in files}
    missing = next(n for n in itertools.count(1) if n not in numbers)
    if missing < max(numbers):
        name = f"combined_data_{missing}.txt"
        raise BadInput(f"{folder}/ has no {name}, though it has later ones: fetch it (run the ingest step).")


def read_lines(spark, paths: list) -> DataFrame:
    """(file, block, line, value): `block` is where in its file the split begins that the line was read with, `line`
    grows within a block."""
    place = F.col("_metadata.file_path").alias("file"), F.col("_metadata.file_block_start").alias("block")
    text = spark.read.option("lineSep", "\n").text(paths)
    return text.select(*place, F.monotonically_increasing_id().alias("line"), "value")


def first_line(spark, path: str) -> str:
    filesystem, where = hadoop(spark, path)
    stream = filesystem.open(where)
    try:
        java = spark._jvm.java.io
        return java.BufferedReader(java.InputStreamReader(stream, "UTF-8")).readLine() or ""
    finally:
        stream.close()


def require(path: str, rows: DataFrame, what: str) -> None:
    if not rows.head(1):
        raise BadInput(not_in_format(path, what))


def not_in_format(path: str, what: str) -> str:
    return f"{path} is not in its format, it lacks {what}: check that it is the source's own file, fetch it again."


def silver_table(spark, lake: str, name: str) -> DataFrame:
    path = f"{lake}/silver/tables/{name}"
    filesystem, done = hadoop(spark, path + "/_SUCCESS")
    if not filesystem.exists(done):
        step = "silver amazon" if name.startswith("amazon") else "silver netflix"
        raise BadInput(f"{path}/ is missing or was not written to its end: run `{step}` first.")
    return spark.read.parquet(path)


def hadoop(spark, path: str):
    """The Hadoop file system that a path is on, and the path as its Path: S3 on AWS, a folder on one machine."""
    where = spark._jvm.org.apache.hadoop.fs.Path(path)
    return where.getFileSystem(spark._jsc.hadoopConfiguration()), where


# Writing


def write(rows: DataFrame, path: str, reasons) -> dict:
    """Writes the rows that are kept and counts all of them, in one pass."""
    seen = Observation()
    functions.kept(rows.observe(seen, *functions.tally(reasons))).write.mode("overwrite").parquet(path)
    counts = seen.get
    dropped = {reason: counts[f"dropped {at}"] for at, reason in enumerate(reasons)}
    return {"rows": counts["kept"], "dropped": {reason: n for reason, n in dropped.items() if n}}


def report(spark, path: str, files: dict, tables: dict) -> None:
    for file, size in files.items():
        print(f"read {file} ({size:,} bytes)")
    for name, table in tables.items():
        print(f"wrote {name}: {table['rows']:,} rows, {sum(table['dropped'].values()):,} dropped")
        for reason, count in table["dropped"].items():
            print(f"  dropped {count:,}: {reason}")
    print(f"report {path}", flush=True)
    filesystem, where = hadoop(spark, path)
    text = json.dumps({"files": files, "tables": tables}, indent=2) + "\n"
    stream = filesystem.create(where, True)
    stream.write(bytearray(text.encode()))
    stream.close()


# Running


def arguments(argv):
    parser = argparse.ArgumentParser(prog="main.py", description="The Spark steps of the reference pipeline.")
    steps = parser.add_subparsers(dest="step", required=True)
    sources = steps.add_parser("silver", help="clean one source").add_subparsers(dest="source", required=True)
    for parent, name, run in (
        (sources, "netflix", silver_netflix),
        (sources, "amazon", silver_amazon),
        (steps, "gold", gold),
    ):
        step = parent.add_parser(name)
        step.add_argument("lake", help="s3://bucket")
        step.set_defaults(run=run, name=name if run is gold else f"silver {name}")
    return parser.parse_args(argv)


def root_cause(problem: Exception) -> str:
    """One line: of a Java exception the innermost cause, which alone names the fault."""
    java = getattr(problem, "java_exception", None)
    while java is not None and java.getCause() is not None:
        java = java.getCause()
    text = str(java.toString() if java is not None else problem).strip() or type(problem).__name__
    return text.splitlines()[0]


def main(argv=None) -> int:
    args = arguments(argv)
    try:
        spark = SparkSession.builder.appName("dagwright").config("spark.sql.session.timeZone", "UTC").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        args.run(spark, args.lake.rstrip("/"))
    except BadInput as problem:
        print(f"main.py: {problem}", file=sys.stderr)
        return 1
    except Exception as problem:
        if os.environ.get("DAGWRIGHT_DEBUG"):
            raise
        print(f"main.py: {args.name} failed: {root_cause(problem)}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
