"""The fields of a source's lines, and what is kept of its rows.

Every row of a source stays in its DataFrame with the column `dropped`: NULL for a row that is kept, else the reason it
is not, so that each is counted before it goes.

A rating needs a customer, a movie, a whole number from 1 to 5 (`4` and `4.0` are, `4.5` is not) and a date that
exists, written YYYY-MM-DD. Its title and its year may be NULL. Nothing is deduplicated.

Lines end at "\\n"; a "\\r" before it belongs to the line end. Fields lose surrounding blanks, an empty one is NULL.
"""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

BLANKS = " \t\r"


def kept(rows: DataFrame) -> DataFrame:
    """The rows that are not dropped, without the column that says so."""
    return rows.where(F.col("dropped").isNull()).drop("dropped")


def tally(reasons) -> list:
    """Aggregates that count the rows kept and those dropped for each reason: `kept`, `dropped 0`, `dropped 1` …"""
    dropped = F.col("dropped")
    return [F.count(F.when(dropped.isNull(), 1)).alias("kept")] + [
        F.count(F.when(dropped == reason, 1)).alias(f"dropped {at}") for at, reason in enumerate(reasons)
    ]


def is_blank(name: str) -> Column:
    return F.btrim(F.col(name), F.lit(BLANKS)) == ""


def field(fields: Column, at: int) -> Column:
    """One field without the blanks around it (the line end's carriage return is one); NULL if empty or not there."""
    text = F.btrim(F.get(fields, F.lit(at)), F.lit(BLANKS))
    return F.when(text != "", text)


def whole_ranking(text: Column) -> Column:
    written_out = F.when(text.rlike(r"^[1-5](\.0+)?$"), F.substring(text, 1, 1).cast("int"))
    return F.when(text.isin(*"12345"), text.cast("int")).otherwise(written_out)


def real_date(name: str) -> Column:
    """A date from a column of YYYY-MM-DD, else NULL. The cast refuses what no calendar has (2004-02-30), also in an
    ANSI session, Spark 4's default; what stands before it refuses what the cast would take (`2004`, `2004-1-1`, a time
    after it, the year 0000)."""
    text = F.col(name)
    shaped = (
        (F.length(text) == 10)
        & (F.substring(text, 5, 1) == "-")
        & (F.substring(text, 8, 1) == "-")
        & F.substring(text, 10, 1).between("0", "9")
        & (text >= "0001")
    )
    return F.when(shaped, F.expr(f"try_cast(`{name}` AS date)"))


def valid_utf8(text: Column) -> Column:
    """Bytes that are not UTF-8 become U+FFFD: what reads Parquet may refuse a file that has them."""
    if hasattr(F, "make_valid_utf8"):  # Spark 4, whose decode() fails on them instead
        return F.make_valid_utf8(text)
    return F.decode(text.cast("binary"), "UTF-8")
