-- Customers of a Portuguese bank and how they were called between May 2008 and November 2010.
--
--   evertend run examples/uci-bank-marketing/pack --source examples/uci-bank-marketing/contacts.sql --param data=<folder of bank-full.csv.gz> --as-of 2010-06-30 --out out
--
-- The file has neither customer numbers nor years. Its rows are in the order of their dates, so a customer's number is
-- the row's, and a month earlier than that of the row before means that a new year has begun.
--
-- contactLog holds the last call of the campaign and, where there was one, the last call of an earlier campaign (pdays
-- days before); both were offers of a term deposit. Only what had happened by as_of is in it, and so it is with "campaign", the number of calls of the
-- campaign. Every call was by phone: "contact" only tells which kind of phone. What the file calls "unknown" is absent.

CREATE TEMP MACRO known(value) AS nullif(value, 'unknown');

-- A row's number is its place in the file: DuckDB keeps that order when it reads one file.
CREATE TEMP TABLE called AS
SELECT row_number() OVER () AS number, *,
  list_position(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], month) AS month_number
FROM read_csv(getvariable('data') || '/bank-full.csv.gz', delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
  'age': 'INTEGER', 'job': 'VARCHAR', 'marital': 'VARCHAR', 'education': 'VARCHAR', 'default': 'VARCHAR', 'balance': 'INTEGER', 'housing': 'VARCHAR', 'loan': 'VARCHAR',
  'contact': 'VARCHAR', 'day': 'INTEGER', 'month': 'VARCHAR', 'duration': 'INTEGER', 'campaign': 'INTEGER', 'pdays': 'INTEGER', 'previous': 'INTEGER', 'poutcome': 'VARCHAR', 'y': 'VARCHAR'});

CREATE TEMP VIEW with_new_year AS
SELECT *, month_number < lag(month_number, 1, month_number) OVER (ORDER BY number) AS new_year FROM called;

CREATE TEMP VIEW dated AS
SELECT *, make_date(2008 + (count(*) FILTER (new_year) OVER (ORDER BY number ROWS UNBOUNDED PRECEDING))::INTEGER, month_number::INTEGER, day) AS called_on
FROM with_new_year;

CREATE TEMP VIEW with_log AS
SELECT *, list_filter([
  CASE WHEN pdays >= 0 THEN {'date': called_on - pdays, 'channel': 'phone', 'class': 'marketing', 'ruleId': 'term-deposit', 'outcome': CASE poutcome WHEN 'success' THEN 'interested' WHEN 'failure' THEN 'refused' WHEN 'other' THEN 'reached' END} END,
  {'date': called_on, 'channel': 'phone', 'class': 'marketing', 'ruleId': 'term-deposit', 'outcome': CASE y WHEN 'yes' THEN 'interested' ELSE 'refused' END}
], lambda entry: entry IS NOT NULL AND entry.date <= getvariable('as_of')) AS contact_log
FROM dated;

SELECT
  'uci-' || lpad(number::VARCHAR, 5, '0') AS "customerId",
  age,
  known(job) AS job,
  known(marital) AS marital,
  known(education) AS education,
  balance,
  "default" = 'yes' AS "default",
  housing = 'yes' AS housing,
  loan = 'yes' AS loan,
  CASE WHEN called_on <= getvariable('as_of') THEN campaign END AS campaign,
  -- One call desk for each kind of job.
  coalesce(known(job), 'other') AS desk,
  contact_log AS "contactLog"
FROM with_log
