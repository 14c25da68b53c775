"""Cleans the orders of a day: a Glue job.

usage: orders.py --JOB_NAME NAME --day 2026-01-01 --source s3://lake/bronze/orders/ --target s3://lake/silver/orders/2026-01-01/
"""

import sys

from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession

args = getResolvedOptions(sys.argv, ["day", "source", "target"])
spark = SparkSession.builder.getOrCreate()
orders = spark.read.option("header", True).csv(f"{args['source']}{args['day']}/")
clean = orders.dropna(subset=["customer", "amount"]).withColumn("amount", orders.amount.cast("decimal(12,2)"))
clean.write.mode("overwrite").parquet(args["target"])
