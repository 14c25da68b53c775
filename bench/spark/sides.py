"""The sides that the bench compares, each a stage from files to Parquet files.

    sides.py naive  <bronze> <out>     spark-submit: netflix with one window over each whole file
    sides.py duckdb <bronze> <out>     python: netflix, or with --stage amazon the reviews

The naive job is the answer that comes to mind: `last(header) over (partition by file order by line)`. It parses lines
as the pipeline does, so that what differs is how headers are resolved. DuckDB resolves them by the same window, on
the number of the line over all files, which it runs through as they are read (its ASOF join took twice as long). The
files of the bench begin with a header, and so no line belongs to the file before.
"""

import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "spark"))


def naive(bronze: pathlib.Path, out: pathlib.Path) -> None:
    import netflix
    from bronze import lines
    from fields import kept
    from pyspark.sql import SparkSession, Window
    from pyspark.sql import functions as F

    spark = SparkSession.builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    every = lines(spark, [path.as_uri() for path in sorted((bronze / "netflix").glob("combined_data_*.txt"))])
    opens = F.when(netflix.is_header("value"), F.regexp_extract("value", r"(\d+)", 1))
    above = Window.partitionBy("file").orderBy("block", "line")
    headed = every.withColumn("movie_id", F.last(opens, ignorenulls=True).over(above)).where(opens.isNull())
    rated = netflix.parsed_lines(headed.select("value", "movie_id"))
    kept(rated).write.mode("overwrite").parquet((out / "processed_netflix").as_uri())
    spark.stop()


def duckdb_netflix(database, bronze: pathlib.Path, out: pathlib.Path) -> None:
    blanks = r" \t\r"
    header = r"(contains(line, ':') AND regexp_full_match(line, '\s*\d+\s*:\s*'))"
    database.execute(rf"""
        COPY (
          WITH headed AS (
            SELECT line, {header} AS is_header,
              last_value(CASE WHEN {header} THEN regexp_extract(line, '\d+') END IGNORE NULLS)
                OVER (ORDER BY number ROWS UNBOUNDED PRECEDING) AS movie_id
            FROM {numbered(bronze / "netflix/combined_data_*.txt")}
          ),
          split AS (SELECT movie_id, string_split(line, ',') AS fields FROM headed WHERE NOT is_header),
          parsed AS (
            SELECT movie_id, len(fields) AS size,
              nullif(trim(fields[1], e'{blanks}'), '') AS customer_id,
              trim(fields[2], e'{blanks}') AS stars,
              trim(fields[3], e'{blanks}') AS day
            FROM split
          )
          SELECT movie_id, customer_id, CAST(stars[1] AS INTEGER) AS ranking, TRY_CAST(day AS DATE) AS date
          FROM parsed
          WHERE size = 3 AND customer_id IS NOT NULL AND regexp_full_match(stars, '[1-5](\.0+)?')
            AND regexp_full_match(day, '\d{{4}}-\d{{2}}-\d{{2}}') AND TRY_CAST(day AS DATE) IS NOT NULL
        ) TO '{out / "processed_netflix.parquet"}' (FORMAT parquet)""")


def duckdb_amazon(database, bronze: pathlib.Path, out: pathlib.Path) -> None:
    database.execute(f"""
        COPY (
          SELECT customer_id, product_id AS movie_id, CAST(star_rating AS INTEGER) AS ranking,
            CAST(review_date AS DATE) AS date, product_title AS title,
            year(CAST(review_date AS DATE)) AS year, 'amazon' AS source
          FROM read_csv('{bronze}/amazon/*.tsv', delim = '\t', quote = '', escape = '', header = true,
            all_varchar = true)
          WHERE marketplace = 'US'
        ) TO '{out / "amazon_final.parquet"}' (FORMAT parquet)""")


def numbered(files: pathlib.Path) -> str:
    """The lines of files, numbered in their order over all of them."""
    return f"""(
        SELECT row_number() OVER () AS number, line FROM read_csv(
          '{files}', columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', escape = '', header = false,
          auto_detect = false))"""


def main() -> None:
    parser = argparse.ArgumentParser(description="A side of the bench of Spark's stages.")
    parser.add_argument("side", choices=["naive", "duckdb"])
    parser.add_argument("bronze", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--stage", choices=["netflix", "amazon"], default="netflix")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.side == "naive":
        return naive(args.bronze, args.out)
    import duckdb

    database = duckdb.connect(config={"threads": len(os.sched_getaffinity(0)), "temp_directory": str(args.out / "tmp")})
    (duckdb_netflix if args.stage == "netflix" else duckdb_amazon)(database, args.bronze, args.out)


if __name__ == "__main__":
    main()
