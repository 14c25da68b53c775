"""Keeps the rows of CSV files in which every column has a value."""

import csv
import io
import json
import os

import boto3

S3 = boto3.client("s3")
LAKE = os.environ["LAKE"]


def clean(event):
    kept, dropped = [], 0
    for key in event["files"]:
        for row in read(key):
            if all(row.values()):
                kept.append(row)
            else:
                dropped += 1
    target = f"clean/{event['day']}.jsonl"
    body = "".join(f"{json.dumps(row)}\n" for row in kept)
    S3.put_object(Bucket=LAKE, Key=target, Body=body.encode())
    print(f"kept {len(kept)} rows, dropped {dropped}: {target}")
    return {"target": target, "kept": len(kept), "dropped": dropped}


def read(key):
    text = S3.get_object(Bucket=LAKE, Key=key)["Body"].read().decode("utf-8-sig")
    return csv.DictReader(io.StringIO(text))
