"""What the Amazon US customer reviews' files say: pure functions from the lines of files to rows."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from contracts import AMAZON_COLUMNS as COLUMNS
from fields import field, is_blank, real_date, valid_utf8, whole_ranking

REASONS = (
    "blank line",
    "too few columns",
    "marketplace other than US",
    "no customer",
    "no product",
    "ranking is not a whole number from 1 to 5",
    "not a date that exists",
)


def reviews(lines: DataFrame) -> DataFrame:
    """The reviews, (customer_id, movie_id, ranking, date, title, year, source, dropped), from (value).

    Tab-separated; a quote is a character like any other, and so a record never spans lines. Header lines go silently.
    `movie_id` is the product's id, `year` the review's.
    """
    fields = F.split("value", "\t", -1)
    column = {name: field(fields, at) for at, name in enumerate(COLUMNS)}
    return (
        lines.where(~is_header("value"))
        .select(
            is_blank("value").alias("blank"),
            F.size(fields).alias("size"),
            column["marketplace"].alias("marketplace"),
            column["customer_id"].alias("customer_id"),
            column["product_id"].alias("movie_id"),
            whole_ranking(column["star_rating"]).alias("ranking"),
            column["review_date"].alias("day"),
            valid_utf8(column["product_title"]).alias("title"),
        )
        .withColumn("date", real_date("day"))
        .select(
            "customer_id",
            "movie_id",
            "ranking",
            "date",
            "title",
            F.year("date").alias("year"),
            F.lit("amazon").alias("source"),
            F.when(F.col("blank"), "blank line")
            .when(F.col("size") < len(COLUMNS), "too few columns")
            .when(~F.col("marketplace").eqNullSafe("US"), "marketplace other than US")
            .when(F.col("customer_id").isNull(), "no customer")
            .when(F.col("movie_id").isNull(), "no product")
            .when(F.col("ranking").isNull(), "ranking is not a whole number from 1 to 5")
            .when(F.col("date").isNull(), "not a date that exists")
            .alias("dropped"),
        )
    )


def is_header(name: str) -> Column:
    return F.btrim(F.col(name), F.lit("\r")) == "\t".join(COLUMNS)
