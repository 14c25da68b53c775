-- Which release year has the most films on Netflix?
SELECT
  "year",
  count(DISTINCT title) AS film_count
FROM "desafio"."ratings"
WHERE source = 'netflix' AND title IS NOT NULL AND "year" IS NOT NULL
GROUP BY "year"
ORDER BY film_count DESC, "year"
LIMIT 1
