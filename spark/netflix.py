"""What the Netflix Prize's files say: pure functions from the lines of files to rows.

The headers of combined_data_<n>.txt carry meaning by their place; movie_titles.csv is ISO-8859-1 and does not quote.
"""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from fields import field, is_blank, real_date, whole_ranking

RATING_REASONS = (
    "blank line",
    "neither a header nor a rating",
    "no customer",
    "ranking is not a whole number from 1 to 5",
    "not a date that exists",
    "before the first header of its file",
)
TITLE_REASONS = ("blank line", "not movie id,year,title", "another title for the same movie id")

HEADER = r"^\s*\d+\s*:\s*$"


def parsed_lines(lines: DataFrame) -> DataFrame:
    """What each line of the combined_data files is, from (file, block, line, value).

    Answers (file, block, line, opens, customer_id, ranking, date, dropped): `opens` is the movie id of a header line,
    which is neither kept nor dropped (see `ratings`).
    """
    fields = F.split("value", ",", -1)
    return lines.select(
        "file",
        "block",
        "line",
        F.when(F.col("value").rlike(HEADER), F.regexp_extract("value", r"(\d+)", 1)).alias("opens"),
        is_blank("value").alias("blank"),
        F.size(fields).alias("size"),
        field(fields, 0).alias("customer_id"),
        whole_ranking(field(fields, 1)).alias("ranking"),
        real_date(field(fields, 2)).alias("date"),
    ).select(
        "file",
        "block",
        "line",
        "opens",
        "customer_id",
        "ranking",
        "date",
        F.when(F.col("opens").isNotNull(), None)
        .when(F.col("blank"), "blank line")
        .when(F.col("size") != 3, "neither a header nor a rating")
        .when(F.col("customer_id").isNull(), "no customer")
        .when(F.col("ranking").isNull(), "ranking is not a whole number from 1 to 5")
        .when(F.col("date").isNull(), "not a date that exists")
        .alias("dropped"),
    )


def ratings(lines: DataFrame) -> DataFrame:
    """The ratings of the combined_data files, (movie_id, customer_id, ranking, date, dropped), headers resolved.

    A line `7:` opens movie 7 until the next such line, so the order of lines carries meaning. It is resolved in
    parallel. `block` is the offset of the piece of a file that one task reads and `line` grows within it: a window over
    each block finds the header above a line, and lines above a block's first header take the last one of the blocks
    before it, which a broadcast of one row a file carries. Right at every size of block.
    """
    parsed = parsed_lines(lines)
    carried = (
        parsed.where(F.col("opens").isNotNull())
        .groupBy("file", "block")
        .agg(F.max_by("opens", "line").alias("opens"))
        .groupBy("file")
        .agg(F.collect_list(F.struct("block", "opens")).alias("carried"))
    )
    above = Window.partitionBy("file", "block").orderBy("line").rowsBetween(Window.unboundedPreceding, 0)
    last_before = F.array_max(F.filter("carried", lambda last: last["block"] < F.col("block")))["opens"]
    return (
        parsed.withColumn("above", F.last("opens", ignorenulls=True).over(above))
        .where(F.col("opens").isNull())
        .join(F.broadcast(carried), "file", "left")
        .select(
            F.coalesce("above", last_before).alias("movie_id"),
            "customer_id",
            "ranking",
            "date",
            "dropped",
        )
        .withColumn(
            "dropped",
            F.coalesce("dropped", F.when(F.col("movie_id").isNull(), "before the first header of its file")),
        )
    )


def titles(lines: DataFrame) -> DataFrame:
    """The titles file, (movie_id, year, title, dropped), from (file, block, line, value).

    ISO-8859-1, no header, no quoting: all that follows the second comma is the title. A year that is no number (the
    file says NULL) is NULL. A movie id has one title, the first in the file, or its ratings would be multiplied.
    """
    # The text source reads lines as UTF-8 whatever it is told, but hands their bytes on unchanged.
    text = lines.withColumn("value", F.decode(F.col("value").cast("binary"), "ISO-8859-1"))
    fields = F.split("value", ",", 3)
    year = F.when(field(fields, 1).rlike(r"^\d{1,4}$"), field(fields, 1).cast("int"))
    movie_id = F.when(field(fields, 0).rlike(r"^\d+$"), field(fields, 0))
    dropped = F.when(is_blank("value"), "blank line").when(
        (F.size(fields) < 3) | movie_id.isNull(), "not movie id,year,title"
    )
    first = Window.partitionBy("movie_id", F.col("dropped").isNull()).orderBy("file", "block", "line")
    return (
        text.select(
            "file",
            "block",
            "line",
            movie_id.alias("movie_id"),
            year.alias("year"),
            field(fields, 2).alias("title"),
            dropped.alias("dropped"),
        )
        .withColumn("nth", F.row_number().over(first))
        .select(
            "movie_id",
            "year",
            "title",
            F.coalesce("dropped", F.when(F.col("nth") > 1, "another title for the same movie id")).alias("dropped"),
        )
    )
