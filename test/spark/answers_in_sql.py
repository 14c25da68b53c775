"""The tables and the twelve answers by a third road, for sizes that plain Python takes too long for: DuckDB's SQL over
the bronze files, written from the questions and the sources' formats, without Spark, sql/ or the pipeline's code.

    python test/spark/answers_in_sql.py <bronze folder>
"""

import pathlib
import sys

import duckdb

LINES = "columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false, auto_detect = false"
BLANKS = r"e' \t\r'"

SOURCES = rf"""
CREATE MACRO clean(text) AS nullif(trim(text, {BLANKS}), '');
CREATE MACRO stars(text) AS CASE WHEN regexp_full_match(text, '[1-5](\.0+)?') THEN CAST(text[1] AS INTEGER) END;
CREATE MACRO day(text) AS
  CASE WHEN regexp_full_match(text, '\d{{4}}-\d\d-\d\d') AND text >= '0001' THEN TRY_CAST(text AS DATE) END;

CREATE TABLE raw AS
  SELECT filename AS file, row_number() OVER () AS number, clean(line) AS line
  FROM read_csv('{{bronze}}/netflix/combined_data_*.txt', filename = true, {LINES});
CREATE TABLE headers AS
  SELECT file, number, regexp_extract(line, '^\d+') AS movie_id FROM raw WHERE regexp_full_match(line, '\d+\s*:');
CREATE TABLE processed_netflix AS
  SELECT headers.movie_id, clean(fields[1]) AS customer_id, stars(clean(fields[2])) AS ranking,
    day(clean(fields[3])) AS date
  FROM (SELECT file, number, string_split(line, ',') AS fields FROM raw) AS rated
  ASOF JOIN headers ON rated.file = headers.file AND rated.number > headers.number
  WHERE len(fields) = 3;
DELETE FROM processed_netflix WHERE customer_id IS NULL OR ranking IS NULL OR date IS NULL;

CREATE TABLE netflix_movie_title AS
  SELECT movie_id, TRY_CAST(CASE WHEN regexp_full_match(year, '\d{{1,4}}') THEN year END AS INTEGER) AS year, title
  FROM (
    SELECT number, clean(string_split(line, ',')[1]) AS movie_id, clean(string_split(line, ',')[2]) AS year,
      clean(array_to_string(string_split(line, ',')[3:], ',')) AS title
    FROM (
      SELECT row_number() OVER () AS number, line
      FROM read_csv('{{bronze}}/netflix/movie_titles.csv', encoding = 'latin-1', {LINES})
    )
    WHERE len(string_split(line, ',')) >= 3
  )
  WHERE regexp_full_match(movie_id, '\d+')
  QUALIFY row_number() OVER (PARTITION BY movie_id ORDER BY number) = 1;

CREATE TABLE amazon_final AS
  SELECT clean(fields[2]) AS customer_id, clean(fields[4]) AS movie_id, stars(clean(fields[8])) AS ranking,
    day(clean(fields[15])) AS date, clean(fields[6]) AS title, year(day(clean(fields[15]))) AS year, 'amazon' AS source
  FROM (
    SELECT string_split(line, e'\t') AS fields
    FROM read_csv('{{bronze}}/amazon/amazon_reviews_us_*.tsv', {LINES})
  )
  WHERE len(fields) >= 15 AND clean(fields[1]) = 'US';
DELETE FROM amazon_final WHERE customer_id IS NULL OR movie_id IS NULL OR ranking IS NULL OR date IS NULL;

CREATE TABLE ratings AS
  SELECT customer_id, movie_id, ranking, date, title, year, 'netflix' AS source
  FROM processed_netflix LEFT JOIN netflix_movie_title USING (movie_id)
  UNION ALL FROM amazon_final;
CREATE VIEW films AS SELECT DISTINCT source, title FROM ratings WHERE title IS NOT NULL;
CREATE VIEW means AS
  SELECT source, title, avg(ranking) AS mean FROM ratings WHERE title IS NOT NULL GROUP BY source, title;
CREATE MACRO only_on(one, other) AS TABLE
  SELECT title FROM ratings WHERE source = one AND ranking >= 4 AND title IS NOT NULL
  EXCEPT SELECT title FROM films WHERE source = other
  ORDER BY title;
CREATE MACRO last_day(one) AS TABLE
  SELECT title, ranking FROM ratings AS rated
  WHERE source = one AND title IS NOT NULL
    AND NOT EXISTS (FROM ratings AS later WHERE later.source = one AND later.date > rated.date);
CREATE MACRO best(one) AS TABLE
  SELECT title, sum(ranking) AS total_ranking, count(*) AS rating_count, round(sum(ranking) / count(*), 2) AS mean_ranking
  FROM last_day(one) GROUP BY title HAVING sum(ranking) >= 4.5 * count(*)
  ORDER BY sum(ranking) DESC, sum(ranking) / count(*) DESC, title LIMIT 10;
"""

QUESTIONS = {
    "01": "SELECT source, count(*) AS movie_count FROM films GROUP BY source ORDER BY source",
    "02": """SELECT round(100.0 * count(*) FILTER (title IN (SELECT title FROM films WHERE source = 'netflix')) / count(*), 2)
        AS percent_available_on_netflix FROM films WHERE source = 'amazon'""",
    "03": """SELECT abs((SELECT avg(mean) FROM means WHERE source = 'amazon')
        - (SELECT avg(mean) FROM means WHERE source = 'netflix')) AS difference""",
    "04": """SELECT year, count(*) AS film_count
        FROM (SELECT DISTINCT year, title FROM ratings WHERE source = 'netflix')
        WHERE year IS NOT NULL AND title IS NOT NULL GROUP BY year ORDER BY film_count DESC, year LIMIT 1""",
    "05": "FROM only_on('netflix', 'amazon')",
    "06": "FROM only_on('amazon', 'netflix')",
    "07": """SELECT title, count(*) AS review_count FROM ratings WHERE title IS NOT NULL
        GROUP BY title ORDER BY review_count DESC, title LIMIT 10""",
    "08": """SELECT source AS platform, customer_id, count(*) AS rating_count, count(DISTINCT movie_id) AS product_count
        FROM ratings GROUP BY source, customer_id
        QUALIFY row_number() OVER (
          PARTITION BY source ORDER BY count(*) DESC, count(DISTINCT movie_id) DESC, customer_id) <= 5
        ORDER BY platform, rating_count DESC, product_count DESC, customer_id""",
    "09": "SELECT count(DISTINCT title) AS recent_film_count FROM last_day('amazon')",
    "10": "FROM best('amazon')",
    "11": "SELECT count(DISTINCT title) AS recent_film_count FROM last_day('netflix')",
    "12": "FROM best('netflix')",
}


def database(bronze: pathlib.Path):
    """A database with the tables of silver and `ratings`, from the bronze files."""
    made = duckdb.connect()
    made.execute(SOURCES.replace("{bronze}", str(bronze)))
    return made


def answers(made) -> dict:
    """question id -> its rows as dicts, as in expected.py."""
    found = {}
    for question, query in QUESTIONS.items():
        result = made.execute(query)
        columns = [column[0] for column in result.description]
        found[question] = [dict(zip(columns, row)) for row in result.fetchall()]
    return found


if __name__ == "__main__":
    for question, rows in answers(database(pathlib.Path(sys.argv[1]))).items():
        print(question, *rows, sep="\n")
