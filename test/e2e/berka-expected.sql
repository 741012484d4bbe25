-- What the rules of the Berka example must answer on the day getvariable('as_of'), straight from the raw files in
-- getvariable('data') and in the words of the rules. It shares nothing with examples/berka/*.sql.
--
-- Window words: last N days = after as_of - N, up to and including as_of; next N days = after as_of, up to and including
-- as_of + N; "above" is strict; tiers include their lower bound.

CREATE MACRO raw(name) AS TABLE FROM read_csv(getvariable('data') || '/' || name || '.gz', all_varchar = true, header = true, nullstr = '\N');
CREATE MACRO day_of(text) AS make_date(1900 + text[1:2]::INTEGER, text[3:4]::INTEGER, text[5:6]::INTEGER);

-- The ledger is complete up to this day; later, the mean of the year 1998 stands in for the mean of 90 days.
CREATE MACRO has_ledger() AS getvariable('as_of') <= DATE '1994-03-30';

CREATE TABLE person AS
SELECT d.client_id AS customer_id, d.type = 'OWNER' AS owner, d.disp_id, a.account_id, c.birth_number
FROM raw('disp.asc') d
JOIN raw('account.asc') a ON a.account_id = d.account_id
JOIN raw('client.asc') c ON c.client_id = d.client_id
WHERE day_of(a.date) <= getvariable('as_of');

CREATE TABLE row_of_90_days AS
SELECT account_id, balance::DECIMAL(12,2) AS balance, k_symbol
FROM raw('trans_1993-01-01_1994-03-31.asc')
WHERE has_ledger() AND day_of(date) > getvariable('as_of') - 90 AND day_of(date) <= getvariable('as_of');

CREATE TABLE mean AS
SELECT account_id, sum(balance) AS total, count(*) AS n FROM row_of_90_days GROUP BY ALL
UNION ALL
SELECT account_id, avg_balance_1998::DECIMAL(14,4), 1 FROM raw('account_aggregates_1997_1998.csv') WHERE NOT has_ledger() AND avg_balance_1998 <> '';

-- A mean above x is a sum above x times the count: no division, nothing rounded.
CREATE TABLE owner AS
SELECT p.*, m.total, m.n, EXISTS (FROM raw('card.asc') k WHERE k.disp_id = p.disp_id AND day_of(k.issued) <= getvariable('as_of')) AS has_card,
  EXISTS (FROM raw('card.asc') k WHERE k.disp_id = p.disp_id AND day_of(k.issued) <= getvariable('as_of') AND k.type IN ('junior', 'classic')) AS has_small_card
FROM person p LEFT JOIN mean m ON m.account_id = p.account_id
WHERE p.owner;

CREATE TABLE loan AS
SELECT o.customer_id, l.loan_id, l.status, (day_of(l.date) + to_months(l.duration::INTEGER))::DATE AS maturity
FROM raw('loan.asc') l JOIN owner o ON o.account_id = l.account_id
WHERE day_of(l.date) <= getvariable('as_of');

-- A step is open from maturity - step through the day before maturity; the narrowest open one counts.
CREATE TABLE maturing AS
SELECT customer_id, loan_id, maturity, CASE WHEN days <= 30 THEN 30 WHEN days <= 60 THEN 60 ELSE 90 END AS step
FROM (SELECT *, date_diff('day', getvariable('as_of'), maturity) AS days FROM loan)
WHERE days BETWEEN 1 AND 90;

CREATE TABLE birthday AS
SELECT customer_id, next
FROM person, (SELECT (getvariable('as_of') + i)::DATE AS next FROM (SELECT unnest(range(1, 8))::INTEGER AS i))
WHERE month(next) = (birth_number[3:4]::INTEGER - 1) % 50 + 1 AND day(next) = birth_number[5:6]::INTEGER;

-- A k_symbol of the account's own running: interest, fees, penalty interest. Everything else, an empty or blank one too,
-- is something that somebody did.
CREATE TABLE moved AS
SELECT DISTINCT account_id
FROM raw('trans_1993-01-01_1994-03-31.asc')
WHERE day_of(date) > getvariable('as_of') - 180 AND day_of(date) <= getvariable('as_of') AND coalesce(k_symbol, '') NOT IN ('UROK', 'SLUZBY', 'SANKC. UROK');

CREATE VIEW matches AS
SELECT customer_id, 'loan-maturity' AS rule_id, loan_id AS subject, strftime(maturity, '%Y-%m-%d') || '/' || step AS occurrence,
  strftime(maturity - CASE step WHEN 90 THEN 61 WHEN 60 THEN 31 ELSE 1 END, '%Y-%m-%d') AS until
FROM maturing
UNION ALL SELECT customer_id, 'loan-in-debt', loan_id, NULL, NULL FROM loan WHERE status = 'D'
UNION ALL SELECT customer_id, 'birthday', '', strftime(next, '%Y-%m-%d'), strftime(next - 1, '%Y-%m-%d') FROM birthday
UNION ALL SELECT customer_id, 'card-offer', '', NULL, NULL FROM owner WHERE NOT has_card AND total > 50000 * n
UNION ALL SELECT customer_id, 'gold-upgrade', '', NULL, NULL FROM owner WHERE has_small_card AND total > 80000 * n
UNION ALL SELECT DISTINCT customer_id, 'risk-watch', '', NULL, NULL FROM owner JOIN row_of_90_days USING (account_id) WHERE balance < 0 OR k_symbol = 'SANKC. UROK'
UNION ALL SELECT customer_id, 'dormant', '', NULL, NULL FROM owner WHERE has_ledger() AND account_id NOT IN (FROM moved);

CREATE VIEW tiers AS
SELECT p.customer_id, CASE WHEN o.total IS NULL THEN NULL WHEN total >= 100000 * n THEN 'platinum' WHEN total >= 50000 * n THEN 'gold' WHEN total >= 20000 * n THEN 'silver' ELSE 'base' END AS tier
FROM person p LEFT JOIN owner o ON o.customer_id = p.customer_id;

CREATE VIEW unknown AS
SELECT customer_id, 'card-offer' AS rule_id FROM owner WHERE NOT has_card AND total IS NULL
UNION ALL SELECT customer_id, 'gold-upgrade' FROM owner WHERE has_small_card AND total IS NULL
UNION ALL SELECT customer_id, unnest(['risk-watch', 'dormant']) FROM owner WHERE NOT has_ledger();
