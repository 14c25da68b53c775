"""The raw files of the sources: which there are, whether each is in its format, and their lines.

A file is in its format when
  combined_data_<n>.txt  has a header line `<movie id>:` and a line that is a rating (see netflix.py); n from 1 on,
                         without a gap
  movie_titles.csv       has a line `movie id,year,title`
  amazon_reviews_us_*    starts with the header line and has a row of at least its 15 columns
"""

import itertools
import re

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from storage import BadInput, named, sizes

# How many pieces files are read in at least, as far as the longest that a piece may be allows.
PIECES = "spark.sql.files.minPartitionNum"


def files(spark, folder: str, name: str, wanted: str) -> dict:
    """The files of a bronze folder whose whole name matches: path -> bytes, in the order of names."""
    found = {path: size for path, size in sizes(spark, folder).items() if named(path, name)}
    if not found:
        raise BadInput(f"{folder}/ has no {wanted}: run the ingest step first, or put the file there.")
    for path, size in found.items():
        if size == 0:
            raise BadInput(f"{path} is empty: fetch it again (delete it and run the ingest step).")
    return found


def no_gap(folder: str, files: dict) -> None:
    """combined_data_2.txt missing between 1 and 3 would be a quarter of the ratings, gone without a word."""
    numbers = {int(re.search(r"(\d+)\.txt$", path)[1]) for path in files}
    missing = next(n for n in itertools.count(1) if n not in numbers)
    if missing < max(numbers):
        name = f"combined_data_{missing}.txt"
        raise BadInput(f"{folder}/ has no {name}, though it has later ones: fetch it (run the ingest step).")


def lines(spark, paths: list) -> DataFrame:
    """(file, block, line, value): `block` is where in its file the split begins that the line was read with, `line`
    grows within a block. Whenever these lines are read again, they have the same `block` and `line`."""
    if spark.conf.get(PIECES, None) is None:  # It follows the number of processors, which grows while a cluster starts.
        spark.conf.set(PIECES, str(spark.sparkContext.defaultParallelism))
    place = F.col("_metadata.file_path").alias("file"), F.col("_metadata.file_block_start").alias("block")
    text = spark.read.option("lineSep", "\n").text(paths)
    return text.select(*place, F.monotonically_increasing_id().alias("line"), "value")


def require(path: str, rows: DataFrame, what: str) -> None:
    """A row of the kind that `rows` has of this file. The first line mostly is one: a short job."""
    if not rows.head(1):
        raise BadInput(not_in_format(path, what))


def require_each(paths, rows: DataFrame, what: str) -> None:
    """A row of each file, where `rows` has their column `file`. They are few, and made anyway."""
    have = {row["file"].rsplit("/", 1)[1] for row in rows.select("file").distinct().collect()}
    for path in paths:
        if path.rsplit("/", 1)[1] not in have:
            raise BadInput(not_in_format(path, what))


def not_in_format(path: str, what: str) -> str:
    return f"{path} is not in its format, it lacks {what}: check that it is the source's own file, fetch it again."
