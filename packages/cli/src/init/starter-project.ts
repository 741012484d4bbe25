import { ignoreFile, packFile, type ProjectFiles } from "./project-files.js";
import { projectReadme } from "./project-readme.js";

/** The day of the starter's customers and cases. */
export const starterAsOf = "2026-03-02";

const both = (zh: string, en: string) => ({ "zh-CN": zh, en });
const text = (label: object, more: object = {}) => ({ type: "string", label, ...more });
const personal = { sensitivity: "personal" };

const model = {
  id: "starter", zone: "Asia/Shanghai", currency: "CNY",
  entity: {
    name: "customer", id: "customerId",
    roles: { name: "name", rm: "rm.id", locale: "language", "address.sms": "phone", "address.email": "email", contacts: "contacts", consents: "consents" },
    properties: {
      customerId: text(both("客户号", "customer id"), { maxLength: 40 }),
      name: text(both("姓名", "name"), { ...personal, maxLength: 30 }),
      language: text(both("语言", "language"), { enum: ["zh-CN", "en"] }),
      birthDate: text(both("出生日期", "birth date"), { format: "date", ...personal }),
      phone: text(both("手机号", "mobile phone"), { format: "phone", ...personal }),
      email: text(both("电子邮箱", "e-mail"), { format: "email", ...personal }),
      rm: { type: "object", properties: { id: text(both("客户经理工号", "RM id")) } },
      balance: { type: "number", scale: 2, unit: "CNY", label: both("活期余额", "current account balance") },
      deposits: {
        type: "array", id: "depositId", absent: "none", label: both("定期存款", "term deposits"),
        items: {
          type: "object",
          properties: {
            depositId: text(both("存单号", "deposit id")),
            balance: { type: "number", scale: 2, unit: "CNY", label: both("本金", "principal") },
            maturityDate: text(both("到期日", "maturity date"), { format: "date", absent: "none" }),
          },
        },
      },
      consents: {
        type: "array", absent: "none", label: both("同意记录", "consents"),
        items: { type: "object", properties: { purpose: { type: "string" }, status: { type: "string", enum: ["granted", "refused", "withdrawn"] }, channel: { type: "string" }, date: { type: "string", format: "date" } } },
      },
      contacts: {
        type: "array", absent: "none", label: both("联系记录", "contact log"),
        items: { type: "object", properties: { date: { type: "string", format: "date" }, channel: { type: "string" }, ruleId: { type: "string" }, subject: { type: "string" }, outcome: { type: "string" } } },
      },
    },
  },
};

const source = "an example: set it as your bank needs it";
const parameters = {
  maturityMinimum: { value: 10000, label: both("到期提醒的最低本金", "least principal to remind of"), unit: "CNY", minimum: 0, source },
  idleFrom: { value: 200000, label: both("闲置余额门槛", "idle balance from"), unit: "CNY", minimum: 0, source },
};

const rules = [
  {
    id: "deposit-maturity", kind: "reminder", title: both("定期存款到期", "Term deposit matures"), forEach: "deposits as deposit", date: "deposit.maturityDate",
    when: [["deposit.balance", ">=", { param: "maturityMinimum" }]],
    steps: [{ daysBefore: 30, message: "deposit-maturity", via: ["sms", "email"] }, { daysBefore: 7, task: "call-about-renewal" }],
  },
  {
    id: "birthday", kind: "occasion", title: both("生日祝福", "Birthday wishes"), date: "birthDate", feb29: "02-28",
    consent: { purpose: "greeting", unknown: { task: "ask-greeting-consent" } }, expires: "same-day",
    then: [{ message: "birthday", via: ["sms", "email"] }],
  },
  {
    id: "idle-balance", title: both("大额活期闲置", "Large balance lies idle"), repeat: "quarter",
    when: [["balance", ">=", { param: "idleFrom" }], { none: "deposits as d", where: [["d.maturityDate", "withinNextDays", 30]] }],
    then: [{ task: "talk-about-idle-balance" }],
  },
];

