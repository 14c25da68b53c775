"""The answers as a document for the client: a Glue Python shell job (Python 3.9), run on one machine unchanged.

    report.py --lake s3://bucket        other arguments are ignored: Glue adds its own

Reads the newest CSV of each consultas/<question>/ and writes consultas/report.html and consultas/email_cliente.docx.
The same answers give the same bytes: no date of today is in them. Needs python-docx.

Storage is S3 through boto3 (AWS_ENDPOINT_URL_S3 is honoured), or, where DAGWRIGHT_S3_ROOT is set, a folder: the
bucket b is $DAGWRIGHT_S3_ROOT/b. Exit codes: 0 done, 2 wrong usage, 3 anything else (DAGWRIGHT_DEBUG=1 gives the
traceback in place of one line).
"""

import argparse
import csv
import datetime
import html
import io
import os
import pathlib
import sys
import zipfile

TITLE = "Netflix and Amazon ratings: the answers"

#: The questions by the folder of their answer, in the order of the report. The first lines of sql/ say the same.
QUESTIONS = {
    "01_films_per_platform": "How many films are available on Amazon? And on Netflix?",
    "02_amazon_films_on_netflix": "Of the films on Amazon, what percentage is on Netflix (same title)?",
    "03_mean_rating_difference": "How close is the mean rating of Amazon's films to that of Netflix's?",
    "04_netflix_year_with_most_films": "Which release year has the most films on Netflix?",
    "05_best_rated_not_on_amazon": "Which films not in Amazon's catalogue were best rated (a rating of 4 or 5)?",
    "06_best_rated_not_on_netflix": "Which films not in Netflix's catalogue were best rated (a rating of 4 or 5)?",
    "07_most_rated_films": "Which 10 films have the most ratings over both platforms?",
    "08_most_active_customers": "Which 5 customers rated most on Amazon, and how many different products did each "
    "rate? And on Netflix?",
    "09_films_on_amazon_last_date": "How many films were rated on Amazon's most recent rating date?",
    "10_best_films_on_amazon_last_date": "Which are the 10 best-rated films on Amazon's most recent rating date "
    "(mean of at least 4.5)?",
    "11_films_on_netflix_last_date": "How many films were rated on Netflix's most recent rating date?",
    "12_best_films_on_netflix_last_date": "Which are the 10 best-rated films on Netflix's most recent rating date "
    "(mean of at least 4.5)?",
}

