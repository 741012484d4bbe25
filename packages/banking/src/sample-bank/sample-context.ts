import { addDays } from "./iso-date.js";
import { sampleBankAsOf } from "./sample-day.js";
import { sampleProducts } from "./sample-products.js";

/** Branches of the sample bank. */
export const sampleUnits = ["城东支行", "城西支行", "城南支行", "城北支行", "滨江支行", "大学城支行", "科技园支行", "中央支行", "湖畔支行", "新区支行", "高铁支行", "古城支行"].map((name, index) => ({
  id: `U${String(index + 1).padStart(2, "0")}`,
  name: `示例银行${name}`,
  headId: `H${String(index + 1).padStart(2, "0")}`,
}));

const events: readonly (readonly [name: string, type: string, inDays: number, units: readonly number[]])[] = [
  ["秋季财经沙龙", "salon", 10, [0, 4, 7]],
  ["客户答谢酒会", "banquet", 15, [7]],
  ["理财入门讲座", "wealth-lecture", 8, [1]],
  ["四季度行情分析", "market-lecture", 12, [6]],
  ["亲子烘焙日", "parent-child", 13, [3, 9]],
];

/** Read-only collections of the sample bank: its products, customer events and notices on products. */
export function sampleContext(): Readonly<Record<string, readonly unknown[]>> {
  return {
    products: sampleProducts,
    events: events.flatMap(([name, type, inDays, units], index) =>
      units.map((unit) => ({
        eventId: `E${index + 1}-${sampleUnits[unit]?.id}`,
        name,
        type,
        date: addDays(sampleBankAsOf, inDays),
        place: `${sampleUnits[unit]?.name}二楼`,
        unitId: sampleUnits[unit]?.id,
        ...(type === "banquet" ? { seats: 30 } : {}),
      })),
    ),
    notices: [
      { noticeId: "N1", productId: "P009", title: "示例优选两年半年度报告", date: addDays(sampleBankAsOf, -2) },
      { noticeId: "N2", productId: "P008", title: "示例优选一年开放日公告", date: addDays(sampleBankAsOf, -1) },
      { noticeId: "N3", productId: "P015", title: "示例指数基金分红公告", date: addDays(sampleBankAsOf, 1) },
    ],
  };
}
