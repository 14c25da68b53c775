"""The twelve answers by another road: plain Python over the bronze files, without Spark, SQL or the pipeline's code.

    python test/spark/expected.py <bronze folder> [--json]

The folder holds netflix/ and amazon/, as data/sample does. `answers(folder)` gives {question id: [rows as dicts]},
the question's id being its file's name in sql/ up to the first `_`.
"""

import argparse
import collections
import datetime
import json
import math
import pathlib

Rating = collections.namedtuple("Rating", "customer movie stars date title year source")


def ratings(bronze):
    bronze = pathlib.Path(bronze)
    return netflix(bronze / "netflix") + amazon(bronze / "amazon")


def netflix(folder):
    titles = {}
    for line in raw_lines(folder / "movie_titles.csv"):
        parts = line.decode("latin-1").split(",")
        if len(parts) >= 3 and clean(parts[0]).isdigit():
            year = clean(parts[1])
            year = int(year) if year.isdigit() and len(year) <= 4 else None
            titles.setdefault(clean(parts[0]), (clean(",".join(parts[2:])) or None, year))
    found = []
    for path in sorted(folder.glob("combined_data_*.txt")):
        movie = None
        for line in raw_lines(path):
            text = clean(line.decode("latin-1"))
            if text.endswith(":") and clean(text[:-1]).isdigit():
                movie = clean(text[:-1])
                continue
            parts = [clean(part) for part in text.split(",")]
            if len(parts) != 3 or movie is None:
                continue
            customer, stars, date = parts[0], whole(parts[1]), day(parts[2])
            if customer and stars and date:
                title, year = titles.get(movie, (None, None))
                found.append(Rating(customer, movie, stars, date, title, year, "netflix"))
    return found


def amazon(folder):
    found = []
    for path in sorted(folder.glob("amazon_reviews_us_*.tsv")):
        header, *lines = raw_lines(path)
        names = header.decode().rstrip("\r").split("\t")
        for line in lines:
            parts = [clean(part) for part in line.decode("utf-8", "replace").split("\t")]
            if len(parts) < len(names):
                continue
            row = dict(zip(names, parts))
            stars, date = whole(row["star_rating"]), day(row["review_date"])
            if row["marketplace"] == "US" and row["customer_id"] and row["product_id"] and stars and date:
                title = row["product_title"] or None
                found.append(Rating(row["customer_id"], row["product_id"], stars, date, title, date.year, "amazon"))
    return found


def raw_lines(path):
    lines = path.read_bytes().split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


def clean(text):
    return text.strip(" \t\r")


def whole(text):
    head, dot, tail = text.partition(".")
    if head in ("1", "2", "3", "4", "5") and (not dot or (tail and set(tail) == {"0"})):
        return int(head)
    return None


def day(text):
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def two_decimals(x):
    """Half up, in doubles, as SQL engines round."""
    return math.floor(x * 100 + 0.5) / 100


def answers(bronze):
    rated = ratings(bronze)
    on = {source: [r for r in rated if r.source == source] for source in ("amazon", "netflix")}
    films = {source: {r.title for r in rows if r.title is not None} for source, rows in on.items()}

    means = {}
    for source, rows in on.items():
        stars = collections.defaultdict(list)
        for r in rows:
            if r.title is not None:
                stars[r.title].append(r.stars)
        means[source] = sum(sum(s) / len(s) for s in stars.values()) / len(stars)

    years = collections.defaultdict(set)
    for r in on["netflix"]:
        if r.title is not None and r.year is not None:
            years[r.year].add(r.title)
    year = min(years, key=lambda y: (-len(years[y]), y))

    def best_only_on(source, other):
        liked = {r.title for r in on[source] if r.stars >= 4 and r.title is not None}
        return [{"title": title} for title in sorted(liked - films[other])]

    counts = collections.Counter(r.title for r in rated if r.title is not None)
    most = sorted(counts, key=lambda title: (-counts[title], title))[:10]

    busiest = []
    for source, rows in sorted(on.items()):
        products = collections.defaultdict(list)
        for r in rows:
            products[r.customer].append(r.movie)
        order = sorted(products, key=lambda c: (-len(products[c]), -len(set(products[c])), c))
        busiest += [
            {
                "platform": source,
                "customer_id": c,
                "rating_count": len(products[c]),
                "product_count": len(set(products[c])),
            }
            for c in order[:5]
        ]

    def last_day(source):
        last = max(r.date for r in on[source])
        stars = collections.defaultdict(list)
        for r in on[source]:
            if r.date == last and r.title is not None:
                stars[r.title].append(r.stars)
        best = [title for title, s in stars.items() if sum(s) / len(s) >= 4.5]
        best.sort(key=lambda title: (-sum(stars[title]), -sum(stars[title]) / len(stars[title]), title))
        table = [
            {
                "title": title,
                "total_ranking": sum(stars[title]),
                "rating_count": len(stars[title]),
                "mean_ranking": two_decimals(sum(stars[title]) / len(stars[title])),
            }
            for title in best[:10]
        ]
        return [{"recent_film_count": len(stars)}], table

    amazon_count, amazon_best = last_day("amazon")
    netflix_count, netflix_best = last_day("netflix")
    percent = 100 * len(films["amazon"] & films["netflix"]) / len(films["amazon"])
    return {
        "01": [{"source": source, "movie_count": len(titles)} for source, titles in sorted(films.items())],
        "02": [{"percent_available_on_netflix": two_decimals(percent)}],
        "03": [{"difference": abs(means["amazon"] - means["netflix"])}],
        "04": [{"year": year, "film_count": len(years[year])}],
        "05": best_only_on("netflix", "amazon"),
        "06": best_only_on("amazon", "netflix"),
        "07": [{"title": title, "review_count": counts[title]} for title in most],
        "08": busiest,
        "09": amazon_count,
        "10": amazon_best,
        "11": netflix_count,
        "12": netflix_best,
    }


def main():
    parser = argparse.ArgumentParser(description="The twelve answers, computed in plain Python.")
    parser.add_argument("bronze", help="folder with netflix/ and amazon/")
    parser.add_argument("--json", action="store_true", help="one JSON object, question id -> rows")
    args = parser.parse_args()
    found = answers(args.bronze)
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for question, rows in found.items():
        print(question, *(rows[0] if rows else ()), sep="\t")
        for row in rows:
            print("", *row.values(), sep="\t")


if __name__ == "__main__":
    main()
