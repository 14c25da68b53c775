"""The analysis tables, from those of silver: pure functions from DataFrames to DataFrames."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


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
