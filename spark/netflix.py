"""What the Netflix Prize's files say: pure functions from the lines of files to rows.

The headers of combined_data_<n>.txt carry meaning by their place; movie_titles.csv is ISO-8859-1 and does not quote.
"""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from contracts import NETFLIX_HEADER as HEADER
from fields import BLANKS, field, is_blank, real_date, whole_ranking

RATING_REASONS = (
    "blank line",
    "neither a header nor a rating",
    "no customer",
    "ranking is not a whole number from 1 to 5",
    "not a date that exists",
    "before the first header of its file",
)
TITLE_REASONS = ("blank line", "not movie id,year,title", "another title for the same movie id")

# Bits of a line's number within its bucket. 1,024 lines hold a header or none: a movie has 5,654 ratings on average.
BUCKET = 10


def is_header(name: str) -> Column:
    """Whether a line is a header such as `7:`. Few lines hold a colon: the others are not held against the pattern."""
    return F.col(name).contains(":") & F.col(name).rlike(HEADER)


def marks(lines: DataFrame) -> DataFrame:
    """Where the ratings of a movie begin, from (file, block, line, value): all that is to be known of the files' order.

    Answers (file, block, opens, first, last, header): for each header line its movie id as `opens` and its `line` as
    `header`, and for each block a row without the two; `first` and `last` are the lines of a block's other rows. A row
    for each header and block, in one pass over the lines.
    """
    header = is_header("value")
    return (
        lines.select(
            "file",
            "block",
            "line",
            F.when(header, F.regexp_extract("value", r"(\d+)", 1)).alias("opens"),
            F.when(header, F.col("line")).alias("header"),
        )
        .groupBy("file", "block", "opens", "header")
        .agg(F.min("line").alias("first"), F.max("line").alias("last"))
    )


def stretches(marks: DataFrame) -> DataFrame:
    """(bucket, block, first, last, movie_id): the lines from `first` to `last` of a block are ratings of one movie.

    A block's lines above its first header belong to the last one of the blocks before it, and to no movie (NULL) in a
    file that has none above. What reaches over several buckets of line numbers has a row in each, so that a line finds
    its stretch by the bucket that it is in.
    """
    block = Window.partitionBy("file", "block")
    file = Window.partitionBy("file").orderBy("block", "from").rowsBetween(Window.unboundedPreceding, 0)
    ordered = block.orderBy("from")
    whole = (
        marks.withColumn("end", F.max("last").over(block))
        .select("file", "block", "opens", F.coalesce("header", "first").alias("from"), "end")
        .withColumn("movie_id", F.last("opens", ignorenulls=True).over(file))
        .withColumn("last", F.coalesce(F.lead("from").over(ordered) - 1, "end"))
    )
    buckets = F.sequence(F.shiftright("from", BUCKET), F.shiftright("last", BUCKET))
    return whole.where(F.col("from") <= F.col("last")).select(
        F.explode(buckets).alias("bucket"), F.col("block").alias("of"), F.col("from"), F.col("last"), "movie_id"
    )


def ratings(lines: DataFrame, marks: DataFrame) -> DataFrame:
    """The ratings of the combined_data files, (movie_id, customer_id, ranking, date, dropped), headers resolved.

    A line `7:` opens movie 7 until the next such line, so the order of lines carries meaning. `block` is the offset of
    the piece of a file that one task reads and `line` grows within it. The headers are a line in some thousands: which
    lines are whose is worked out from them alone (`marks`, of the same `lines`), broadcast and looked up, so that no
    rating is moved or sorted. Right at every size of block.
    """
    found = F.broadcast(stretches(marks))
    here = (F.shiftright("line", BUCKET) == F.col("bucket")) & F.col("line").between(F.col("from"), F.col("last"))
    resolved = lines.where(~is_header("value")).join(found, here & (F.col("block") == F.col("of")), "left")
    # Never seen, and too bad to go unnoticed: a rating would be another movie's.
    elsewhere = F.raise_error("The files were read in other pieces than before: ratings have lost their movies.")
    movie = F.when(F.col("of").isNull(), elsewhere).otherwise(F.col("movie_id"))
    parsed = parsed_lines(resolved.select("value", movie.alias("movie_id")))
    early = F.when(F.col("movie_id").isNull(), "before the first header of its file")
    return parsed.withColumn("dropped", F.coalesce("dropped", early))


