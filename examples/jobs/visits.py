"""The visits of a day: clicks of one visitor that follow one another within so many minutes.

visits.py --day DAY --minutes N --source s3://bucket/raw/events/ --target s3://bucket/silver/visits/

Clicks are JSON, a line each: {"visitor", "page", "at"}, below SOURCE/<day>/. The day's visits take the place of those that are there.
"""

import argparse

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F


def visits(clicks, minutes):
    """A row for each visit: its visitor, its first page, its begin and end, and its clicks."""
    of_visitor = Window.partitionBy("visitor").orderBy("at")
    since_last = F.col("at").cast("long") - F.lag("at").over(of_visitor).cast("long")
    begins = F.coalesce((since_last > minutes * 60).cast("int"), F.lit(1))
    numbered = clicks.withColumn("visit", F.sum(begins).over(of_visitor))
    return numbered.groupBy("visitor", "visit").agg(
        F.min_by("page", "at").alias("page"),
        F.min("at").alias("began"),
        F.max("at").alias("ended"),
        F.count("*").alias("clicks"),
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--day", required=True)
    parser.add_argument("--minutes", type=int, required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--target", required=True)
    args = parser.parse_args()
    day = args.day[:10]
    spark = SparkSession.builder.appName("visits").getOrCreate()
    clicks = spark.read.json(f"{args.source}{day}/", schema="visitor string, page string, at timestamp")
    visits(clicks, args.minutes).write.mode("overwrite").parquet(f"{args.target}day={day}/")
    spark.stop()


if __name__ == "__main__":
    main()
