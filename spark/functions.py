"""What the jobs do to data: pure functions from DataFrame to DataFrame.

Nothing here reads a file, writes one or starts a job; main.py does. Every row of a source stays in its DataFrame with
the column `dropped`: NULL for a row that is kept, else the reason it is not, so that each is counted before it goes.

A rating needs a customer, a movie, a whole number from 1 to 5 (`4` and `4.0` are, `4.5` is not) and a date that
exists, written YYYY-MM-DD. Its title and its year may be NULL. Nothing is deduplicated.

Lines end at "\\n"; a "\\r" before it belongs to the line end. Fields lose surrounding blanks, an empty one is NULL.
"""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

AMAZON_COLUMNS = (
    "marketplace customer_id review_id product_id product_parent product_title product_category star_rating "
    "helpful_votes total_votes vine verified_purchase review_headline review_body review_date"
).split()

NETFLIX_REASONS = (
    "blank line",
    "neither a header nor a rating",
    "no customer",
    "ranking is not a whole number from 1 to 5",
    "not a date that exists",
    "before the first header of its file",
)
TITLE_REASONS = ("blank line", "not movie id,year,title", "another title for the same movie id")
AMAZON_REASONS = (
    "blank line",
    "too few columns",
    "marketplace other than US",
    "no customer",
    "no product",
    "ranking is not a whole number from 1 to 5",
    "not a date that exists",
)

HEADER = r"^\s*\d+\s*:\s*$"
BLANKS = " \t\r"


# Netflix


def netflix_lines(lines: DataFrame) -> DataFrame:
    """What each line of the combined_data files is, from (file, block, line, value).

    Answers (file, block, line, opens, customer_id, ranking, date, dropped): `opens` is the movie id of a header line,
    which is neither kept nor dropped (see `netflix_ratings`).
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


def netflix_ratings(lines: DataFrame) -> DataFrame:
    """The ratings of the combined_data files, (movie_id, customer_id, ranking, date, dropped), headers resolved.

    A line `7:` opens movie 7 until the next such line, so the order of lines carries meaning. It is resolved in
    parallel. `block` is the offset of the piece of a file that one task reads and `line` grows within it: a window over
    each block finds the header above a line, and lines above a block's first header take the last one of the blocks
    before it, which a broadcast of one row a file carries. Right at every size of block.
    """
    parsed = netflix_lines(lines)
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


def netflix_titles(lines: DataFrame) -> DataFrame:
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


# Amazon


def amazon_reviews(lines: DataFrame) -> DataFrame:
    """The reviews, (customer_id, movie_id, ranking, date, title, year, source, dropped), from (value).

    Tab-separated; a quote is a character like any other, and so a record never spans lines. Header lines go silently.
    `movie_id` is the product's id, `year` the review's.
    """
    fields = F.split("value", "\t", -1)
    column = {name: field(fields, at) for at, name in enumerate(AMAZON_COLUMNS)}
    return (
        lines.where(~is_amazon_header("value"))
        .select(
            is_blank("value").alias("blank"),
            F.size(fields).alias("size"),
            column["marketplace"].alias("marketplace"),
            column["customer_id"].alias("customer_id"),
            column["product_id"].alias("movie_id"),
            whole_ranking(column["star_rating"]).alias("ranking"),
            real_date(column["review_date"]).alias("date"),
            valid_utf8(column["product_title"]).alias("title"),
        )
        .select(
            "customer_id",
            "movie_id",
            "ranking",
            "date",
            "title",
            F.year("date").alias("year"),
            F.lit("amazon").alias("source"),
            F.when(F.col("blank"), "blank line")
            .when(F.col("size") < len(AMAZON_COLUMNS), "too few columns")
            .when(~F.col("marketplace").eqNullSafe("US"), "marketplace other than US")
            .when(F.col("customer_id").isNull(), "no customer")
            .when(F.col("movie_id").isNull(), "no product")
            .when(F.col("ranking").isNull(), "ranking is not a whole number from 1 to 5")
            .when(F.col("date").isNull(), "not a date that exists")
            .alias("dropped"),
        )
    )


def is_amazon_header(name: str) -> Column:
    return F.btrim(F.col(name), F.lit("\r")) == "\t".join(AMAZON_COLUMNS)


# Gold


def ratings(netflix: DataFrame, titles: DataFrame, amazon: DataFrame) -> DataFrame:
    """Both sources' ratings in one table. A Netflix movie without an entry among the titles keeps its ratings."""
    columns = ["customer_id", "movie_id", "ranking", "date", "title", "year", "source"]
    with_titles = netflix.join(F.broadcast(titles), "movie_id", "left").withColumn("source", F.lit("netflix"))
    return with_titles.select(columns).unionByName(amazon.select(columns))


def customers(rated: DataFrame) -> DataFrame:
    """(id, source): Netflix's customer 7 is not Amazon's customer 7."""
    return rated.select(F.col("customer_id").alias("id"), "source").distinct()


def movies(rated: DataFrame) -> DataFrame:
    """(id, title, source), one row for an id and source that was rated.

    Amazon's reviews may give one product several titles; the first in the alphabet is taken, so that a rerun agrees.
    """
    return rated.groupBy(F.col("movie_id").alias("id"), "source").agg(F.min("title").alias("title")).select(
        "id", "title", "source"
    )


# Rows and fields


def kept(rows: DataFrame) -> DataFrame:
    """The rows that are not dropped, without the column that says so."""
    return rows.where(F.col("dropped").isNull()).drop("dropped")


def tally(reasons) -> list:
    """Aggregates that count the rows kept and those dropped for each reason: `kept`, `dropped 0`, `dropped 1` …"""
    dropped = F.col("dropped")
    return [F.count(F.when(dropped.isNull(), 1)).alias("kept")] + [
        F.count(F.when(dropped == reason, 1)).alias(f"dropped {at}") for at, reason in enumerate(reasons)
    ]


def is_blank(name: str) -> Column:
    return F.btrim(F.col(name), F.lit(BLANKS)) == ""


def field(fields: Column, at: int) -> Column:
    """One field without the blanks around it (the line end's carriage return is one); NULL if empty or not there."""
    text = F.btrim(F.get(fields, F.lit(at)), F.lit(BLANKS))
    return F.when(text != "", text)


def whole_ranking(text: Column) -> Column:
    return F.when(text.rlike(r"^[1-5](\.0+)?$"), F.substring(text, 1, 1).cast("int"))


def real_date(text: Column) -> Column:
    """A date from YYYY-MM-DD, else NULL: the pattern refuses what a cast would take (`2004`, `2004-1-1`, a time after
    it), and the cast what no calendar has (2004-02-30), also in an ANSI session, Spark 4's default."""
    return F.try_to_timestamp(F.when(text.rlike(r"^(?!0000)\d{4}-\d{2}-\d{2}$"), text)).cast("date")


def valid_utf8(text: Column) -> Column:
    """Bytes that are not UTF-8 become U+FFFD: what reads Parquet may refuse a file that has them."""
    if hasattr(F, "make_valid_utf8"):  # Spark 4, whose decode() fails on them instead
        return F.make_valid_utf8(text)
    return F.decode(text.cast("binary"), "UTF-8")
