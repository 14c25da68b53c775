-- How many films were rated on Netflix's most recent rating date?
SELECT
  count(DISTINCT title) AS recent_film_count
FROM "desafio"."ratings"
WHERE source = 'netflix'
  AND "date" = (SELECT max("date") FROM "desafio"."ratings" WHERE source = 'netflix')
