"""Small bronze data for tests."""

import amazon as reviews_files

HEADER = "\t".join(reviews_files.COLUMNS)
REVIEW = dict.fromkeys(reviews_files.COLUMNS, "x") | {
    "marketplace": "US",
    "customer_id": "7",
    "product_id": "B001",
    "product_title": "A Film",
    "star_rating": "4",
    "review_date": "2015-01-31",
}
RATINGS = "1:\n7,4,2004-01-01\n"
TITLES = "1,1999,A Film\n"


def review(**fields):
    return "\t".join({**REVIEW, **fields}.values())


def reviews(*rows, end="\n"):
    return end.join((HEADER, *rows)) + end


def netflix(lake, *files, titles=TITLES):
    for number, content in enumerate(files or (RATINGS,), 1):
        lake.write(f"bronze/netflix/combined_data_{number}.txt", content)
    lake.write("bronze/netflix/movie_titles.csv", titles)


def amazon(lake, content=None, name="Video"):
    lake.write(f"bronze/amazon/amazon_reviews_us_{name}_v1_00.tsv", reviews(review()) if content is None else content)
