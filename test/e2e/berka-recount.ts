import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { by } from "./berka-expected.js";
import type { ExpectedBerka, ExpectedMatch } from "./berka-expected.js";

type Row = Readonly<Record<string, string>>;

/**
 * The same answers as `expectedBerka`, counted a second time in plain TypeScript over the raw files: a slip in one of the
 * two shows as a difference.
 */
export function recountBerka(dataDir: string, asOf: string): ExpectedBerka {
  const table = (name: string, delimiter = ";"): Row[] => readTable(join(dataDir, `${name}.gz`), delimiter);
  const today = dayNumber(asOf);
  const ledgerIsComplete = asOf <= "1994-03-30";
  const existed = (yymmdd: string | undefined): boolean => fromYymmdd(yymmdd ?? "") <= today;

  const accounts = new Set(table("account.asc").filter((row) => existed(row["date"])).map((row) => row["account_id"]));
  const births = new Map(table("client.asc").map((row) => [row["client_id"], row["birth_number"] ?? ""]));
  const loans = groupBy(table("loan.asc").filter((row) => existed(row["date"])), "account_id");
  const cards = groupBy(table("card.asc").filter((row) => existed(row["issued"])), "disp_id");
  const ledger = groupBy(ledgerIsComplete ? table("trans_1993-01-01_1994-03-31.asc") : [], "account_id");
  const means = new Map(table("account_aggregates_1997_1998.csv", ",").map((row) => [row["account_id"], row["avg_balance_1998"] ?? ""]));

  const matches: ExpectedMatch[] = [];
  const unknown: { customerId: string; ruleId: string }[] = [];
  const tiers: Record<string, string | null> = {};

  for (const disposition of table("disp.asc")) {
    const { client_id: customerId = "", account_id: accountId = "", disp_id: dispositionId = "", type } = disposition;
    if (!accounts.has(accountId)) continue;
    const match = (ruleId: string, subject = "", more: { occurrence?: string; until?: string } = {}): void => void matches.push({ customerId, ruleId, subject, ...more });

    for (let day = today + 1; day <= today + 7; day++) {
      if (monthAndDay(births.get(customerId) ?? "") === isoDay(day).slice(5)) match("birthday", "", { occurrence: isoDay(day), until: isoDay(day - 1) });
    }
    tiers[customerId] = null;
    if (type !== "OWNER") continue;

    for (const loan of loans.get(accountId) ?? []) {
      const id = loan["loan_id"] ?? "";
      if (loan["status"] === "D") match("loan-in-debt", id);
      const maturity = addMonths(fromYymmdd(loan["date"] ?? ""), Number(loan["duration"]));
      const step = [30, 60, 90].find((days) => today >= maturity - days && today < maturity);
      if (step !== undefined) match("loan-maturity", id, { occurrence: `${isoDay(maturity)}/${step}`, until: isoDay(step === 30 ? maturity - 1 : maturity - (step - 30) - 1) });
    }

    const rows = (ledger.get(accountId) ?? []).map((row) => ({ day: fromYymmdd(row["date"] ?? ""), cents: Math.round(Number(row["balance"]) * 100), symbol: (row["k_symbol"] ?? "").trim() }));
    const last = (days: number): typeof rows => rows.filter(({ day }) => day > today - days && day <= today);
    if (ledgerIsComplete) {
      if (last(90).some(({ cents, symbol }) => cents < 0 || symbol === "SANKC. UROK")) match("risk-watch");
      if (last(180).every(({ symbol }) => ["UROK", "SLUZBY", "SANKC. UROK"].includes(symbol))) match("dormant");
    } else unknown.push({ customerId, ruleId: "risk-watch" }, { customerId, ruleId: "dormant" });

    const recent = last(90);
    const yearly = means.get(accountId) ?? "";
    const sum = recent.reduce((total, { cents }) => total + cents, 0);
    const mean = ledgerIsComplete ? (recent.length === 0 ? undefined : sum / (100 * recent.length)) : yearly === "" ? undefined : Number(yearly);
    const own = cards.get(dispositionId) ?? [];
    const small = own.some((card) => card["type"] === "junior" || card["type"] === "classic");
    if (mean === undefined) {
      if (own.length === 0) unknown.push({ customerId, ruleId: "card-offer" });
      if (small) unknown.push({ customerId, ruleId: "gold-upgrade" });
      continue;
    }
    tiers[customerId] = mean >= 100_000 ? "platinum" : mean >= 50_000 ? "gold" : mean >= 20_000 ? "silver" : "base";
    if (own.length === 0 && mean > 50_000) match("card-offer");
    if (small && mean > 80_000) match("gold-upgrade");
  }
  return { matches: matches.sort(by((m) => [m.customerId, m.ruleId, m.subject])), tiers, unknown: unknown.sort(by((u) => [u.customerId, u.ruleId])) };
}

/** No value of these files holds its delimiter, a quote or a line break. */
function readTable(file: string, delimiter: string): Row[] {
  const [header = [], ...lines] = gunzipSync(readFileSync(file)).toString("latin1").trimEnd().split(/\r?\n/).map((line) => line.split(delimiter).map((cell) => cell.replace(/^"|"$/g, "")));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
}

function groupBy(rows: readonly Row[], key: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const value = row[key] ?? "";
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [row]);
    else group.push(row);
  }
  return groups;
}

const msADay = 86_400_000;

/** Days since 1970. */
function dayNumber(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / msADay;
}

function isoDay(day: number): string {
  return new Date(day * msADay).toISOString().slice(0, 10);
}

function fromYymmdd(text: string): number {
  return Date.UTC(1900 + Number(text.slice(0, 2)), Number(text.slice(2, 4)) - 1, Number(text.slice(4, 6))) / msADay;
}

/** The same day of the month, or its last where it has no such day. */
function addMonths(day: number, months: number): number {
  const date = new Date(day * msADay);
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  return Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), Math.min(date.getUTCDate(), lastOfMonth.getUTCDate())) / msADay;
}

/** `MM-DD` of a birth number, whose month is 50 more for women. */
function monthAndDay(birthNumber: string): string {
  const month = Number(birthNumber.slice(2, 4));
  return `${String(month > 50 ? month - 50 : month).padStart(2, "0")}-${birthNumber.slice(4, 6)}`;
}
