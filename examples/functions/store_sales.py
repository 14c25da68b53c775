"""What each store sold of each product on a day, from the receipts of the day."""

import io

import boto3
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

S3 = boto3.client("s3")
SALES = {"quantity": pa.int64(), "revenue": pa.decimal128(12, 2)}


def sum_up(event):
    receipts = parquet.read_table(io.BytesIO(read(event["receipts"])))
    revenue = pc.multiply(receipts["price"], pc.cast(receipts["quantity"], pa.decimal128(10, 0)))
    groups = receipts.append_column("revenue", revenue).group_by(["store", "product"])
    sums = groups.aggregate([(name, "sum") for name in SALES])
    columns = {name: pc.cast(sums[f"{name}_sum"], kind) for name, kind in SALES.items()}
    sales = pa.table({"store": sums["store"], "product": sums["product"], **columns})
    file = io.BytesIO()
    parquet.write_table(sales, file)
    write(event["target"], file.getvalue())
    print(f"{sales.num_rows} products of stores: {event['target']}")
    return {"products": sales.num_rows}


def read(uri):
    return S3.get_object(**place(uri))["Body"].read()


def write(uri, content):
    S3.put_object(**place(uri), Body=content)


def place(uri):
    bucket, key = uri.removeprefix("s3://").split("/", 1)
    return {"Bucket": bucket, "Key": key}
