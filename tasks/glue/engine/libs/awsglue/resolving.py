"""ResolveChoice. A field of a frame here has one type, so that only casts change anything.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-transforms-ResolveChoice.html
"""

from awsglue import fields as f
from awsglue.mapping import spark_type
from awsglue.refused import refused

# Actions on a choice, of which there is none.
OF_CHOICES = ("make_cols", "make_struct", "keep_as_struct")


def resolve_choice(frame, specs, choice, table):
    """
    :param specs: `(path, action)`: cast:type, project:type, make_cols, make_struct
    :param choice: an action for every choice: none is there. `match_catalog` casts each field to the type that the table has for it
    """
    if specs is None and not choice:
        raise Exception("Parameter specs and option are both missing, add one.")
    if specs is not None and choice:
        raise Exception("Parameter specs and option are both specified, choose one.")
    made = f.Fields(frame.schema)
    for path, action in [specs] if isinstance(specs, tuple) else specs or _of_table(choice, table):
        if "[]" in path:
            raise refused(f"ResolveChoice of {path!r}, in an array")
        kind = _kind(action)
        column = made.get(f.parts(path), False)
        if kind is not None and column is not None:
            made.set([made.name_of(f.parts(path)[0], False), *f.parts(path)[1:]], column.cast(kind))
    return f.select(frame, made)


def _of_table(choice, table):
    if choice.lower() != "match_catalog":
        _kind(choice)
        return []
    columns = [*table["Columns"], *table["PartitionKeys"]]
    return [(f.quoted(column["Name"]), f"cast:{column['Type']}") for column in columns]


def _kind(action):
    name, _, kind = action.partition(":")
    if name.lower() in OF_CHOICES and kind == "":
        return None
    if name.lower() in ("cast", "project") and kind != "":
        return spark_type(kind)
    raise ValueError(f"{action!r} resolves no choice; there are cast:type, project:type, make_cols and make_struct")
