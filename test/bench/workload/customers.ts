import { Draw } from "../../fuzz/draw.js";

/** An invented customer with nested assets, holdings, products and consents; optional fields are missing now and then. */
export interface Customer {
  readonly customerId: string;
  readonly [field: string]: unknown;
}

export const cities = ["Beijing", "Shanghai", "Hangzhou", "Chengdu", "Wuhan", "Xian", "Suzhou", "Ningbo"];
export const segments = ["mass", "affluent", "private"];
export const products = ["deposit", "fund", "insurance", "loan", "card", "gold", "bond", "trust"];
export const holdingTypes = ["term-deposit", "fund", "loan", "bond"];
const purposes = ["marketing", "greeting", "profiling"];

const firstDay = Date.UTC(2016, 0, 1);

/** A day of the ten years before and the one after, as ISO text. */
export function dayAt(share: number): string {
  return new Date(firstDay + Math.floor(share * 4015) * 86_400_000).toISOString().slice(0, 10);
}

const money = (draw: Draw, most: number): number => Math.round(draw.next() ** 2 * most * 100) / 100;

/** The model of the customers. */
export const model = {
  id: "bench", zone: "Asia/Shanghai",
  entity: {
    name: "customer", id: "customerId",
    properties: {
      customerId: { type: "string" }, age: { type: "integer" }, city: { type: "string" }, segment: { type: "string" }, active: { type: "boolean" }, since: { type: "string", format: "date" },
      assets: { type: "object", properties: { total: { type: "number", scale: 2 }, deposits: { type: "number", scale: 2 }, funds: { type: "number", scale: 2 }, elsewhere: { type: "number", scale: 2 } } },
      contact: { type: "object", properties: { last: { type: "string", format: "date" }, count: { type: "integer" } } },
      risk: { type: "object", properties: { rating: { type: "integer" }, assessedOn: { type: "string", format: "date" } } },
      products: { type: "array", items: { type: "string" } },
      holdings: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, type: { type: "string" }, balance: { type: "number", scale: 2 }, maturity: { type: "string", format: "date" } } } },
      consents: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, purpose: { type: "string" }, status: { type: "string" } } } },
    },
  },
};

/** The same customers everywhere: one in ten optional fields is missing. */
export function makeCustomers(count: number, seed = 7, from = 0): Customer[] {
  return Array.from({ length: count }, (_, i) => makeCustomer(from + i, new Draw(seed * 7_919 + (from + i) * 104_729)));
}

function makeCustomer(i: number, draw: Draw): Customer {
  const maybe = <T>(name: string, make: () => T): Record<string, T> => {
    const value = make();
    return draw.chance(0.1) ? {} : { [name]: value };
  };
  return {
    customerId: `C${String(i).padStart(8, "0")}`,
    ...maybe("age", () => draw.whole(18, 88)),
    ...maybe("city", () => draw.pick(cities)),
    segment: draw.pick(segments),
    ...maybe("active", () => draw.chance(0.7)),
    since: dayAt(draw.next() * 0.9),
    assets: { total: money(draw, 4e6), ...maybe("deposits", () => money(draw, 2e6)), ...maybe("funds", () => money(draw, 1e6)), ...maybe("elsewhere", () => money(draw, 3e6)) },
    contact: { ...maybe("last", () => dayAt(0.6 + draw.next() * 0.3)), count: draw.whole(0, 40) },
    risk: { ...maybe("rating", () => draw.whole(1, 5)), ...maybe("assessedOn", () => dayAt(0.5 + draw.next() * 0.4)) },
    products: products.filter(() => draw.chance(0.35)),
    holdings: draw.list(0, 4, (n) => ({ id: `H${n}`, type: draw.pick(holdingTypes), balance: money(draw, 8e5), ...maybe("maturity", () => dayAt(0.85 + draw.next() * 0.15)) })),
    consents: purposes.map((purpose, n) => ({ id: `K${n}`, purpose, status: draw.pick(["granted", "refused", "withdrawn"]) })),
  };
}