def parsed_lines(lines: DataFrame) -> DataFrame:
    """What lines that are no headers say, (value, …) -> (…, customer_id, ranking, date, dropped)."""
    others = [name for name in lines.columns if name != "value"]
    # A line has 20 bytes, and there are 100 million: searches in the bytes, where a split or a pattern makes strings.
    return (
        lines.select(*others, without_blanks(F.col("value")).alias("text"))
        .select("*", F.locate(",", "text").alias("comma"))
        .select("*", F.expr("locate(',', text, comma + 1)").alias("second"))
        .select(
            *others,
            "text",
            ((F.col("second") > 0) & (F.expr("locate(',', text, second + 1)") == 0)).alias("three"),
            F.col("text").substr(F.lit(1), F.col("comma") - 1).alias("customer_id"),
            F.col("text").substr(F.col("comma") + 1, F.col("second") - F.col("comma") - 1).alias("stars"),
            F.col("text").substr(F.col("second") + 1, F.length("text")).alias("day"),
        )
        .select(
            *others,
            "text",
            "three",
            F.when(F.col("customer_id") != "", F.col("customer_id")).alias("customer_id"),
            whole_ranking(F.col("stars")).alias("ranking"),
            real_date("day").alias("date"),
        )
        .select(
            *others,
            "customer_id",
            "ranking",
            "date",
            F.when(F.col("text") == "", "blank line")
            .when(~F.col("three"), "neither a header nor a rating")
            .when(F.col("customer_id").isNull(), "no customer")
            .when(F.col("ranking").isNull(), "ranking is not a whole number from 1 to 5")
            .when(F.col("date").isNull(), "not a date that exists")
            .alias("dropped"),
        )
    )


def without_blanks(line: Column) -> Column:
    """A line without the blanks around its fields, the line end's carriage return among them."""
    blank = line.contains(" ") | line.contains("\t") | line.contains("\r")
    tidy = F.btrim(F.regexp_replace(line, rf"[{BLANKS}]*,[{BLANKS}]*", ","), F.lit(BLANKS))
    return F.when(blank, tidy).otherwise(line)


def parsed_titles(lines: DataFrame) -> DataFrame:
    """What the lines of the titles file say, (file, block, line, value) -> (file, block, line, movie_id, year, title, dropped).

    ISO-8859-1, no header, no quoting: all that follows the second comma is the title. A year that is no number (the
    file says NULL) is NULL.
    """
    # The text source reads lines as UTF-8 whatever it is told, but hands their bytes on unchanged.
    text = lines.withColumn("value", F.decode(F.col("value").cast("binary"), "ISO-8859-1"))
    fields = F.split("value", ",", 3)
    year = F.when(field(fields, 1).rlike(r"^\d{1,4}$"), field(fields, 1).cast("int"))
    movie_id = F.when(field(fields, 0).rlike(r"^\d+$"), field(fields, 0))
    dropped = F.when(is_blank("value"), "blank line").when(
        (F.size(fields) < 3) | movie_id.isNull(), "not movie id,year,title"
    )
    return text.select(
        "file",
        "block",
        "line",
        movie_id.alias("movie_id"),
        year.alias("year"),
        field(fields, 2).alias("title"),
        dropped.alias("dropped"),
    )


def titles(parsed: DataFrame) -> DataFrame:
    """The titles, (movie_id, year, title, dropped), of the lines as they are parsed.

    A movie id has one title, the first in the file, or its ratings would be multiplied.
    """
    first = Window.partitionBy("movie_id", F.col("dropped").isNull()).orderBy("file", "block", "line")
    return parsed.withColumn("nth", F.row_number().over(first)).select(
        "movie_id",
        "year",
        "title",
        F.coalesce("dropped", F.when(F.col("nth") > 1, "another title for the same movie id")).alias("dropped"),
    )
