-- Clients of the Berka bank at the end of 1998, where the ledger is not complete: the mean balance of the year comes from
-- an aggregate that others computed over the whole ledger.
--
--   evertend run examples/berka/pack --source examples/berka/yearly.sql --param data=<folder of the .asc.gz files> --as-of 1998-12-31 --out out
--
-- The record is that of ledger.sql without "ledger" (absent, so that rules on it are unknown) and with
-- "averageBalance1998", absent where the aggregate has none and before the year is over.

CREATE TEMP MACRO berka_file(name) AS getvariable('data') || '/' || name || '.asc.gz';
-- Dates are YYMMDD, all of the 20th century.
CREATE TEMP MACRO berka_date(yymmdd) AS strptime('19' || yymmdd, '%Y%m%d')::DATE;

CREATE TEMP VIEW district AS
SELECT A1 AS district_id, A2 AS name, A3 AS region, A11 AS average_salary
FROM read_csv(berka_file('district'), delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
  'A1': 'INTEGER', 'A2': 'VARCHAR', 'A3': 'VARCHAR', 'A4': 'VARCHAR', 'A5': 'VARCHAR', 'A6': 'VARCHAR', 'A7': 'VARCHAR', 'A8': 'VARCHAR',
  'A9': 'VARCHAR', 'A10': 'VARCHAR', 'A11': 'INTEGER', 'A12': 'VARCHAR', 'A13': 'VARCHAR', 'A14': 'VARCHAR', 'A15': 'VARCHAR', 'A16': 'VARCHAR'});

-- birth_number is YYMMDD; women have 50 added to the month.
CREATE TEMP VIEW client AS
SELECT client_id, district_id, substr(birth_number, 3, 2)::INTEGER > 50 AS is_woman,
  berka_date(substr(birth_number, 1, 2) || lpad((substr(birth_number, 3, 2)::INTEGER % 50)::VARCHAR, 2, '0') || substr(birth_number, 5, 2)) AS birth_date
FROM read_csv(berka_file('client'), delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
  'client_id': 'INTEGER', 'birth_number': 'VARCHAR', 'district_id': 'INTEGER'});

CREATE TEMP VIEW account AS
SELECT account_id, frequency, berka_date(date) AS opened_on
FROM read_csv(berka_file('account'), delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
  'account_id': 'INTEGER', 'district_id': 'INTEGER', 'frequency': 'VARCHAR', 'date': 'VARCHAR'})
WHERE berka_date(date) <= getvariable('as_of');

CREATE TEMP VIEW disposition AS
FROM read_csv(berka_file('disp'), delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
  'disp_id': 'INTEGER', 'client_id': 'INTEGER', 'account_id': 'INTEGER', 'type': 'VARCHAR'});

-- The status of a loan is the one at the end of the data; there is no other.
CREATE TEMP VIEW loans_of_account AS
SELECT account_id, list({
  'loanId': loan_id::VARCHAR, 'grantedOn': granted_on, 'amount': amount, 'durationMonths': duration, 'payments': payments, 'status': status
} ORDER BY granted_on, loan_id) AS loans
FROM (
  SELECT *, berka_date(date) AS granted_on
  FROM read_csv(berka_file('loan'), delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
    'loan_id': 'INTEGER', 'account_id': 'INTEGER', 'date': 'VARCHAR', 'amount': 'DECIMAL(12,2)', 'duration': 'INTEGER', 'payments': 'DECIMAL(12,2)', 'status': 'VARCHAR'}))
WHERE granted_on <= getvariable('as_of')
GROUP BY account_id;

-- issued is "YYMMDD 00:00:00".
CREATE TEMP VIEW cards_of_disposition AS
SELECT disp_id, list({'cardId': card_id::VARCHAR, 'type': type, 'issuedOn': issued_on} ORDER BY issued_on, card_id) AS cards
FROM (
  SELECT *, berka_date(substr(issued, 1, 6)) AS issued_on
  FROM read_csv(berka_file('card'), delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
    'card_id': 'INTEGER', 'disp_id': 'INTEGER', 'type': 'VARCHAR', 'issued': 'VARCHAR'}))
WHERE issued_on <= getvariable('as_of')
GROUP BY disp_id;

CREATE TEMP VIEW orders_of_account AS
SELECT account_id, list({'orderId': order_id::VARCHAR, 'amount': amount, 'kSymbol': nullif(trim(k_symbol), '')} ORDER BY order_id) AS orders
FROM read_csv(berka_file('order'), delim = ';', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
  'order_id': 'INTEGER', 'account_id': 'INTEGER', 'bank_to': 'VARCHAR', 'account_to': 'VARCHAR', 'amount': 'DECIMAL(12,2)', 'k_symbol': 'VARCHAR'})
GROUP BY account_id;

CREATE TEMP VIEW aggregate_of_account AS
SELECT account_id, avg_balance_1998
FROM read_csv(getvariable('data') || '/account_aggregates_1997_1998.csv.gz', delim = ',', quote = '"', escape = '"', header = true, auto_detect = false, compression = 'gzip', columns = {
  'account_id': 'INTEGER', 'tx_count_1997': 'VARCHAR', 'avg_balance_1997': 'VARCHAR', 'tx_count_1998': 'VARCHAR', 'avg_balance_1998': 'DECIMAL(14,4)',
  'tx_count_to_1997': 'VARCHAR', 'balance_mean_to_1997': 'VARCHAR', 'balance_min_to_1997': 'VARCHAR', 'balance_last_to_1997': 'VARCHAR'})
WHERE getvariable('as_of') >= DATE '1998-12-31';

SELECT
  client_id::VARCHAR AS "customerId",
  birth_date AS "birthDate",
  CASE WHEN is_woman THEN 'female' ELSE 'male' END AS gender,
  {'id': district_id::VARCHAR, 'name': district.name, 'region': region, 'averageSalary': average_salary} AS district,
  disposition.type AS role,
  {'accountId': account_id::VARCHAR, 'openedOn': opened_on, 'frequency': frequency} AS account,
  coalesce(loans, []) AS loans,
  coalesce(cards, []) AS cards,
  coalesce(orders, []) AS orders,
  avg_balance_1998 AS "averageBalance1998"
FROM client
JOIN disposition USING (client_id)
JOIN account USING (account_id)
JOIN district USING (district_id)
LEFT JOIN loans_of_account USING (account_id)
LEFT JOIN cards_of_disposition USING (disp_id)
LEFT JOIN orders_of_account USING (account_id)
LEFT JOIN aggregate_of_account USING (account_id)
