"""What each table of the lake promises to the layer behind it: the contracts that quality.py holds the tables against.

A contract is broken where more rows break it than it tolerates: none, where nothing else is said. To change what is
promised, change it here; docs/datalake.md is made from it.
"""

from dataclasses import dataclass, replace
from typing import Optional, Tuple


@dataclass(frozen=True)
class Column:
    """A column: its type as Spark writes it, and which values it may hold. Whether it may be NULL: `nullable`."""

    name: str
    type: str
    about: str
    nullable: bool = False
    least: Optional[object] = None
    most: Optional[object] = None
    among: Tuple[str, ...] = ()
    #: Whether each year between the first and the last has a row, of a date.
    every_year: bool = False


@dataclass(frozen=True)
class Reference:
    """Each combination of values in `columns` is in `to` of another table, but for the share of rows in `tolerance`."""

    columns: Tuple[str, ...]
    table: str
    to: Tuple[str, ...]
    tolerance: float = 0.0


@dataclass(frozen=True)
class Source:
    """The raw files that a table is made of: each of their lines is a header, a row of the table, or was dropped."""

    folder: str
    files: str
    #: A regular expression of the lines that are neither a row nor dropped; None where there are none.
    header: Optional[str] = None


@dataclass(frozen=True)
class Table:
    layer: str
    name: str
    about: str
    columns: Tuple[Column, ...]
    #: The step of main.py that makes it.
    made_by: str
    key: Tuple[str, ...] = ()
    references: Tuple[Reference, ...] = ()
    #: The tables whose rows it has, each once.
    rows_of: Tuple[str, ...] = ()
    source: Optional[Source] = None
    #: The share of a source's rows that may be dropped, the reasons in `harmless` not counted.
    dropped: float = 0.05
    harmless: Tuple[str, ...] = ("blank line",)


RANKING = Column("ranking", "int", "The rating, a whole number from 1 to 5", least=1, most=5)
DATE = Column("date", "date", "The day of the rating")
EVERY_YEAR = replace(DATE, every_year=True)  # a source without one lacks a file, or a part of it
CUSTOMER = Column("customer_id", "string", "The customer, within the source")
MOVIE = Column("movie_id", "string", "The film, within the source: a Netflix movie, an Amazon product")
TITLE = Column("title", "string", "The film’s title as the source writes it", nullable=True)
SOURCE = Column("source", "string", "Where the rating comes from", among=("amazon", "netflix"))
RELEASED = Column("year", "int", "The year of release", nullable=True, least=1800, most=2100)

#: The names of the sources' files, as regular expressions of whole names.
NETFLIX_RATINGS, NETFLIX_TITLES = r"combined_data_\d+\.txt", r"movie_titles\.csv"
AMAZON_REVIEWS = r"amazon_reviews_us_.+\.tsv"
#: A line of the ratings' files that opens a movie.
NETFLIX_HEADER = r"^\s*\d+\s*:\s*$"
#: The columns of Amazon’s review files, as their header line has them.
AMAZON_COLUMNS = (
    "marketplace customer_id review_id product_id product_parent product_title product_category star_rating "
    "helpful_votes total_votes vine verified_purchase review_headline review_body review_date"
).split()

TABLES = (
    Table(
        "silver",
        "processed_netflix",
        "The ratings of the Netflix Prize, each with the movie under whose header it stood.",
        (MOVIE, CUSTOMER, RANKING, EVERY_YEAR),
        "silver netflix",
        # A movie without an entry in the titles file keeps its ratings.
        references=(Reference(("movie_id",), "netflix_movie_title", ("movie_id",), tolerance=1.0),),
        source=Source("netflix", NETFLIX_RATINGS, header=NETFLIX_HEADER),
    ),
    Table(
        "silver",
        "netflix_movie_title",
        "The titles of Netflix’s movies.",
        (MOVIE, RELEASED, TITLE),
        "silver netflix",
        key=("movie_id",),
        source=Source("netflix", NETFLIX_TITLES),
        harmless=("blank line", "another title for the same movie id"),
    ),
    Table(
        "silver",
        "amazon_final",
        "The reviews of Amazon’s films, those of the marketplace US.",
        (
            CUSTOMER,
            MOVIE,
            RANKING,
            EVERY_YEAR,
            TITLE,
            Column("year", "int", "The year of the review", least=1995, most=2100),
            Column("source", "string", "Where the rating comes from", among=("amazon",)),
        ),
        "silver amazon",
        source=Source("amazon", AMAZON_REVIEWS, header="^" + "\t".join(AMAZON_COLUMNS) + "\r*$"),
        harmless=("blank line", "marketplace other than US"),
    ),
    Table(
        "gold",
        "ratings",
        "Every rating of both sources, which the questions are asked of.",
        (
            CUSTOMER,
            MOVIE,
            RANKING,
            DATE,
            TITLE,
            Column(
                "year", "int", "The year of release (Netflix) or of the review (Amazon)", True, least=1800, most=2100
            ),
            SOURCE,
        ),
        "gold",
        references=(
            Reference(("customer_id", "source"), "customer", ("id", "source")),
            Reference(("movie_id", "source"), "movies", ("id", "source")),
        ),
        rows_of=("processed_netflix", "amazon_final"),
    ),
    Table(
        "gold",
        "customer",
        "Who rated, one row for an id and source: Netflix’s customer 7 is not Amazon’s.",
        (Column("id", "string", "The customer, within the source"), SOURCE),
        "gold",
        key=("id", "source"),
        references=(Reference(("id", "source"), "ratings", ("customer_id", "source")),),
    ),
    Table(
        "gold",
        "movies",
        "What was rated, one row for an id and source.",
        (Column("id", "string", "The film, within the source"), TITLE, SOURCE),
        "gold",
        key=("id", "source"),
        references=(Reference(("id", "source"), "ratings", ("movie_id", "source")),),
    ),
)


def of_layer(layer: str) -> Tuple[Table, ...]:
    return tuple(table for table in TABLES if table.layer == layer)
