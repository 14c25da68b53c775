"""Adds the orders of a day to the table of orders: a Glue job.

Shops send JSON, one order a line. An order counts that was paid, with the region of its shop; what is sent again replaces the day.

usage: shop_orders.py --JOB_NAME NAME --day 2026-01-31T00:00:00Z --inbox s3://lake/inbox/ --table s3://lake/tables/orders/
"""

import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.transforms import ApplyMapping, DropFields, Filter, Join
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.sql import functions as F

args = getResolvedOptions(sys.argv, ["JOB_NAME", "day", "inbox", "table"])
context = GlueContext(SparkContext.getOrCreate())
job = Job(context)
job.init(args["JOB_NAME"], args)
log = context.get_logger()
day = args["day"][:10]


def read(path, format, **options):
    paths = {"paths": [f"{args['inbox']}{path}"], "recurse": True}
    return context.create_dynamic_frame.from_options("s3", paths, format=format, format_options=options)


sent = ApplyMapping.apply(
    frame=read(f"orders/{day}/", "json"),
    mappings=[
        ("id", "string", "order_id", "string"),
        ("shop.code", "string", "shop", "string"),
        ("total", "string", "amount", "decimal(12,2)"),
        ("state", "string", "state", "string"),
    ],
    transformation_ctx="sent",
)
paid = Filter.apply(frame=sent, f=lambda order: order["state"] == "paid" and order["amount"] > 0)
shops = read("shops.csv", "csv", withHeader=True).rename_field("code", "shop_code")
orders = DropFields.apply(frame=Join.apply(paid, shops, ["shop"], ["shop_code"]), paths=["shop_code", "state"])

target = f"{args['table']}day={day}/"
context.purge_s3_path(target, {"retentionPeriod": 0})
rows = orders.toDF().withColumn("amount", F.col("amount").cast("double")).coalesce(1)
context.write_data_frame.from_options(rows, "s3", {"path": target}, format="parquet")
log.info(f"{rows.count()} orders of {day}")
job.commit()
