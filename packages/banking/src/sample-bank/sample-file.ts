import { addDays } from "./iso-date.js";
import type { Random } from "./random.js";
import { sampleBankAsOf } from "./sample-day.js";
import { sampleName } from "./sample-person.js";

type Json = Readonly<Record<string, unknown>>;

const money = (value: number): number => Math.round(value * 100) / 100;
const from = (days: number): string => addDays(sampleBankAsOf, days);

const talk = ["询问子女教育金安排", "对利率下调有疑问", "近期准备换房", "希望了解养老规划", "对基金波动表示担心", "出差较多，月底再约", "家人身体欠佳，改日再谈", "满意上次的服务", "想比较几家银行的存款利率"];
const promises = ["发送近三年产品业绩说明", "核对上月扣费明细", "带来保险方案对比", "确认大额存单额度", "答复提前还贷手续"];
const schools = ["示例小学", "示例中学", "示例大学", "示例幼儿园"];
const employers = ["示例科技公司", "示例医院", "示例学校", "示例物流公司"];

/**
 * What a manager wrote into a customer's file over the years: family, assets elsewhere, the course of asset reviews,
 * notes of talks and what was promised. Whoever is hardly known (`known` = 0) has next to none of it.
 *
 * @param record what the bank knows otherwise
 */
export function sampleFile(random: Random, id: string, known: 0 | 1 | 2, record: Json): Json {
  const otherAssets = known > 0 && random.chance(0.35) ? otherAssetsOf(random, id) : [];
  const family = known > 0 ? familyOf(random, id, record) : [];
  const reviewed = Array.isArray(record["reviews"]) && record["reviews"].length > 0;
  return {
    ...record,
    holdings: reviewed ? (record["holdings"] as readonly Json[]).map((holding) => withReview(random, holding)) : record["holdings"],
    contactLog: contactsOf(random, record["contactLog"] as readonly Json[], known),
    ...(otherAssets.length > 0 ? { otherAssets } : {}),
    ...(family.length > 0 ? { family } : {}),
    ...(reviewed ? { reviews: reviewsOf(random, record) } : {}),
    ...(Array.isArray(record["plans"]) ? { plans: (record["plans"] as readonly Json[]).map((plan) => planOf(random, plan)) } : {}),
  };
}

/** What was bought after the last review has no balance of then. */
function withReview(random: Random, holding: Json): Json {
  const factor = 0.8 + random.next() * 0.35;
  return random.chance(0.2) ? holding : { ...holding, balanceAtReview: money((holding["balance"] as number) * factor) };
}

function otherAssetsOf(random: Random, id: string): Json[] {
  const assets: Json[] = [];
  const add = (type: string, name: string, value: number, riskLevel: number): void => {
    assets.push({
      assetId: `${id}-O${assets.length + 1}`, type, name, value: money(value), heldSince: from(-random.between(60, 3500)), riskLevel,
      ...(random.chance(0.6) ? { valueAtReview: money(value * (0.85 + random.next() * 0.3)) } : {}),
    });
  };
  if (random.chance(0.5)) add("real-estate", "示例小区住宅", random.logNormal(1_800_000, 0.5), 2);
  if (random.chance(0.6)) add("deposit", "他行定期存款", random.logNormal(80_000, 0.9), 1);
  if (random.chance(0.35)) add("stock", "他行托管股票", random.logNormal(50_000, 1), 4);
  if (random.chance(0.25)) add("wealth", "他行理财", random.logNormal(100_000, 0.8), 2);
  return assets;
}

function familyOf(random: Random, id: string, record: Json): Json[] {
  const members: Json[] = [];
  const add = (relation: string, age: number, place: string): void => {
    members.push({
      memberId: `${id}-F${members.length + 1}`, relation, name: sampleName(random), age,
      ...(random.chance(0.7) ? { schoolOrEmployer: place } : {}),
      ...(random.chance(0.6) ? { consentReference: `F-${id}-F${members.length + 1}` } : {}),
    });
  };
  const born = record["birthDate"];
  const age = typeof born === "string" ? Number(sampleBankAsOf.slice(0, 4)) - Number(born.slice(0, 4)) : 40;
  if (record["maritalStatus"] === "married" && random.chance(0.6)) add("spouse", Math.max(20, age + random.between(-5, 5)), random.pick(employers));
  const children = typeof record["children"] === "number" ? record["children"] : 0;
  for (let i = 0; i < children; i++) if (random.chance(0.6)) add("child", Math.max(0, age - 28 - random.between(0, 6)), random.pick(schools));
  return members;
}

function contactsOf(random: Random, contacts: readonly Json[], known: 0 | 1 | 2): Json[] {
  return contacts.map((contact, i) => {
    const spoken = (contact["channel"] === "phone" && contact["outcome"] === "reached") || contact["channel"] === "meeting";
    const note = spoken && random.chance(0.65) ? random.pick(talk) : contact["note"];
    const promised = i === 0 && known > 0 && spoken && random.chance(0.3);
    const promise = random.pick(promises);
    const by = from(random.between(-3, 12));
    return { ...contact, ...(note === undefined ? {} : { note }), ...(promised ? { promise, promiseBy: by } : {}) };
  });
}

/** The total at each review, back from today's by small steps: a trend, not noise. */
function reviewsOf(random: Random, record: Json): Json[] {
  let total = (record["assets"] as { readonly total: number }).total;
  return (record["reviews"] as readonly Json[]).map((review) => {
    total = money(total * (0.88 + random.next() * 0.16));
    return random.chance(0.9) ? { ...review, total } : review;
  });
}

function planOf(random: Random, plan: Json): Json {
  const steps = random.between(3, 6);
  const done = plan["status"] === "done" ? steps : random.between(0, steps - 1);
  return {
    ...plan, startedOn: from(-random.between(30, 240)), steps, stepsDone: done,
    ...(random.chance(0.5) ? { checkedByHeadOn: from(-random.between(1, 60)) } : {}),
  };
}
