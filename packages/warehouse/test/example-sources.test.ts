import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSource } from "./read-source.js";
import { diagnosticsOf, temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
const root = join(import.meta.dirname, "../../..");
const berka = join(root, "../shared/data/berka");
const uci = join(root, "../shared/data/uci-bank-marketing");
for (const data of [berka, uci]) if (!existsSync(data)) console.warn(`skipped: no data at ${data}, so the example sources cannot be tried`);

const example = (name: string): string => join(root, "examples", name);
const berkaSource = (name: string, asOf: string, data = berka): ReturnType<typeof readSource> => readSource(example(`berka/${name}.sql`), { idField: "customerId", variables: { data }, asOf });

interface BerkaRecord {
  readonly account: { readonly openedOn: string };
  readonly loans: readonly { readonly grantedOn: string }[];
  readonly cards: readonly { readonly issuedOn: string }[];
  readonly ledger?: readonly { readonly date: string; readonly kSymbol: string }[];
  readonly averageBalance1998?: number;
}

describe.skipIf(!existsSync(berka))("the sources of the Berka example", () => {
  test("ledger.sql holds what existed on the day, and nothing later", async () => {
    const { records, total, variables } = await berkaSource("ledger", "1994-03-30");
    expect([total, variables]).toEqual([1489, ["data"]]);
    const values = records.map(({ json }) => JSON.parse(json) as BerkaRecord);
    const rows = values.flatMap(({ ledger = [] }) => ledger);
    const days = [...rows.map(({ date }) => date), ...values.flatMap(({ account, loans, cards }) => [account.openedOn, ...loans.map(({ grantedOn }) => grantedOn), ...cards.map(({ issuedOn }) => issuedOn)])];
    expect(days.reduce((a, b) => (a > b ? a : b))).toBe("1994-03-30");
    expect([...new Set(rows.map(({ kSymbol }) => kSymbol))].sort()).toEqual(["", "DUCHOD", "POJISTNE", "SANKC. UROK", "SIPO", "SLUZBY", "UROK", "UVER"]);
  });

  test("a record as it is", async () => {
    const { records } = await berkaSource("yearly", "1998-12-31");
    expect(records.length).toBe(5369);
    expect(JSON.parse(records.find(({ id }) => id === "2")?.json ?? "")).toEqual({
      customerId: "2",
      birthDate: "1945-02-04",
      gender: "male",
      district: { id: "1", name: "Hl.m. Praha", region: "Prague", averageSalary: 12541 },
      role: "OWNER",
      account: { accountId: "2", openedOn: "1993-02-26", frequency: "POPLATEK MESICNE" },
      loans: [{ loanId: "4959", grantedOn: "1994-01-05", amount: 80952, durationMonths: 24, payments: 3373, status: "A" }],
      cards: [],
      orders: [
        { orderId: "29402", amount: 3372.7, kSymbol: "UVER" },
        { orderId: "29403", amount: 7266, kSymbol: "SIPO" },
      ],
      averageBalance1998: 40611.3765,
    });
  });

  test("where the ledger is not complete it is absent, and so is the mean of a year that is not over", async () => {
    const later = (await berkaSource("ledger", "1994-03-31")).records.map(({ json }) => JSON.parse(json) as BerkaRecord);
    expect(later.some(({ ledger }) => ledger !== undefined)).toBe(false);
    const earlier = (await berkaSource("yearly", "1998-12-30")).records.map(({ json }) => JSON.parse(json) as BerkaRecord);
    expect(earlier.some(({ averageBalance1998 }) => averageBalance1998 !== undefined)).toBe(false);
  });

  test("a data file that is cut off or missing, and no data at all", async () => {
    const data = join(folder.path, "berka");
    mkdirSync(data);
    for (const name of readdirSync(berka)) if (name !== "order.asc.gz") symlinkSync(join(berka, name), join(data, name));
    writeFileSync(join(data, "order.asc.gz"), readFileSync(join(berka, "order.asc.gz")).subarray(0, -5000));
    expect(await diagnosticsOf(() => berkaSource("ledger", "1994-03-30", data))).toMatchObject([{ code: "SOURCE_TRUNCATED", file: join(data, "order.asc.gz") }]);
    const [missing] = await diagnosticsOf(() => berkaSource("ledger", "1994-03-30", folder.path));
    expect(missing).toMatchObject({ code: "SQL_FAILED" });
    expect(missing?.message).toContain(`${folder.path}/`);
    expect(await diagnosticsOf(() => readSource(example("berka/ledger.sql"), { idField: "customerId" }))).toMatchObject([{ code: "VARIABLE_MISSING" }]);
  });
});

interface UciRecord {
  readonly campaign?: number;
  readonly contactLog: readonly { readonly date: string; readonly channel: string; readonly outcome: string | null }[];
}

describe.skipIf(!existsSync(uci))("the source of the bank marketing example", () => {
  const read = async (asOf: string): Promise<UciRecord[]> =>
    (await readSource(example("uci-bank-marketing/contacts.sql"), { idField: "customerId", variables: { data: uci }, asOf })).records.map(({ json }) => JSON.parse(json) as UciRecord);

  test("the years found by the order of the rows fit all that is known", async () => {
    const values = await read("2010-12-31");
    const last = values.map(({ contactLog }) => contactLog.at(-1));
    expect(values.length).toBe(45_211);
    expect([last[0]?.date, last.at(-1)?.date]).toEqual(["2008-05-05", "2010-11-17"]);
    expect(last.every((entry, i) => (entry?.date ?? "") >= (last[i - 1]?.date ?? ""))).toBe(true);
    // 5,289 said yes; 36,954 were never called before; no earlier call comes before the first campaign began.
    expect(last.filter((entry) => entry?.outcome === "interested").length).toBe(5289);
    const earlier = values.flatMap(({ contactLog }) => contactLog.slice(0, -1));
    expect(earlier.length).toBe(45_211 - 36_954);
    expect(earlier.reduce((first, { date }) => (date < first ? date : first), "9")).toBe("2008-05-05");
  });

  test("nothing after the day is in it", async () => {
    const values = await read("2009-01-31");
    expect(values.length).toBe(45_211);
    expect(values.flatMap(({ contactLog }) => contactLog).every(({ date }) => date <= "2009-01-31")).toBe(true);
    expect(values.every(({ contactLog, campaign }) => campaign === undefined || contactLog.length > 0)).toBe(true);
  });
});
