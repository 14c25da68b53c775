"""Fields of a frame by their paths: `a.b` is the field b of the struct a, and a name with a dot stands in back-ticks."""

import re

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StructType

from awsglue.refused import refused


def parts(path):
    """`a.`b.c`` is a, then b.c."""
    found = [quoted.replace("``", "`") or bare for quoted, bare in re.findall(r"`((?:[^`]|``)+)`|([^.`]+)", path)]
    if not found:
        raise ValueError(f"{path!r} is no path of a field")
    return found


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


class Fields:
    """The fields of a frame, or of a struct in it, in their order: columns, and structs that were opened."""

    def __init__(self, schema, column=None):
        self._present = column
        self._types = {field.name: field.dataType for field in schema.fields}
        self._columns = {name: F.col(quoted(name)) if column is None else column.getField(name) for name in self._types}

    @classmethod
    def empty(cls):
        return cls(StructType())

    def name_of(self, name, case_sensitive=True):
        """As the frame writes it; None where it has no such field."""
        if name in self._columns:
            return name
        return None if case_sensitive else next((own for own in self._columns if own.lower() == name.lower()), None)

    def get(self, path, case_sensitive=True):
        """A column; None where there is no such field."""
        name = self.name_of(path[0], case_sensitive)
        if name is None:
            return None
        if len(path) == 1:
            return self._column(name)
        inner = self._open(name)
        return None if inner is None else inner.get(path[1:], case_sensitive)

    def set(self, path, column):
        """Makes the structs on the way where they are missing."""
        if len(path) == 1:
            self._columns[path[0]] = column
        else:
            inner = self._open(path[0]) if path[0] in self._columns else None
            if inner is None:
                inner = self._columns[path[0]] = Fields.empty()
            inner.set(path[1:], column)

    def drop(self, path):
        """A struct that has no field left goes as well."""
        if path[0] not in self._columns:
            return
        inner = self._open(path[0]) if len(path) > 1 else None
        if inner is not None:
            inner.drop(path[1:])
        if len(path) == 1 or (inner is not None and not inner._columns):
            del self._columns[path[0]]

    def rename(self, path, new):
        """In its place where both paths lead into one struct."""
        column = self.get(path)
        if column is None:
            return
        if path[:-1] != new[:-1]:
            self.drop(path)
            self.set(new, column)
            return
        home = self
        for name in path[:-1]:
            home = home._open(name)
        home._columns = {
            new[-1] if name == path[-1] else name: value for name, value in home._columns.items() if name != new[-1]
        }

    def columns(self):
        return [self._column(name).alias(name) for name in self._columns]

    def _column(self, name):
        value = self._columns[name]
        return value._struct() if isinstance(value, Fields) else value

    def _struct(self):
        made = F.struct(*self.columns())
        return made if self._present is None else F.when(self._present.isNotNull(), made)

    def _open(self, name):
        value = self._columns[name]
        if isinstance(value, Fields):
            return value
        kind = self._types.get(name)
        if isinstance(kind, ArrayType):
            raise refused(f"A path into the array {name!r}")
        if not isinstance(kind, StructType):
            return None
        self._columns[name] = Fields(kind, value)
        return self._columns[name]


def select(frame, fields):
    """A frame of these fields; one without any has no rows either, as it has no records."""
    columns = fields.columns()
    return frame.select(*columns) if columns else frame.sparkSession.createDataFrame([], StructType())
