"""Cleans the orders of a day, as a Glue job."""

import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME", "day", "target"])
context = GlueContext(SparkContext.getOrCreate())
job = Job(context)
job.init(args["JOB_NAME"], args)
orders = context.create_dynamic_frame.from_catalog(database="sales", table_name="orders", transformation_ctx="orders")
rows = orders.toDF().filter(f"day = '{args['day']}' and amount is not null")
rows.write.mode("overwrite").parquet(args["target"])
job.commit()
