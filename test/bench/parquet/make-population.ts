import { DuckDBInstance } from "@duckdb/node-api";

/** Cities and products of the population, each as frequent as the others. */
export const cities = ["Beijing", "Chengdu", "Hangzhou", "Shanghai", "Wuhan", "Xi'an"] as const;
export const productNames = ["card", "deposit", "fund", "gold", "insurance", "loan"] as const;
export const consentStatuses = ["granted", "refused", "withdrawn"] as const;
export const holdingTypes = ["term-deposit", "fund", "insurance"] as const;
/** Numbers are spread evenly from 0 to these; balances of holdings too. */
export const greatest = { "assets.total": 2_000_000, "assets.atOtherBanks": 1_000_000, turnover: 300_000, potential: 100, balance: 200_000 } as const;
/** Days on which customers joined, evenly: from the first of 2016 on. */
export const joined = { from: "2016-01-01", days: 3_652 } as const;

export interface PopulationOptions {
  readonly file: string;
  readonly customers: number;
  /** Share of customers whose figures differ from those of edition 0; absent = 0. */
  readonly changed?: number;
}

/**
 * Writes customers as one Parquet file with nested columns. Each value is a hash of customer and column, so the same
 * customer is the same in every file; a tenth of the optional values are missing.
 */
export async function makePopulation({ file, customers, changed = 0 }: PopulationOptions): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "2GB" });
  const db = await instance.connect();
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const list = (values: readonly string[]): string => `[${values.map(text).join(", ")}]`;
  try {
    await db.run("CREATE MACRO u(i, k) AS ((hash(i::BIGINT, k::BIGINT) % 1000003)::DOUBLE / 1000003)");
    await db.run("CREATE MACRO pick(names, i, k) AS names[1 + floor(u(i, k) * len(names))::INT]");
    await db.run("CREATE MACRO maybe(value, i, k) AS CASE WHEN u(i, k + 500) < 0.1 THEN NULL ELSE value END");
    await db.run("CREATE MACRO money(top, i, k) AS round(u(i, k) * top, 2)");
    await db.run(`COPY (
      SELECT 'C' || lpad(i::VARCHAR, 9, '0') AS "customerId",
        'RM' || (i % 400)::VARCHAR AS "rmId",
        maybe(pick(${list(cities)}, i, 1), i, 1) AS city,
        maybe(floor(u(i, 2) * ${greatest.potential})::INT, i, 2) AS potential,
        maybe(u(i, 3) < 0.7, i, 3) AS active,
        maybe(DATE '${joined.from}' + floor(u(i, 4) * ${joined.days})::INT, i, 4) AS "joinedOn",
        maybe(money(${greatest.turnover}, CASE WHEN u(i, 99) < ${changed} THEN i + 1000000000 ELSE i END, 5), i, 5) AS turnover,
        {'total': maybe(money(${greatest["assets.total"]}, i, 6), i, 6), 'atOtherBanks': maybe(money(${greatest["assets.atOtherBanks"]}, i, 7), i, 7)} AS assets,
        maybe(list_filter(${list(productNames)}, lambda p, n: u(i, 10 + n) < 0.4), i, 8) AS products,
        list_transform(range(floor(u(i, 20) * 5)::INT), lambda h: {
          'holdingId': 'H' || h::VARCHAR,
          'type': pick(${list(holdingTypes)}, i, 30 + h),
          'balance': maybe(money(${greatest.balance}, i, 40 + h), i, 40 + h)
        }) AS holdings,
        [{'consentId': 'K1', 'purpose': 'greeting', 'status': pick(${list(consentStatuses)}, i, 60)}, {'consentId': 'K2', 'purpose': 'marketing', 'status': pick(${list(consentStatuses)}, i, 61)}] AS consents
      FROM range(${customers}) AS t(i)
    ) TO ${text(file)} (FORMAT PARQUET, ROW_GROUP_SIZE 122880)`);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
