"""The transforms of frames, as classes: `Filter.apply(frame=…, f=…)` is `frame.filter(…)`."""

from pyspark.sql.types import ArrayType, NullType, StructType

from awsglue import fields as f
from awsglue.refused import refused

__all__ = ["ApplyMapping", "Coalesce", "DropFields", "DropNullFields", "ErrorsAsDynamicFrame", "FillMissingValues", "Filter"]
__all__ += ["FlatMap", "FindIncrementalMatches", "FindMatches", "GlueTransform", "Join", "Map", "MapToCollection"]
__all__ += ["Relationalize", "RenameField", "Repartition", "ResolveChoice", "SelectFields", "SelectFromCollection"]
__all__ += ["Spigot", "SplitFields", "SplitRows", "Unbox", "Union", "UnnestFrame"]


class GlueTransform:
    @classmethod
    def apply(cls, *args, **kwargs):
        return cls()(*args, **kwargs)

    @classmethod
    def name(cls):
        return cls.__name__


class ApplyMapping(GlueTransform):
    def __call__(self, frame, mappings, case_sensitive=False, transformation_ctx="", **_):
        return frame.apply_mapping(mappings, case_sensitive)


class SelectFields(GlueTransform):
    def __call__(self, frame, paths, transformation_ctx="", **_):
        return frame.select_fields(paths)


class DropFields(GlueTransform):
    def __call__(self, frame, paths, transformation_ctx="", **_):
        return frame.drop_fields(paths)


class RenameField(GlueTransform):
    def __call__(self, frame, old_name, new_name, transformation_ctx="", **_):
        return frame.rename_field(old_name, new_name)


class DropNullFields(GlueTransform):
    """Drops the fields of the null type, those that no record ever gave a value; fields with values stay, whatever is null in them."""

    def __call__(self, frame, transformation_ctx="", **_):
        paths = list(_null_fields(frame.toDF().schema, ""))
        return frame.drop_fields(paths) if paths else frame


class ResolveChoice(GlueTransform):
    def __call__(self, frame, specs=None, choice="", database=None, table_name=None, transformation_ctx="", **_):
        return frame.resolveChoice(specs, choice, database, table_name)


class Filter(GlueTransform):
    def __call__(self, frame, f, transformation_ctx="", **_):
        return frame.filter(f)


class Map(GlueTransform):
    def __call__(self, frame, f, preservesPartitioning=False, transformation_ctx="", **_):
        return frame.map(f)


class Join(GlueTransform):
    def __call__(self, frame1, frame2, keys1, keys2, transformation_ctx="", **_):
        return frame1.join(keys1, keys2, frame2)


class Union(GlueTransform):
    def __call__(self, frame1, frame2, transformation_ctx="", **_):
        return frame1.union(frame2)


class SplitFields(GlueTransform):
    def __call__(self, frame, paths, name1=None, name2=None, transformation_ctx="", **_):
        own = frame.name or "frame"
        return frame.split_fields(paths, name1 or f"{own}1", name2 or f"{own}2")


class SplitRows(GlueTransform):
    def __call__(self, frame, comparison_dict, name1="frame1", name2="frame2", transformation_ctx="", **_):
        return frame.split_rows(comparison_dict, name1, name2)


class Repartition(GlueTransform):
    def __call__(self, frame, num_partitions, transformation_ctx="", **_):
        return frame.repartition(num_partitions)


class Coalesce(GlueTransform):
    def __call__(self, frame, num_partitions, shuffle=False, transformation_ctx="", **_):
        return frame.coalesce(num_partitions, shuffle)


class SelectFromCollection(GlueTransform):
    def __call__(self, dfc, key, transformation_ctx=""):
        return dfc.select(key)


class MapToCollection(GlueTransform):
    def __call__(self, dfc, callable, transformation_ctx=""):
        return dfc.map(callable, transformation_ctx)


class FlatMap(GlueTransform):
    def __call__(self, dfc, BaseTransform, frame_name, transformation_ctx="", **given):
        def each(frame, context):
            return BaseTransform.apply(**given, **{frame_name: frame, "transformation_ctx": context})

        return dfc.flatmap(each, transformation_ctx)


class ErrorsAsDynamicFrame(GlueTransform):
    def __call__(self, frame):
        return frame.errorsAsDynamicFrame()


class _Refused(GlueTransform):
    def __call__(self, *_, **__):
        raise refused(f"awsglue.transforms.{self.name()}")


class FillMissingValues(_Refused):
    pass


class FindIncrementalMatches(_Refused):
    pass


class FindMatches(_Refused):
    pass


class Relationalize(_Refused):
    pass


class Spigot(_Refused):
    pass


class Unbox(_Refused):
    pass


class UnnestFrame(_Refused):
    pass


def _null_fields(schema, prefix):
    for field in schema.fields:
        path = f"{prefix}{f.quoted(field.name)}"
        if isinstance(field.dataType, NullType):
            yield path
        elif isinstance(field.dataType, StructType):
            yield from _null_fields(field.dataType, f"{path}.")
        elif isinstance(field.dataType, ArrayType) and isinstance(field.dataType.elementType, StructType):
            if any(_null_fields(field.dataType.elementType, "")):
                raise refused(f"DropNullFields of fields in the array {field.name!r}")
