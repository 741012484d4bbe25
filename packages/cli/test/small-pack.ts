/** A pack small enough to count its answers by hand. One relationship manager has room for two tasks a day. */
export const smallPack: Readonly<Record<string, unknown>> = {
  "pack.json": { pack: { id: "small", version: "1.0.0", title: { "zh-CN": "小规则包", en: "Small pack" }, locale: "en" } },
  "model.json": {
    model: {
      id: "small", zone: "Asia/Shanghai", currency: "CNY",
      entity: {
        name: "customer", id: "customerId",
        roles: { rm: "rm", "address.sms": "phone", "address.email": "email" },
        properties: {
          customerId: { type: "string", label: { "zh-CN": "客户号", en: "customer id" } },
          phone: { type: "string", format: "phone", sensitivity: "personal", label: { "zh-CN": "手机", en: "phone" } },
          email: { type: "string", format: "email", sensitivity: "personal", label: { "zh-CN": "邮箱", en: "e-mail" } },
          rm: { type: "string", label: { "zh-CN": "客户经理", en: "manager" } },
          assets: { type: "number", scale: 2, unit: "CNY", label: { "zh-CN": "资产", en: "assets" } },
          birthDate: { type: "string", format: "date", sensitivity: "personal", label: { "zh-CN": "生日", en: "birth date" } },
          deposits: {
            type: "array", id: "depositId", absent: "none", label: { "zh-CN": "存款", en: "deposits" },
            items: {
              type: "object",
              properties: {
                depositId: { type: "string", label: { "zh-CN": "存单号", en: "deposit id" } },
                maturesOn: { type: "string", format: "date", label: { "zh-CN": "到期日", en: "matures on" } },
              },
            },
          },
        },
      },
    },
  },
  "rules.json": {
    parameters: { wealthyFrom: { value: 500000, unit: "CNY", label: { "zh-CN": "高资产起点", en: "wealthy from" } } },
    facts: [{ id: "grade", kind: "bands", of: "assets", bands: [{ name: "base" }, { name: "wealthy", from: { param: "wealthyFrom" } }], label: { "zh-CN": "分层", en: "grade" } }],
    rules: [
      {
        id: "maturity", kind: "reminder", title: { "zh-CN": "存款到期", en: "Deposit matures" }, forEach: "deposits as deposit", date: "deposit.maturesOn",
        steps: [{ daysBefore: 7, message: "maturity", via: ["sms", "email"] }, { daysBefore: 1, message: "maturity", via: ["sms", "email"] }],
      },
      { id: "call-wealthy", title: { "zh-CN": "致电", en: "Call" }, when: [["grade", "=", "wealthy"]], repeat: "month", then: [{ task: "call" }] },
      { id: "invite-wealthy", title: { "zh-CN": "邀请", en: "Invite" }, when: [["grade", "=", "wealthy"]], priority: 10, repeat: "month", then: [{ task: "invite" }] },
    ],
    templates: [
      {
        id: "maturity", class: "service",
        message: {
          sms: { en: { text: "Your deposit {{deposit.depositId}} matures on {{date deposit.maturesOn}}." } },
          email: { en: { subject: "Your deposit matures", text: "On {{date deposit.maturesOn}}." } },
        },
      },
      { id: "call", task: { en: { title: "Call the customer", brief: "Assets {{money assets}}." } } },
      { id: "invite", task: { en: { title: "Invite the customer", brief: "To the autumn salon." } } },
    ],
    policy: { slotsPerDay: { rm: 2 } },
  },
};

/** Customers of the small bank. Everybody who is wealthy belongs to M1. */
export const smallBank: readonly Readonly<Record<string, unknown>>[] = [
  { customerId: "C1", phone: "+8613800138001", rm: "M1", assets: 900000, deposits: [{ depositId: "D1", maturesOn: "2026-03-08" }] },
  { customerId: "C2", rm: "M1", assets: 600000, email: "c2@example.com", deposits: [{ depositId: "D2", maturesOn: "2026-03-04" }] },
  { customerId: "C3", rm: "M1", assets: 700000 },
  { customerId: "C4", rm: "M1", assets: 499999.99, deposits: [{ depositId: "D4", maturesOn: "2026-03-03" }] },
  { customerId: "C5", rm: "M1", deposits: [{ depositId: "D5" }] },
  { customerId: "C10", rm: "M2", assets: 500000 },
];

/** One JSON object a line. */
export function ndjson(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** Customers of the small bank over and over: enough for several batches, with bad records and duplicates among them. */
export function largeBank(count: number): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: count }, (_, i) => {
    const id = `K${String(i % 97 === 5 ? i - 1 : i).padStart(5, "0")}`;
    return { ...smallBank[i % smallBank.length], customerId: i % 131 === 7 ? i : id, rm: `M${i % 40}`, ...(i % 89 === 3 ? { assets: "much" } : {}) };
  });
}
