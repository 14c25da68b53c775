#!/usr/bin/env python3
"""Makes data/sample: small bronze data in the sources' exact file names and formats, with every trap that they hold.

    python scripts/generate-sample.py [folder]     default: data/sample beside this script's folder

The same bytes every time and on every Python 3: the only randomness is random.Random(seed).random().
Films that are on both platforms, tie, or share a title are there because the questions in sql/ need
them. The traps are written out in `netflix_traps` and `amazon_traps`.
"""

import sys
from pathlib import Path
from random import Random

LEFT = "Silent Crimson Second Hidden Paper Northern Last Glass Wandering Electric Distant Golden".split()
RIGHT = "Harbor Orchard Witness Parade Signal Winter Letter Kingdom Mirror Station".split()

#: Titles on Netflix alone: commas, accents of ISO-8859-1, quotes and what looks like other formats.
NETFLIX_ONLY = [
    "At Home Among Strangers, A Stranger Among His Own",
    "Up, Down, and Sideways",
    'The "Quoted" Affair',
    "Été à la Plage",
    "El Niño y la Señora: Año Uno",
    "Straße der Übergänge",
    "50% Off; Or, the Sale's End",
    "Back\\slash",
    "1984-01-01",
]
#: Titles on Amazon alone: beyond ISO-8859-1, quotes that open and never close, HTML.
AMAZON_ONLY = ['"Unclosed', 'Cat & Dog <br /> "Best"', "七人の影", "Łódź, Moja Miłość", "Zażółć: Part 2", "NULL"]
#: On both, and so in the answers to questions 1 to 3 and not in 5 and 6.
SHARED = ["Café Society, Reopened", "Ring, The Return", "naïve", "Naïve"]

TITLES = [f"The {left} {right}" for left in LEFT for right in RIGHT]
NETFLIX_FILMS = NETFLIX_ONLY + SHARED + TITLES[:62]
AMAZON_FILMS = AMAZON_ONLY + SHARED + TITLES[35:95]

NETFLIX_LAST = "2005-12-31"
AMAZON_LAST = "2015-08-31"

HEADER = (
    "marketplace customer_id review_id product_id product_parent product_title product_category star_rating "
    "helpful_votes total_votes vine verified_purchase review_headline review_body review_date"
).split()


class Dice:
    def __init__(self, seed):
        self.next = Random(seed).random

    def below(self, n):
        return int(self.next() * n)

    def pick(self, values):
        return values[self.below(len(values))]

    def stars(self, mean):
        return max(1, min(5, round(mean + (self.next() - 0.5) * 3)))

    def date(self, first_year, last_year):
        year = first_year + self.below(last_year - first_year + 1)
        return f"{year}-{1 + self.below(12):02}-{1 + self.below(28):02}"


# Netflix


def netflix_movies():
    """(movie id, year, title): some titles belong to two movies, some years are the text NULL or no number at all."""
    movies = [(i + 1, str(1940 + (i * 7) % 43), title) for i, title in enumerate(NETFLIX_FILMS)]
    movies[3] = (4, "NULL", movies[3][2])
    movies[10] = (11, "NULL", movies[10][2])
    movies[20] = (21, "c. 1990", movies[20][2])
    # 1984 and 1985 tie for question 4, which takes the earlier.
    for at in range(30, 35):
        movies[at] = (at + 1, "1985", movies[at][2])
        movies[at + 6] = (at + 7, "1984", movies[at + 6][2])
    again = [(len(movies) + 1 + i, "2001", movies[at][2]) for i, at in enumerate((15, 16, 40))]
    blanks = [(len(movies) + 4, "1999", "  Padded on Both Sides  "), (len(movies) + 5, "1999", "   ")]
    return movies + again + blanks


def netflix_ratings(movie_id, dice):
    """Three movies are rated as often as each other (question 7), every fourth has ratings on the last date."""
    count = 77 if movie_id in (2, 3, 7) else 20 + dice.below(50)
    mean = 2.2 + (movie_id * 37 % 29) / 10
    rows = []
    for _ in range(count):
        customer = dice.pick((7, 42, 1488844, 822109, 30878)) if dice.below(6) == 0 else 1000 + dice.below(900) * 13
        rows.append(f"{customer},{dice.stars(mean)},{dice.date(1999, 2005)}")
    if movie_id % 4 == 1:
        stars = (5, 5, 4) if movie_id % 8 == 1 else (5, 4, 4)
        rows += [f"{2000 + movie_id * 3 + i},{s},{NETFLIX_LAST}" for i, s in enumerate(stars + (5,) * (movie_id % 3))]
    return rows


def netflix_traps(movies):
    """Lines put after the ratings of a movie, by its id."""
    return {
        2: ["", "   ", "not a rating", "12,3", "1,2,3,4", ",4,2004-05-05", " ,4,2004-05-05"],
        3: ["501,0,2004-01-01", "502,6,2004-01-01", "503,4.5,2004-01-01", "504,,2004-01-01", "505,five,2004-01-01"],
        6: ["601,4,2004-02-30", "602,4,2003-02-29", "603,4,2004-13-01", "604,4,2004-1-1", "605,4,", "606,4,20040101"],
        7: ["701,4.0,2004-02-29", " 702 , 5 , 2004-03-01 ", "703,3,2004-03-01", "703,3,2004-03-01"],  # all kept
        9: ["904:", "901,2,2001-01-01"],  # a movie that the titles file does not have
        12: ["905:", "13:"],  # headers without ratings
    }


