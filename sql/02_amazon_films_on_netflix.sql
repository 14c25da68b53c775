-- Of the films on Amazon, what percentage is on Netflix (same title)?
-- In doubles: two integers would divide to an integer, two decimals to the scale of the wider one.
WITH amazon AS (
  SELECT DISTINCT title FROM "desafio"."ratings" WHERE source = 'amazon' AND title IS NOT NULL
),
netflix AS (
  SELECT DISTINCT title FROM "desafio"."ratings" WHERE source = 'netflix' AND title IS NOT NULL
)
SELECT
  CAST(round(1e2 * count(netflix.title) / nullif(count(amazon.title), 0), 2) AS decimal(5, 2)) AS percent_available_on_netflix
FROM amazon
LEFT JOIN netflix ON netflix.title = amazon.title
