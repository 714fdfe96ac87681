-- Forgets how many tasks each owner has submitted in the present minute.
DROP TABLE submission_rates;