def netflix(folder):
    dice, movies = Dice(20051231), netflix_movies()
    traps, files = netflix_traps(movies), {1: [], 2: [], 3: [], 4: []}
    for movie_id, _, _ in movies:
        lines = files[1 + (movie_id - 1) * 4 // len(movies)]
        lines.append({8: f" {movie_id} : ", 14: f"{movie_id}: "}.get(movie_id, f"{movie_id}:"))
        lines += netflix_ratings(movie_id, dice) + traps.get(movie_id, [])
    files[2].insert(0, "999,5,2005-12-31")  # before the first header of its file: nobody's rating
    files[4].append("1:")  # movie 1 again, in another file and after the others
    files[4].append("7,1,2000-02-29")
    for number, lines in files.items():
        end = "\r\n" if number == 3 else "\n"
        text = end.join(lines) + ("" if number == 4 else end)  # the last file ends without a line end
        save(folder / "netflix" / f"combined_data_{number}.txt", text.encode("ascii"))
    titles = [f"{movie_id},{year},{title}" for movie_id, year, title in movies]
    titles.insert(5, "")
    titles.insert(9, "no movie id,1999,Not a Film")
    titles.append("1,1900,Another Title for Movie 1")
    save(folder / "netflix" / "movie_titles.csv", ("\n".join(titles) + "\n").encode("iso-8859-1"))


# Amazon

BODIES = [
    "Loved it.<br /><br />Would watch again.",
    'He said "wait" and the screen went dark.',
    '"An opening quote that nobody closes',
    "It's a 5\" screen, so what.",
    "Fine, fine, fine; and a back\\slash.",
    "Muito bom! Ação e emoção.",
]


def review(dice, number, customer, product, title, stars, date, **other):
    row = {
        "marketplace": "US",
        "customer_id": str(customer),
        "review_id": f"R{number:05}",
        "product_id": product,
        "product_parent": str(500000 + number % 97),
        "product_title": title,
        "product_category": "Video",
        "star_rating": str(stars),
        "helpful_votes": str(dice.below(4)),
        "total_votes": str(4 + dice.below(4)),
        "vine": "N",
        "verified_purchase": dice.pick("YN"),
        "review_headline": dice.pick(("Five Stars", '"Great', "Good\" enough", "meh")),
        "review_body": dice.pick(BODIES),
        "review_date": date,
    }
    return "\t".join({**row, **other}.values())


def amazon_traps(dice):
    def make(n, **other):
        return review(dice, 90000 + n, 7, "B00TRAP001", "The Trap", 5, "2014-02-03", **other)

    rows = [
        make(1, star_rating=""),
        make(2, star_rating="0"),
        make(3, star_rating="6"),
        make(4, star_rating="4.5"),
        make(5, star_rating="Y"),
        make(6, review_date=""),
        make(7, review_date="2014-02-30"),
        make(8, review_date="02/03/2014"),
        make(9, marketplace="UK"),
        make(10, marketplace=""),
        make(11, customer_id=""),
        make(12, product_id=" "),
        "US\t7\tR1\tB00TRAP001\t1\tThe Trap",
        "",
        make(13).rsplit("\t", 1)[0],  # one column short: the body stands where the date should be
    ]
    kept = [
        make(14, star_rating="4.0", product_title="  Padded on Both Sides "),
        make(15, product_title=""),
        make(16, product_title="The Trap (Unrated)"),  # a second title for the same product
        make(17, review_headline='"', review_body='"<br />"'),
        make(17, review_headline='"', review_body='"<br />"'),  # the same row twice is two ratings
        make(18, review_date=AMAZON_LAST, product_title=""),  # the last date has a rating of no film
    ]
    return rows, kept


def amazon(folder):
    dice = Dice(20150831)
    files = {"Digital_Video_Download": [], "Video_DVD": [], "Video": []}
    names, number = list(files), 0
    for at, title in enumerate(AMAZON_FILMS):
        product, copies = f"B00{at * 7919 % 100000:05}X{at % 10}", 9 if at in (8, 21, 30) else 3 + dice.below(5)
        mean = 2.5 + (at * 31 % 26) / 10
        rows = [(dice.stars(mean), dice.date(2005, 2014)) for _ in range(copies)]
        if at % 4 == 2:
            stars = (5, 5) if at % 8 == 2 else (5, 4)
            rows += [(s, AMAZON_LAST) for s in stars + (5,) * (at % 3)]
        if at % 20 == 6:
            rows += [(2, AMAZON_LAST)]
        for stars, date in rows:
            number += 1
            # Every tenth review is of the film's other edition, another product under the same title.
            edition = product if number % 10 else product[:-1] + "Z"
            customer = dice.pick((7, 42, 12345678, 99)) if dice.below(4) == 0 else 30000 + dice.below(120)
            files[names[number % 3]].append(review(dice, number, customer, edition, title, stars, date))
        # Two customers who tie in all of question 8, where ids are text: 10001 comes before 9001.
        if at % 5 == 0:
            for twin in (9001, 10001):
                number += 1
                files[names[number % 3]].append(review(dice, number, twin, product, title, 3, "2010-10-10"))
    dropped, kept = amazon_traps(dice)
    files["Video_DVD"][20:20] = dropped
    files["Video"] += kept
    for name, rows in files.items():
        end = "\r\n" if name == "Video" else "\n"
        text = end.join(["\t".join(HEADER)] + rows) + end
        save(folder / "amazon" / f"amazon_reviews_us_{name}_v1_00.tsv", text.encode("utf-8"))


def save(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    to = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "data" / "sample"
    netflix(to)
    amazon(to)
