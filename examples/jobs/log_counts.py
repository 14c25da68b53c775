"""Counts the lines of web servers' logs by the status or the country.

log_counts.py --by status|country SOURCE TARGET

Logs are CSV with a header: at, host, status, country. The counts are one CSV file with a header.
"""

import argparse

from pyspark.sql import SparkSession


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--by", choices=["status", "country"], required=True)
    parser.add_argument("source")
    parser.add_argument("target")
    args = parser.parse_args()
    spark = SparkSession.builder.appName(f"counts by {args.by}").getOrCreate()
    counts = spark.read.csv(args.source, header=True).groupBy(args.by).count().orderBy(args.by)
    counts.coalesce(1).write.mode("overwrite").csv(args.target, header=True)
    spark.stop()


if __name__ == "__main__":
    main()