#: A list of films can be long: so many rows are shown, the rest is in the CSV that is named.
HTML_ROWS, DOCX_ROWS = 500, 25
#: The date in the document's properties. Any one would do, so long as it is not today's.
WRITTEN = datetime.datetime(2000, 1, 1)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
h2 { font-size: 1.1rem; margin-top: 2.5rem }
table { border-collapse: collapse }
th, td { border-bottom: 1px solid #d0d7de; padding: .3rem 1rem .3rem 0; text-align: left }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.note { color: #656d76 }
"""


# Storage: the one seam between S3 and a folder


class S3:
    def __init__(self, bucket):
        import boto3

        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")  # an old boto3 does not
        self._client, self._bucket = boto3.client("s3", endpoint_url=endpoint), bucket

    def newest_csv(self, folder):
        found = []
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=folder + "/")
        for page in pages:
            found += [(o["LastModified"], o["Key"]) for o in page.get("Contents", []) if o["Key"].endswith(".csv")]
        return max(found)[1] if found else None

    def read(self, key):
        return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def write(self, key, content, content_type):
        self._client.put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=content_type)


class Folder:
    def __init__(self, root):
        self._root = pathlib.Path(root)

    def newest_csv(self, folder):
        found = [(path.stat().st_mtime_ns, path.name) for path in (self._root / folder).glob("*.csv")]
        return f"{folder}/{max(found)[1]}" if found else None

    def read(self, key):
        return (self._root / key).read_bytes()

    def write(self, key, content, content_type):
        path = self._root / key
        arriving = path.with_name("." + path.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        arriving.write_bytes(content)
        arriving.replace(path)


def storage(bucket):
    root = os.environ.get("DAGWRIGHT_S3_ROOT")
    return Folder(os.path.join(root, bucket)) if root else S3(bucket)


# The answers


def read_answers(lake):
    """[(question's text, key of its CSV or None, columns, rows)]; both are empty where there is no answer."""
    answers = []
    for name, text in QUESTIONS.items():
        key = lake.newest_csv("consultas/" + name)
        table = list(csv.reader(io.StringIO(lake.read(key).decode("utf-8"), newline=""))) if key else []
        answers.append((text, key, table[0] if table else [], table[1:]))
    return answers


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def note(key, columns, rows, shown):
    """What stands under a question in place of a table, or under the table."""
    if not columns:
        return "There is no answer: the query has not run, or wrote none."
    if not rows:
        return "No rows."
    if len(rows) > shown:
        return "And {:,} more rows: {} has all of them.".format(len(rows) - shown, key)
    return ""


# The documents


def to_html(answers):
    out = ["<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">']
    out += [f"<title>{html.escape(TITLE)}</title>", f"<style>{STYLE}</style>", "</head>", "<body>"]
    out.append(f"<h1>{html.escape(TITLE)}</h1>")
    for nth, (text, key, columns, rows) in enumerate(answers, 1):
        out.append(f"<h2>{nth}. {html.escape(text)}</h2>")
        if rows:
            # Ids are digits too, but nobody adds them up.
            numbers = [all(is_number(row[at]) for row in rows) for at in range(len(columns))]
            number = [are and not name.endswith("_id") for are, name in zip(numbers, columns)]
            out += ["<table>", html_row("th", columns, number)]
            out += [html_row("td", row, number) for row in rows[:HTML_ROWS]]
            out.append("</table>")
        remark = note(key, columns, rows, HTML_ROWS)
        if remark:
            out.append(f'<p class="note">{html.escape(remark)}</p>')
    return "\n".join(out + ["</body>", "</html>", ""]).encode("utf-8")


def html_row(tag, values, number):
    starts = (f'<{tag} class="number">' if aligned else f"<{tag}>" for aligned in number)
    return "<tr>" + "".join(f"{start}{html.escape(value)}</{tag}>" for start, value in zip(starts, values)) + "</tr>"


def to_docx(answers):
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = TITLE, "dagwright", "dagwright"
    properties.comments, properties.created, properties.modified = "", WRITTEN, WRITTEN
    document.add_heading(TITLE, level=0)
    for nth, (text, key, columns, rows) in enumerate(answers, 1):
        document.add_heading(f"{nth}. {text}", level=2)
        if rows:
            shown = [columns] + rows[:DOCX_ROWS]
            table = document.add_table(rows=len(shown), cols=len(columns), style="Light List")
            for line, cells in zip(table.rows, shown):
                for cell, value in zip(line.cells, cells):
                    cell.text = printable(value)
        remark = note(key, columns, rows, DOCX_ROWS)
        if remark:
            document.add_paragraph(remark)
    packed = io.BytesIO()
    document.save(packed)
    return undated(packed.getvalue())


def printable(text):
    """Without the control characters that XML does not allow."""
    return "".join(c if c >= " " or c in "\t\n" else " " for c in text)


def undated(content):
    """The same zip with its members' dates fixed: python-docx writes the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


# Running


def main(argv=None):
    parser = argparse.ArgumentParser(prog="report.py", description="The answers as documents.")
    parser.add_argument("--lake", required=True, help="s3://bucket")
    args, _ = parser.parse_known_args(argv)
    if not args.lake.startswith("s3://"):
        parser.error(f"--lake is s3://bucket, not {args.lake}")
    try:
        lake = storage(args.lake[len("s3://") :].rstrip("/"))
        answers = read_answers(lake)
        lake.write("consultas/report.html", to_html(answers), "text/html; charset=utf-8")
        lake.write("consultas/email_cliente.docx", to_docx(answers), DOCX)
    except Exception as problem:
        if os.environ.get("DAGWRIGHT_DEBUG"):
            raise
        print(f"report.py: failed: {type(problem).__name__}: {problem}", file=sys.stderr)
        return 3
    found = sum(1 for answer in answers if answer[2])
    print(f"report: {found} of {len(answers)} answers in consultas/report.html and consultas/email_cliente.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