const mail = (subject: string, words: string) => ({ subject, text: words });
const templates = [
  {
    id: "deposit-maturity", class: "service",
    message: {
      sms: {
        "zh-CN": { text: "尊敬的{{name}}，您的定期存款{{money deposit.balance}}将于{{date deposit.maturityDate}}到期，请提前安排。" },
        en: { text: "Dear {{name}}, your term deposit of {{money deposit.balance}} matures on {{date deposit.maturityDate}}." },
      },
      email: {
        "zh-CN": mail("您的定期存款即将到期", "尊敬的{{name}}：\n\n您的定期存款{{money deposit.balance}}将于{{date deposit.maturityDate}}到期，请提前安排。"),
        en: mail("Your term deposit matures soon", "Dear {{name}},\n\nYour term deposit of {{money deposit.balance}} matures on {{date deposit.maturityDate}}."),
      },
    },
  },
  {
    id: "birthday", class: "greeting",
    message: {
      sms: { "zh-CN": { text: "尊敬的{{name}}，祝您生日快乐！" }, en: { text: "Dear {{name}}, happy birthday!" } },
      email: { "zh-CN": mail("生日快乐", "尊敬的{{name}}：\n\n祝您生日快乐！"), en: mail("Happy birthday", "Dear {{name}},\n\nHappy birthday!") },
    },
  },
  {
    id: "call-about-renewal",
    task: {
      "zh-CN": { title: "致电{{name}}：存款到期", brief: "定期存款{{money deposit.balance}}将于{{date deposit.maturityDate}}到期，请了解客户的安排。" },
      en: { title: "Call {{name}}: deposit matures", brief: "A term deposit of {{money deposit.balance}} matures on {{date deposit.maturityDate}}. Ask what the customer plans." },
    },
  },
  {
    id: "ask-greeting-consent",
    task: { "zh-CN": { title: "征询{{name}}：是否愿意收到问候", brief: "下次联系时征询客户意愿并登记。" }, en: { title: "Ask {{name}} about greetings", brief: "Ask at the next contact whether greetings are welcome, and record it." } },
  },
  {
    id: "talk-about-idle-balance",
    task: {
      "zh-CN": { title: "与{{name}}沟通闲置资金", brief: "活期余额{{money balance}}，近期没有存款到期。" },
      en: { title: "Talk with {{name}} about idle money", brief: "The current account holds {{money balance}}, and no deposit matures soon." },
    },
  },
];

const policy = {
  jurisdiction: "cn",
  consent: { greeting: { rule: "required", purpose: "greeting" }, marketing: { rule: "required", purpose: "marketing" }, service: { rule: "none" }, mandatory: { rule: "none" } },
  quietHours: [{ id: "night", classes: ["service", "greeting", "marketing"], from: "21:00", to: "08:00" }],
  slotsPerDay: { rm: 8 },
};

const deposit = (depositId: string, balance: number, maturityDate: string) => ({ depositId, balance, maturityDate });
const granted = [{ purpose: "greeting", status: "granted", date: "2025-06-01" }];
const phone = (n: number): string => `+86199000000${String(n).padStart(2, "0")}`;

// Nobody in particular; the mailboxes are of a domain that is kept free for examples.
const customers = [
  { customerId: "C001", name: "安然", language: "zh-CN", birthDate: "1984-03-02", phone: phone(1), rm: { id: "M01" }, balance: 18250.5, consents: granted },
  { customerId: "C002", name: "乐宁", language: "zh-CN", birthDate: "1962-03-02", phone: phone(2), rm: { id: "M01" }, balance: 260000, deposits: [] },
  { customerId: "C003", name: "Robin Sample", language: "en", birthDate: "1990-11-08", email: "robin@example.com", rm: { id: "M02" }, balance: 5200, deposits: [deposit("D301", 80000, "2026-03-28")] },
  { customerId: "C004", name: "向阳", language: "zh-CN", birthDate: "1975-07-19", phone: phone(4), rm: { id: "M02" }, balance: 420000, deposits: [deposit("D401", 50000, "2026-03-07")] },
  { customerId: "C005", name: "清和", language: "zh-CN", phone: phone(5), rm: { id: "M01" }, deposits: [deposit("D501", 3000, "2026-03-20")] },
  { customerId: "C006", name: "如意", language: "zh-CN", birthDate: "1958-12-30", phone: phone(6), rm: { id: "M02" }, balance: 730000.25, deposits: [deposit("D601", 200000, "2027-01-15")] },
];

