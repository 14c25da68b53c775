-- Which 5 customers rated most on Amazon, and how many different products did each rate? And on Netflix?
-- A product is a movie id: one without a title counts, two that share a title are two.
WITH customer AS (
  SELECT
    source AS platform,
    customer_id,
    count(*) AS rating_count,
    count(DISTINCT movie_id) AS product_count
  FROM "desafio"."ratings"
  GROUP BY source, customer_id
),
placed AS (
  SELECT
    customer.*,
    row_number() OVER (
      PARTITION BY platform
      ORDER BY rating_count DESC, product_count DESC, customer_id
    ) AS place
  FROM customer
)
SELECT platform, customer_id, rating_count, product_count
FROM placed
WHERE place <= 5
ORDER BY platform, rating_count DESC, product_count DESC, customer_id
