"""ApplyMapping: fields chosen, renamed, moved and cast.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-transforms-ApplyMapping.html
"""

from awsglue import fields as f

# Glue's names of types that Spark calls otherwise; a decimal without digits is Glue's of (10,2).
SPARK = {"decimal": "decimal(10,2)", "integer": "int", "long": "bigint", "short": "smallint", "byte": "tinyint"}
# Types of which a mapping says nothing that could be cast.
NESTED = ("array", "struct", "map", "choice", "null", "union")


def spark_type(name):
    """Spark's name of a type of Glue's; None where there is nothing to cast to."""
    name = name.strip().lower()
    return None if name in NESTED else SPARK.get(name, name)


def apply_mapping(frame, mappings, case_sensitive):
    """The fields that the mappings name, in their order. What is not there is left out; the type that a mapping says of its source is not looked at."""
    there, made = f.Fields(frame.schema), f.Fields.empty()
    for mapping in [mappings] if isinstance(mappings, tuple) else mappings:
        source, target, kind = _parts(mapping)
        column = there.get(f.parts(source), case_sensitive)
        if column is None:
            continue
        wanted = None if kind is None else spark_type(kind)
        made.set(f.parts(target), column if wanted is None else column.cast(wanted))
    return f.select(frame, made)


def _parts(mapping):
    if not isinstance(mapping, (tuple, list)):
        raise TypeError(f"Mapping must be specified as a tuple. Got {mapping}")
    if len(mapping) == 2:
        return mapping[0], mapping[1], None
    if len(mapping) == 3:
        return mapping
    if len(mapping) == 4:
        return mapping[0], mapping[2], mapping[3]
    raise ValueError(f"Mapping tuple must be of length 2, 3, or 4. Got tuple of length {len(mapping)}")
