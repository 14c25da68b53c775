-- How many films are available on Amazon? And on Netflix?
-- A film is a distinct title; count(DISTINCT title) passes over NULL.
SELECT
  source,
  count(DISTINCT title) AS movie_count
FROM "desafio"."ratings"
GROUP BY source
ORDER BY source
