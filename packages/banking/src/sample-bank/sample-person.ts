import { addDays } from "./iso-date.js";
import type { Random } from "./random.js";
import { sampleBankAsOf } from "./sample-day.js";

const surnames = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"];
// Words of well-wishing, not names taken from a register: whoever bears one of them is not meant.
const givenNames = ["安然", "乐宁", "知行", "向阳", "如意", "和顺", "清和", "明朗", "若水", "长青", "怀谷", "思远", "静好", "嘉禾", "初晴", "望舒", "平川", "云舒", "星河", "春和", "景行", "有为", "慕白", "听雨", "南风", "小满", "立夏", "秋实", "冬青", "千寻"];
const occupations = ["教师", "工程师", "医生", "会计", "公务员", "企业主", "销售", "设计师", "退休", "自由职业", "管理人员", "技工"];
const employers = ["示例学校", "示例科技公司", "示例医院", "示例制造厂", "示例贸易公司", "示例设计院", "示例机关"];
const hobbies = ["太极", "摄影", "旅行", "书法", "跑步", "园艺", "音乐", "烹饪", "钓鱼", "茶"];
const interests = ["new-fund", "new-stock", "gold", "insurance", "car", "education", "travel", "retirement"];
const notes = ["只在下午方便", "听力不佳，请放慢语速", "请勿在电话中谈金额", "喜欢面谈"];

const latinNames = ["Alex", "Casey", "Jamie", "Robin", "Sam"];
const latinSurnames = ["Sample", "Example", "Placeholder", "Specimen"];

/** A name that nobody in particular bears. */
export function sampleName(random: Random): string {
  return random.pick(surnames) + random.pick(givenNames);
}

/**
 * Who the customer is. `known` says how much the bank knows: 0 = name and number only, 1 = some of it, 2 = nearly all.
 */
export function samplePerson(random: Random, id: string, index: number, known: 0 | 1 | 2): Record<string, unknown> {
  const person: Record<string, unknown> = { name: sampleName(random), kind: "individual" };
  const keep = (share: number): boolean => random.chance(known === 2 ? 1 - (1 - share) / 10 : known === 1 ? share * 0.85 : share * 0.1);
  const age = Math.min(92, Math.max(18, Math.round(18 + random.logNormal(26, 0.5))));
  const birthDate = addDays(sampleBankAsOf, -Math.round(age * 365.25) - random.between(0, 364));
  const values: readonly (readonly [share: number, name: string, value: unknown])[] = [
    [0.95, "gender", random.pick(["female", "male"])],
    [0.96, "birthDate", birthDate],
    [0.95, "phone", `+861990000${String(index % 10000).padStart(4, "0")}`],
    [0.7, "email", `${id.toLowerCase()}@example.${random.pick(["com", "cn"])}`],
    [0.93, "address", `示例市${random.pick(["东", "西", "南", "北"])}区示例路${random.between(1, 400)}号`],
    [0.95, "occupation", age >= 62 ? "退休" : random.pick(occupations)],
    [0.6, "employer", random.pick(employers)],
    [0.6, "education", random.pick(["high-school", "college", "bachelor", "master"])],
    [0.92, "maritalStatus", age < 25 ? "single" : random.pick(["married", "married", "married", "single", "divorced"])],
    [0.7, "children", age < 25 ? 0 : random.pick([0, 1, 1, 2])],
    [0.4, "hobbies", random.chance(0.5) ? [random.pick(hobbies)] : [random.pick(hobbies.slice(0, 5)), random.pick(hobbies.slice(5))]],
    [0.4, "interests", random.chance(0.7) ? [random.pick(interests)] : [random.pick(interests.slice(0, 3)), random.pick(interests.slice(3))]],
    [0.7, "digitalBanking", random.chance(age > 60 ? 0.3 : 0.8)],
  ];
  for (const [share, name, value] of values) if (keep(share)) person[name] = value;
  // Birthdays within the days that the sample is shown for, whatever the number of customers.
  if (index % 120 === 5 && known > 0) person["birthDate"] = `${1950 + (index % 55)}${addDays(sampleBankAsOf, Math.floor(index / 120) % 3).slice(4)}`;
  // The sample's day is the 11th of the eighth lunar month.
  if (index % 240 === 65 && known > 0) person["birthDateLunar"] = `08-${11 + (Math.floor(index / 240) % 3)}`;
  if (random.chance(0.04)) Object.assign(person, { language: "en", name: `${random.pick(latinNames)} ${random.pick(latinSurnames)}` });
  if (random.chance(0.03)) person["timeZone"] = random.pick(["Asia/Urumqi", "Asia/Hong_Kong", "Europe/London", "America/New_York"]);
  if (random.chance(0.06)) person["noCallsAtWork"] = true;
  if (random.chance(0.015)) person["doNotContact"] = true;
  if (random.chance(0.05)) person["attentionNote"] = random.pick(notes);
  if (random.chance(0.006)) person["bereavedOn"] = addDays(sampleBankAsOf, -random.between(5, 120));
  if (random.chance(0.006)) person["signals"] = [{ signalId: `${id}-G1`, type: "delivery.returned", date: addDays(sampleBankAsOf, -random.between(0, 40)), channel: random.pick(["letter", "email"]) }];
  return person;
}
