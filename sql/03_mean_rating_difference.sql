-- How close is the mean rating of Amazon's films to that of Netflix's?
-- Each film counts once, whatever the number of its ratings: the mean of the films' means.
-- Ten decimals: what lies beyond depends on the order in which an engine adds.
WITH film AS (
  SELECT source, title, avg(CAST(ranking AS double)) AS mean_ranking
  FROM "desafio"."ratings"
  WHERE title IS NOT NULL
  GROUP BY source, title
)
SELECT
  round(
    abs(
      avg(CASE WHEN source = 'amazon' THEN mean_ranking END)
      - avg(CASE WHEN source = 'netflix' THEN mean_ranking END)
    ),
    10
  ) AS difference
FROM film
