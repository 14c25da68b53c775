"""Files of S3 as frames: the formats and options of Glue's connection type `s3`.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-format.html
https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-connect-s3-home.html
"""

from awsglue.refused import refused

READ = {"csv": "csv", "glueparquet": "parquet", "json": "json", "orc": "orc", "parquet": "parquet"}
# Connection types that are files as well.
OF_FILES = {"s3", "file", "custom.file", *READ}
# Options that would change which rows there are, by where they stand.
CHANGES = {"boundedFiles", "boundedSize", "exclusions", "jsonPath", "partitionPredicate"}


def format_of(connection_type, format):
    """Spark's format; a connection type that is a format stands for both."""
    if connection_type not in OF_FILES:
        raise refused(f"The connection type {connection_type!r}")
    name = (format or (connection_type if connection_type in READ else "")).lower()
    if name == "":
        raise ValueError("Files of S3 have a format: csv, json, parquet, orc …")
    if name not in READ:
        raise refused(f"The format {name!r}", f"write {', '.join(sorted(READ))}")
    return READ[name]


def read(spark, format, paths, options, format_options, schema=None):
    """Reads folders and files: CSV as texts, JSON, Parquet and ORC with the types that Spark finds in them."""
    for name in CHANGES & {*options, *format_options}:
        if (options.get(name) or format_options.get(name)) not in (None, "", "[]", []):
            raise refused(f"The option {name!r} of files")
    reader = spark.read
    if _flag(options.get("recurse")):
        reader = reader.option("recursiveFileLookup", True)
    if schema is not None:
        reader = reader.schema(schema)
    if format == "json":
        reader = reader.option("multiLine", _flag(format_options.get("multiline", format_options.get("multiLine"))))
    if format != "csv":
        return reader.format(format).load(paths)
    has_header = _flag(format_options.get("withHeader"))
    reader = reader.options(**_csv(format_options))
    # Without names a first line can be passed over as a header can.
    reader = reader.option("header", has_header or _flag(format_options.get("skipFirst")))
    reader = reader.option("multiLine", _flag(format_options.get("multiLine", format_options.get("multiline"))))
    frame = reader.csv(paths)
    return frame if has_header or schema is not None else frame.toDF(*(f"col{at}" for at in range(len(frame.columns))))


def write(frame, format, path, options, format_options):
    """Adds files to a folder, as Glue's sinks do; nothing that is there is replaced."""
    writer = frame.write.mode("append")
    keys = options.get("partitionKeys") or []
    if keys:
        writer = writer.partitionBy(*keys)
    compression = options.get("compression") or format_options.get("compression")
    if compression:
        writer = writer.option("compression", compression)
    if format == "csv":
        writer = writer.options(**_csv(format_options)).option("header", _flag(format_options.get("writeHeader", True)))
    writer.format(format).save(path)


def _csv(given):
    quote = given.get("quoteChar", '"')
    escape = given.get("escaper")
    # A quote within quotes is written twice, as in RFC 4180.
    return {
        "sep": given.get("separator", ","),
        "quote": "" if quote in (-1, "-1") else quote,
        "escape": escape if escape not in (None, "", "none") else '"',
    }


def _flag(value):
    return value is True or (isinstance(value, str) and value.lower() == "true")


def paths_of(options):
    """`paths`, a list or one text; `path` of whoever writes."""
    paths = options.get("paths", options.get("path"))
    if not paths:
        raise ValueError("connection_options names no paths: {'paths': ['s3://bucket/folder/']}")
    return [paths] if isinstance(paths, str) else list(paths)


def schema_of(columns):
    """The schema of the catalog's columns, as Spark's reader takes it."""
    return ", ".join(f"`{column['Name']}` {column['Type']}" for column in columns)
