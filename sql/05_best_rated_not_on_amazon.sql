-- Which films not in Amazon's catalogue were best rated (a rating of 4 or 5)?
SELECT DISTINCT best.title
FROM "desafio"."ratings" AS best
WHERE best.source = 'netflix'
  AND best.ranking >= 4
  AND best.title IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM "desafio"."ratings" AS catalogue
    WHERE catalogue.source = 'amazon' AND catalogue.title = best.title
  )
ORDER BY best.title
