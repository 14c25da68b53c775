-- Which 10 films have the most ratings over both platforms?
SELECT
  title,
  count(*) AS review_count
FROM "desafio"."ratings"
WHERE title IS NOT NULL
GROUP BY title
ORDER BY review_count DESC, title
LIMIT 10
