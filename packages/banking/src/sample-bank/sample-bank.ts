import { addDays, daysBetween } from "./iso-date.js";
import { createRandom, type Random } from "./random.js";
import { sampleUnits } from "./sample-context.js";
import { sampleBankAsOf } from "./sample-day.js";
import { sampleFile } from "./sample-file.js";
import { sampleCards, sampleHoldings, sampleLoans, samplePolicies } from "./sample-holdings.js";
import { sampleName, samplePerson } from "./sample-person.js";
import { sampleRelationship } from "./sample-relationship.js";
import { sampleSignals } from "./sample-signals.js";

/** How the sample bank is made. */
export interface SampleBankOptions {
  /** Another seed gives another bank; `"evertend"` if not given. */
  readonly seed?: string;
  /** Number of customers, 5,000 if not given. */
  readonly customers?: number;
  /**
   * The day on which the bank's records are looked at, `sampleBankAsOf` if not given. On the days after it a few things
   * happen: money comes in and goes out, net values move, complaints are closed.
   */
  readonly asOf?: string;
}

/** A customer of the sample bank, in the shape of the retail pack's model. */
export type SampleCustomer = Readonly<Record<string, unknown>> & { readonly customerId: string };

const money = (value: number): number => Math.round(value * 100) / 100;

/**
 * An invented retail bank: the same options give the same customers, in ascending order of id, on every machine. As in
 * a real bank many fields are missing, and a handful of records hold something that is not valid.
 *
 * @example
 * ```ts
 * for (const customer of sampleBank({ customers: 100 })) console.log(customer.customerId);
 * ```
 */
export function* sampleBank(options: SampleBankOptions = {}): Generator<SampleCustomer> {
  const { seed = "evertend", customers = 5000, asOf = sampleBankAsOf } = options;
  const day = daysBetween(sampleBankAsOf, asOf);
  const managers = sampleManagers(createRandom(`${seed}/managers`), customers);
  const width = Math.max(6, String(customers).length);
  for (let index = 1; index <= customers; index++) {
    const customerId = `C${String(index).padStart(width, "0")}`;
    const random = createRandom(`${seed}/${customerId}`);
    // Spread over the bank, so that one manager's customers do not stand side by side.
    const manager = managers[(index * 7919) % customers];
    const record = customer(random, seed, customerId, index, day);
    yield spoil({ customerId, ...record, signals: sampleSignals(customerId, index, record), ...manager }, index);
  }
}

function customer(random: Random, seed: string, id: string, index: number, day: number): Readonly<Record<string, unknown>> {
  const known = random.chance(0.14) ? 0 : random.chance(0.5) ? 1 : 2;
  const sleeping = random.chance(0.05);
  const before = sleeping ? random.next() * 8 : random.logNormal(30000, 1.6);
  const person = samplePerson(random, id, index, known);
  const age = typeof person["birthDate"] === "string" ? daysBetween(person["birthDate"], sampleBankAsOf) / 365.25 : 40;
  const assets = before * movement(index, day, before);
  const holdings = sampleHoldings(random, id, assets, day);
  const total = money(holdings.reduce((sum, holding) => sum + Math.round((holding["balance"] as number) * 100), 0) / 100);
  const since = -random.between(20, 6500);
  const factor = random.chance(0.03) ? 1.5 + random.next() * 2 : 0.85 + random.next() * 0.3;
  const record = {
    ...person,
    customerSince: addDays(sampleBankAsOf, since),
    assets: {
      total,
      ...(since < -100 && random.chance(0.9) ? { threeMonthsAgo: money(before * factor) } : {}),
      ...(known > 0 && random.chance(0.4) ? { otherBanks: money(random.logNormal(60000, 1.4)) } : {}),
    },
    ...(random.chance(0.85) ? { activity: sampleActivity(random, sleeping, before) } : {}),
    ...(random.chance(0.7) ? { income: { interestMargin: money(total * 0.012), fees: money(total * random.next() * 0.01), serviceCost: money(80 + random.next() * 200) } } : {}),
    holdings,
    loans: sampleLoans(random, id, age),
    cards: sampleCards(random, id, total),
    policies: known === 0 ? [] : samplePolicies(random, id),
    ...sampleRelationship(random, id, known, before),
  };
  // A stream of its own: what a file holds changes nothing of the customer it belongs to.
  return sampleFile(createRandom(`${seed}/${id}/file`), id, known, record);
}

/** Money that comes in or goes out after the day of the sample; it stays so on later days. */
function movement(index: number, day: number, assets: number): number {
  const turn = index % 200;
  if (day >= 1 && turn === 17) return assets < 50000 ? 60000 / Math.max(assets, 1) : 1.6;
  if (day >= 2 && turn === 61) return assets < 500000 ? 520000 / Math.max(assets, 1) : 1.2;
  if (day >= 1 && turn === 119) return 0.5;
  return 1;
}

function sampleActivity(random: Random, sleeping: boolean, assets: number): Record<string, unknown> {
  if (sleeping) return { lastTransactionOn: addDays(sampleBankAsOf, -random.between(400, 1500)), transactionsLastYear: 0, outflowLast90Days: 0, tradesLastYear: 0 };
  return {
    lastTransactionOn: addDays(sampleBankAsOf, -random.between(0, 200)),
    transactionsLastYear: random.between(1, 200),
    outflowLast90Days: random.chance(0.06) ? money(assets * (0.3 + random.next())) : 0,
    tradesLastYear: random.chance(0.4) ? random.between(4, 40) : random.between(0, 5),
  };
}

/** One entry per customer: relationship managers with 60 to 120 customers each, in branches. */
function sampleManagers(random: Random, customers: number): Record<string, unknown>[] {
  const entries: Record<string, unknown>[] = [];
  for (let number = 1; entries.length < customers; number++) {
    const unit = sampleUnits[number % sampleUnits.length];
    const rm = {
      id: `M${String(number).padStart(3, "0")}`,
      name: sampleName(random),
      phone: `0000-5550${String(number).padStart(3, "0")}`,
      since: addDays(sampleBankAsOf, number % 19 === 4 ? -random.between(0, 1) : -random.between(60, 2500)),
    };
    const size = random.between(60, 120);
    for (let i = 0; i < size && entries.length < customers; i++) entries.push({ rm, unit });
  }
  return entries;
}

/** A few records of every bank are wrong; each of these must be set aside, and nothing else. */
function spoil(record: SampleCustomer, index: number): SampleCustomer {
  switch (index % 1000) {
    case 137:
      return { ...record, birthDate: "1988-02-30" };
    case 411:
      return { ...record, phone: "1990000" };
    case 623:
      return { ...record, email: "a@example.com, b@example.com" };
    case 868:
      return { ...record, timeZone: "Asia/Atlantis" };
    default:
      return record;
  }
}
