"""Makes one Parquet file of the receipts that stores upload as CSV."""

import io
import json
import os
from pathlib import Path

import boto3
import pyarrow as pa
from pyarrow import csv, parquet

S3 = boto3.client("s3")
LAKE = os.environ["LAKE"]
TYPES = {"string": pa.string(), "int32": pa.int32(), "decimal128": pa.decimal128(10, 2)}
# What was agreed with the stores: the columns of their files, and the types of these.
AGREED = json.loads((Path(__file__).parent / "receipts.json").read_text())
COLUMNS = {name: TYPES[kind] for name, kind in AGREED.items()}


def convert(event):
    receipts = pa.concat_tables([of_store(key) for key in event["files"]])
    key = f"staged/sales/{event['day']}/receipts.parquet"
    file = io.BytesIO()
    parquet.write_table(receipts, file)
    S3.put_object(Bucket=LAKE, Key=key, Body=file.getvalue())
    print(f"{receipts.num_rows} receipts of {len(event['files'])} stores: {key}")
    return {"rows": receipts.num_rows, "path": f"s3://{LAKE}/{key}"}


def of_store(key):
    store = Path(key).name.split(".")[0]
    body = S3.get_object(Bucket=LAKE, Key=key)["Body"].read()
    options = csv.ConvertOptions(include_columns=list(COLUMNS), column_types=COLUMNS)
    table = csv.read_csv(io.BytesIO(body), convert_options=options)
    return table.append_column("store", pa.array([store] * table.num_rows, pa.string()))