const t1 = { customerId: "T1", name: "示例", phone: phone(0), rm: { id: "M01" } };
const tests = [
  {
    name: "a month before a deposit matures, a message goes out", asOf: starterAsOf, record: { ...t1, deposits: [deposit("D1", 20000, "2026-03-31")] },
    expect: {
      matches: [{ rule: "deposit-maturity", subject: "D1", occurrence: "2026-03-31/30" }],
      outcomes: [{ rule: "deposit-maturity", subject: "D1", action: "message:deposit-maturity", outcome: "touch", reason: "PLANNED" }],
      texts: [{ rule: "deposit-maturity", channel: "sms", contains: "2026年3月31日到期" }],
    },
  },
  {
    name: "a week before, the RM calls", asOf: starterAsOf, record: { ...t1, deposits: [deposit("D1", 20000, "2026-03-09")] },
    expect: { matches: [{ rule: "deposit-maturity", subject: "D1", occurrence: "2026-03-09/7" }], outcomes: [{ rule: "deposit-maturity", subject: "D1", action: "task:call-about-renewal", outcome: "task" }] },
  },
  { name: "a small deposit is left alone", asOf: starterAsOf, record: { ...t1, deposits: [deposit("D1", 9999.99, "2026-03-31")] }, expect: { none: ["deposit-maturity"] } },
  {
    name: "a birthday with consent is greeted", asOf: starterAsOf, record: { ...t1, birthDate: "1980-03-02", consents: granted },
    expect: { matches: [{ rule: "birthday", occurrence: "2026-03-02" }], outcomes: [{ rule: "birthday", action: "message:birthday", outcome: "touch" }] },
  },
  {
    name: "where nobody has asked, the RM asks first", asOf: starterAsOf, record: { ...t1, birthDate: "1980-03-02" },
    expect: { outcomes: [{ rule: "birthday", action: "message:birthday", outcome: "task", reason: "REROUTED_CONSENT_UNKNOWN" }] },
  },
  { name: "the day after a birthday there is no greeting", asOf: starterAsOf, record: { ...t1, birthDate: "1980-03-01" }, expect: { none: ["birthday"] } },
  { name: "a large balance lies idle", asOf: starterAsOf, record: { ...t1, balance: 200000 }, expect: { matches: [{ rule: "idle-balance", occurrence: "2026-Q1" }] } },
  { name: "not while a deposit matures soon", asOf: starterAsOf, record: { ...t1, balance: 200000, deposits: [deposit("D1", 1, "2026-03-10")] }, expect: { none: ["idle-balance"] } },
  { name: "an unknown balance is asked for", asOf: starterAsOf, record: t1, expect: { unknowns: [{ rule: "idle-balance", missing: ["balance"] }] } },
  { name: "parameters move the line", asOf: starterAsOf, params: { idleFrom: 300000 }, record: { ...t1, balance: 200000 }, expect: { none: ["idle-balance"] } },
];

/** The files of a starter project: three short rules, cases that pass, six customers. */
export function starterProject(): ProjectFiles {
  return {
    ".gitignore": ignoreFile,
    "README.md": projectReadme({ asOf: starterAsOf, source: "customers.ndjson", change: "idleFrom=300000", rules: rules.map(({ id, title }) => ({ id, ...title })) }),
    "customers.ndjson": customers.map((one) => `${JSON.stringify(one)}\n`).join(""),
    "evertend.json": `${JSON.stringify({ pack: "pack", source: "customers.ndjson", state: "state" }, undefined, 2)}\n`,
    "pack/model.json": packFile({ model }),
    "pack/pack.json": packFile({ pack: { id: "starter", version: "0.1.0", title: both("起步规则包", "Starter pack"), locale: "zh-CN" } }),
    "pack/parameters.json": packFile({ parameters }),
    "pack/policy.json": packFile({ policy }),
    "pack/rules.json": packFile({ rules }),
    "pack/templates.json": packFile({ templates }),
    "pack/tests/rules.json": packFile({ tests }),
  };
}
