"""Frames as records, for functions of the script's own: `filter` and `map`."""

from pyspark.sql.types import (
    ArrayType,
    DecimalType,
    DoubleType,
    LongType,
    MapType,
    NullType,
    Row,
    StringType,
    StructField,
    StructType,
    _infer_type,
)

from awsglue.refused import refused


class DynamicRecord(dict):
    """A record: a dictionary whose fields are attributes as well."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __setattr__(self, name, value):
        self[name] = value


def record(value):
    if isinstance(value, Row):
        return DynamicRecord((name, record(inner)) for name, inner in value.asDict().items())
    if isinstance(value, list):
        return [record(inner) for inner in value]
    return {key: record(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def keeps(function):
    """As AWS Glue calls a predicate: one that stumbles over a record's fields says no."""

    def kept(row):
        try:
            return bool(function(record(row)))
        except (KeyError, TypeError, ValueError):
            return False

    return kept


def maps(function):
    """Answers `(record, None)`, or what went wrong: such a record is counted and left out, as on AWS Glue."""

    def mapped(row):
        try:
            made = function(record(row))
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"
        if not made:
            return None, "The function answered None in place of a record"
        return dict(made), None

    return mapped


def schema_of(made, before):
    """The schema of records. A field that was there keeps its type as long as its values are of the same make."""
    found = made.map(_type_of).fold(StructType(), _merged)
    return StructType([StructField(field.name, _kept(field, before), True) for field in found.fields])


def row_of(value, kind):
    """A value in the form that Spark takes for a type."""
    if value is None:
        return None
    if isinstance(kind, StructType):
        return tuple(row_of(value.get(field.name), field.dataType) for field in kind.fields)
    if isinstance(kind, ArrayType):
        return [row_of(inner, kind.elementType) for inner in value]
    if isinstance(kind, DoubleType):
        return float(value)
    return value if not isinstance(kind, StringType) or isinstance(value, str) else str(value)


def _type_of(value):
    if isinstance(value, dict):
        return StructType([StructField(name, _type_of(inner), True) for name, inner in value.items()])
    if isinstance(value, (list, tuple)):
        kind = NullType()
        for inner in value:
            kind = _merged(kind, _type_of(inner))
        return ArrayType(kind)
    return _infer_type(value)


def _merged(one, other):
    if isinstance(one, NullType) or one == other:
        return other
    if isinstance(other, NullType):
        return one
    if isinstance(one, StructType) and isinstance(other, StructType):
        there = {field.name: field.dataType for field in one.fields}
        for field in other.fields:
            there[field.name] = _merged(there.get(field.name, NullType()), field.dataType)
        return StructType([StructField(name, kind, True) for name, kind in there.items()])
    if isinstance(one, ArrayType) and isinstance(other, ArrayType):
        return ArrayType(_merged(one.elementType, other.elementType))
    if {type(one), type(other)} == {LongType, DoubleType}:
        return DoubleType()
    raise refused(
        f"A field whose values are {one.simpleString()} in one record and {other.simpleString()} in another (a choice)",
        "have the function answer values of one type for each field",
    )


def _kept(field, before):
    own = next((one.dataType for one in before.fields if one.name == field.name), None)
    if isinstance(field.dataType, NullType):
        return StringType() if own is None else own
    integers = ("byte", "short", "integer", "long")
    same = own is not None and (
        type(own) is type(field.dataType)
        or (own.typeName() in integers and isinstance(field.dataType, LongType))
        or (own.typeName() == "float" and isinstance(field.dataType, DoubleType))
    )
    nested = (StructType, ArrayType, MapType)
    if same and not isinstance(own, nested):
        return own
    if isinstance(own, MapType) and isinstance(field.dataType, StructType):
        return own
    if isinstance(field.dataType, StructType) and isinstance(own, StructType):
        return StructType([StructField(one.name, _kept(one, own), True) for one in field.dataType.fields])
    return _without_nulls(own if own is not None and own.simpleString() == field.dataType.simpleString() else field.dataType)


def _without_nulls(kind):
    if isinstance(kind, NullType):
        return StringType()
    if isinstance(kind, ArrayType):
        return ArrayType(_without_nulls(kind.elementType))
    if isinstance(kind, StructType):
        return StructType([StructField(one.name, _without_nulls(one.dataType), True) for one in kind.fields])
    return DecimalType(38, 18) if isinstance(kind, DecimalType) else kind
