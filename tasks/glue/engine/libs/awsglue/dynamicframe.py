"""A frame whose records need no schema; here it has that of the Spark DataFrame behind it."""

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StructType

from awsglue import fields as f
from awsglue import records
from awsglue.mapping import apply_mapping
from awsglue.refused import refused
from awsglue.resolving import resolve_choice

REFUSED = {"mapPartitions", "mapPartitionsWithIndex", "relationalize", "simplify_ddb_json", "spigot", "unbox", "unnest"}
REFUSED |= {"unnest_ddb_json", "with_frame_schema", "mergeDynamicFrame"}


class ResolveOption:
    """What becomes of a choice in `toDF`."""

    def __init__(self, path, action, target=None):
        self.path, self.action, self.target = path, action, target


class DynamicFrame:
    def __init__(self, jdf, glue_ctx, name="", errors=None):
        # A DataFrame stands where AWS's library has a reference to the JVM.
        self._frame = jdf
        self.glue_ctx = glue_ctx
        self.name = name
        self._errors = errors or []

    @classmethod
    def fromDF(cls, dataframe, glue_ctx, name):
        return cls(dataframe, glue_ctx, name)

    def toDF(self, options=None):
        return self._frame

    def __getattr__(self, name):
        if name in REFUSED:
            raise refused(f"DynamicFrame.{name}")
        raise AttributeError(f"'DynamicFrame' object has no attribute {name!r}")

    def _with(self, frame, errors=()):
        return DynamicFrame(frame, self.glue_ctx, self.name, [*self._errors, *errors])

    # What it holds.

    def count(self):
        return self._frame.count()

    def schema(self):
        """Spark's StructType, where AWS Glue has one of its own."""
        return self._frame.schema

    def printSchema(self):
        print("\n".join(["root", *_tree(self._frame.schema, "")]) + "\n")

    def show(self, num_rows=20):
        for line in self._frame.toJSON().take(num_rows):
            print(line)

    def getNumPartitions(self):
        return self._frame.rdd.getNumPartitions()

    def errorsCount(self):
        return sum(errors.count() for errors in self._errors)

    def stageErrorsCount(self):
        return self._errors[-1].count() if self._errors else 0

    def errorsAsDynamicFrame(self):
        spark = self._frame.sparkSession
        messages = [errors.map(lambda message: (message,)) for errors in self._errors]
        rows = spark.sparkContext.union(messages) if messages else spark.sparkContext.emptyRDD()
        return DynamicFrame(spark.createDataFrame(rows, "error string"), self.glue_ctx, self.name)

    def assertErrorThreshold(self):
        """As AWS Glue, which counts to no threshold where none is given."""

    # Its fields.

    def select_fields(self, paths, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        there, kept = f.Fields(self._frame.schema), f.Fields.empty()
        for path in _listed(paths):
            column = there.get(f.parts(path))
            if column is not None:
                kept.set(f.parts(path), column)
        return self._with(f.select(self._frame, kept))

    def drop_fields(self, paths, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        kept = f.Fields(self._frame.schema)
        for path in _listed(paths):
            kept.drop(f.parts(path))
        return self._with(f.select(self._frame, kept))

    def rename_field(self, oldName, newName, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        kept = f.Fields(self._frame.schema)
        kept.rename(f.parts(oldName), f.parts(newName))
        return self._with(f.select(self._frame, kept))

    def apply_mapping(
        self, mappings, case_sensitive=False, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0
    ):
        return self._with(apply_mapping(self._frame, mappings, case_sensitive))

    def applyMapping(self, *args, **kwargs):
        return self.apply_mapping(*args, **kwargs)

    def resolveChoice(
        self,
        specs=None,
        choice="",
        database=None,
        table_name=None,
        transformation_ctx="",
        info="",
        stageThreshold=0,
        totalThreshold=0,
        catalog_id=None,
    ):
        catalog = (database, table_name) if choice.lower() == "match_catalog" else None
        table = None if catalog is None else self.glue_ctx._table(*catalog)
        return self._with(resolve_choice(self._frame, specs, choice, table))

    def split_fields(self, paths, name1, name2, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        return self._split(self.select_fields(paths), name1, self.drop_fields(paths), name2)

    # Its records.

    def filter(self, f, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        kept = self._frame.rdd.filter(records.keeps(f))
        return self._with(self._frame.sparkSession.createDataFrame(kept, self._frame.schema, verifySchema=False))

    def map(
        self,
        f,
        preservesPartitioning=False,
        transformation_ctx="",
        info="",
        stageThreshold=0,
        totalThreshold=0,
    ):
        done = self._frame.rdd.map(records.maps(f)).cache()
        made = done.filter(lambda one: one[1] is None).map(lambda one: one[0])
        schema = records.schema_of(made, self._frame.schema)
        rows = made.map(lambda one: records.row_of(one, schema))
        frame = self._frame.sparkSession.createDataFrame(rows, schema, verifySchema=False)
        return self._with(frame, [done.filter(lambda one: one[1] is not None).map(lambda one: one[1])])

    def join(self, paths1, paths2, frame2, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        """Rows of both whose fields are equal; a field of the second that both have is called `.name`."""
        ours, theirs = self._frame, frame2._frame
        names = {name.lower() for name in ours.columns}
        theirs = theirs.toDF(*(f".{name}" if name.lower() in names else name for name in theirs.columns))
        keys = []
        for one, other in zip(_listed(paths1), _listed(paths2)):
            mine, (first, *rest) = f.Fields(ours.schema).get(f.parts(one)), f.parts(other)
            first = f".{first}" if first.lower() in names else first
            other_key = f.Fields(theirs.schema).get([first, *rest])
            if mine is None or other_key is None:
                raise ValueError(f"A key of the join is not there: {one if mine is None else other}")
            keys.append((mine, other_key))
        left = ours.withColumns({f"__key{at}": mine for at, (mine, _) in enumerate(keys)})
        right = theirs.withColumns({f"__other{at}": other for at, (_, other) in enumerate(keys)})
        equal = [F.col(f"__key{at}") == F.col(f"__other{at}") for at in range(len(keys))]
        made = left.join(right, equal, "inner")
        helpers = [name for at in range(len(keys)) for name in (f"__key{at}", f"__other{at}")]
        return DynamicFrame(made.drop(*helpers), self.glue_ctx, self.name + frame2.name, [*self._errors, *frame2._errors])

    def union(self, frame2, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        """All rows of both, fields by their names."""
        made = self._frame.unionByName(frame2._frame, allowMissingColumns=True)
        return self._with(made, frame2._errors)

    unionAll = union

    def repartition(self, num_partitions, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        return self._with(self._frame.repartition(num_partitions))

    def coalesce(self, num_partitions, shuffle=False, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0):
        return self._with(self._frame.repartition(num_partitions) if shuffle else self._frame.coalesce(num_partitions))

    def split_rows(
        self, comparison_dict, name1, name2, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0
    ):
        compare = {">": "gt", ">=": "ge", "<": "lt", "<=": "le", "=": "eq", "==": "eq", "!=": "ne"}
        there, matches = f.Fields(self._frame.schema), F.lit(True)
        for path, comparisons in comparison_dict.items():
            for sign, value in comparisons.items():
                if sign not in compare:
                    raise ValueError(f"{sign!r} compares nothing; there are {', '.join(compare)}")
                matches = matches & getattr(there.get(f.parts(path)), f"__{compare[sign]}__")(F.lit(value))
        matches = F.coalesce(matches, F.lit(False))
        return self._split(
            self._with(self._frame.filter(matches)), name1, self._with(self._frame.filter(~matches)), name2
        )

    def _split(self, one, name1, other, name2):
        one.name, other.name = name1, name2
        return DynamicFrameCollection({name1: one, name2: other}, self.glue_ctx)

    def write(self, connection_type, connection_options={}, format=None, format_options={}, accumulator_size=0):  # noqa: B006
        return self.glue_ctx.write_from_options(self, connection_type, connection_options, format, format_options)


class DynamicFrameCollection:
    def __init__(self, dynamic_frames, glue_ctx):
        if not isinstance(dynamic_frames, (dict, list)):
            raise TypeError("dynamic_frames must be list or dict.")
        named = isinstance(dynamic_frames, dict)
        self._frames = dict(dynamic_frames) if named else {frame.name: frame for frame in dynamic_frames}
        self._context = glue_ctx

    def __getitem__(self, key):
        return self._frames[key]

    def __len__(self):
        return len(self._frames)

    def keys(self):
        return self._frames.keys()

    def values(self):
        return self._frames.values()

    def select(self, key, transformation_ctx=""):
        """The frame of that name; an empty one where there is none, as on AWS Glue."""
        if key in self._frames:
            return self._frames[key]
        return DynamicFrame(self._context.spark_session.createDataFrame([], StructType()), self._context, key)

    def map(self, callable, transformation_ctx=""):
        made = {name: callable(frame, f"{transformation_ctx}:{name}") for name, frame in self._frames.items()}
        for frame in made.values():
            if not isinstance(frame, DynamicFrame):
                raise TypeError(f"callable must return a DynamicFrame. Got {type(frame)}")
        return DynamicFrameCollection(made, self._context)

    def flatmap(self, f, transformation_ctx=""):
        made = {}
        for frame in self._frames.values():
            found = f(frame, f"{transformation_ctx}:{frame.name}")
            made.update({found.name: found} if isinstance(found, DynamicFrame) else found._frames)
        return DynamicFrameCollection(made, self._context)


def _listed(paths):
    return [paths] if isinstance(paths, str) else list(paths)


def _tree(schema, indent):
    lines = []
    for field in schema.fields:
        lines.append(f"{indent}|-- {field.name}: {_kind(field.dataType)}")
        inner = field.dataType
        if isinstance(inner, ArrayType):
            lines.append(f"{indent}|    |-- element: {_kind(inner.elementType)}")
            inner, deeper = inner.elementType, f"{indent}|    |    "
        else:
            deeper = f"{indent}|    "
        if isinstance(inner, StructType):
            lines.extend(_tree(inner, deeper))
    return lines


def _kind(kind):
    """A type as Glue prints it."""
    name = kind.typeName()
    if name == "decimal":
        return f"decimal({kind.precision},{kind.scale})"
    return {"integer": "int", "void": "null"}.get(name, name)
