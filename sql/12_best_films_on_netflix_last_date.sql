-- Which are the 10 best-rated films on Netflix's most recent rating date (mean of at least 4.5)?
-- Only the ratings of that date count. The order goes by the exact mean, the column shows two decimals of it.
WITH film AS (
  SELECT
    title,
    sum(ranking) AS total_ranking,
    count(*) AS rating_count,
    avg(CAST(ranking AS double)) AS mean_ranking
  FROM "desafio"."ratings"
  WHERE source = 'netflix'
    AND title IS NOT NULL
    AND "date" = (SELECT max("date") FROM "desafio"."ratings" WHERE source = 'netflix')
  GROUP BY title
)
SELECT
  title,
  total_ranking,
  rating_count,
  CAST(round(film.mean_ranking, 2) AS decimal(3, 2)) AS mean_ranking
FROM film
WHERE film.mean_ranking >= 4.5
ORDER BY film.total_ranking DESC, film.mean_ranking DESC, film.title
LIMIT 10
