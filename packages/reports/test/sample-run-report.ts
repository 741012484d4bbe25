import type { Bilingual, ReportChart, ReportData, ReportPart, ReportTable } from "@evertend/core";

/** Both languages in one go. */
function both(zh: string, en: string): Bilingual {
  return { "zh-CN": zh, en };
}

const days = ["2026-12-01", "2026-12-02", "2026-12-03"] as const;
const dayNames = days.map((day) => both(day, day));

const rules: readonly (readonly [string, string, number])[] = [
  ["定期存款到期", "Term deposit matures", 412],
  ["定期联系（按价值矩阵）", "Regular contact by value matrix", 377],
  ["闲置存款配置基金", "Idle deposit into a fund", 298],
  ["信用卡还款提醒", "Card repayment due", 264],
  ["风险测评过期", "Risk assessment out of date", 205],
  ["理财产品到期承接", "Wealth product matures", 176],
  ["重大疾病保障缺口", "No critical-illness cover", 156],
  ["客户等级临近提升", "Close to the next tier", 143],
  ["流失预警：九十天无主动交易", "At risk: no transaction of their own in 90 days", 132],
  ["客户等级即将下调", "Tier about to be lost", 118],
  ["生日祝福", "Birthday greeting", 97],
  ["贷款到期提醒（90 / 60 / 30 天）", "Loan matures (90, 60, 30 days)", 89],
  ["亲子活动邀请", "Invitation: parent and child day", 74],
  ["大额资金异动关注", "Watch: large movement of money", 41],
];

const byRule: ReportChart = {
  kind: "chart", id: "by-rule", chart: "bar",
  title: both("各规则匹配", "Matches by rule"),
  note: both("首日匹配的客户与事项，一条规则可对一位客户匹配多次。", "On the first day. A rule may match a customer more than once, for example for each deposit."),
  categories: rules.map(([zh, en]) => both(zh, en)),
  series: [{ label: both("匹配", "Matches"), values: rules.map(([, , first]) => first) }],
};

const perDay: ReportChart = {
  kind: "chart", id: "per-day", chart: "stackedBar",
  title: both("每日触达", "Touches per day"),
  note: both("次日起，已计划的不再重复，只剩新到期的事项。", "From the second day on, what is planned already is left alone; only what is newly due remains."),
  categories: dayNames,
  series: [
    { label: both("企业微信", "WeCom"), values: [806, 97, 112] },
    { label: both("短信", "SMS"), values: [544, 88, 83] },
    { label: both("电子邮件", "E-mail"), values: [131, 12, 9] },
    { label: both("客户经理任务", "Tasks for relationship managers"), values: [612, 54, 61] },
  ],
};

const table: ReportTable = {
  kind: "table", id: "three-days",
  title: both("三日对照", "Three days side by side"),
  columns: [
    { id: "row", label: both("项目", "Item") },
    ...days.map((day) => ({ id: day, label: both(day, day), format: "integer" as const })),
  ],
  rows: [
    [both("客户", "Customers"), 5000, 5000, 5000],
    [both("匹配", "Matches"), 2582, 2611, 2640],
    [both("动作", "Actions"), 2760, 2791, 2822],
    [both("已计划，不再重复", "Already planned"), 0, 1840, 1866],
    [both("触达", "Touches"), 1481, 197, 204],
    [both("任务", "Tasks"), 612, 54, 61],
    [both("暂缓", "Held"), 301, 331, 322],
    [both("合并", "Merged"), 122, 118, 120],
    [both("丢弃", "Dropped"), 244, 251, 249],
    [both("重复计划的键", "Keys planned twice"), 0, 0, 0],
  ],
};

const reasons: ReportChart = {
  kind: "chart", id: "reasons", chart: "stackedBar",
  title: both("未触达的原因", "Why others were left in peace"),
  note: both("首日。暂缓的到期重新评估，丢弃的不再补发。", "First day. What is held is looked at again; what is dropped is not made up for."),
  categories: [
    both("当日任务名额已满", "no task slot left today"),
    both("并入同一客户的另一任务", "merged into another task for the same customer"),
    both("达到接触次数上限", "the contact cap is reached"),
    both("没有取得同意", "no consent on record"),
    both("客户风险测评缺失或已过期", "the risk assessment is missing or out of date"),
    both("冷却期内", "within the cooldown"),
    both("客户拒绝或撤回了同意", "consent was refused or withdrawn"),
    both("没有可用的联系地址", "no usable address on any of the channels"),
    both("模板所需字段缺失", "a field that the template prints is missing"),
    both("属于对照组", "in the control group"),
  ],
  series: [
    { label: both("暂缓", "Held"), values: [137, 0, 109, 0, 0, 55, 0, 0, 0, 0] },
    { label: both("合并", "Merged"), values: [0, 122, 0, 0, 0, 0, 0, 0, 0, 0] },
    { label: both("丢弃", "Dropped"), values: [0, 0, 0, 98, 61, 0, 29, 24, 18, 14] },
  ],
};

const managers: ReportTable = {
  kind: "table", id: "managers",
  title: both("客户经理工作量", "Work for relationship managers"),
  note: both("按资产排序，列出前八位。", "The eight with the most assets under care."),
  columns: [
    { id: "rm", label: both("客户经理", "Relationship manager") },
    { id: "unit", label: both("网点", "Branch") },
    { id: "customers", label: both("客户", "Customers"), format: "integer" },
    { id: "assets", label: both("管理资产（元）", "Assets (CNY)"), format: "money" },
    { id: "tasks", label: both("任务", "Tasks"), format: "integer" },
    { id: "share", label: both("名额占用", "Slots used"), format: "percent" },
    { id: "late", label: both("逾期", "Overdue"), format: "integer" },
  ],
  rows: [
    ["R-014", both("静安支行", "Jing'an"), 212, 388214500.25, 47, 0.94, 3],
    ["R-007", both("徐汇支行", "Xuhui"), 198, 341907212.8, 50, 1, 6],
    ["R-031", both("浦东支行", "Pudong"), 240, 297655018.4, 44, 0.88, null],
    ["R-022", both("静安支行", "Jing'an"), 187, 262118440, 38, 0.76, 1],
    ["R-003", both("虹口支行", "Hongkou"), 205, 219873551.07, 41, 0.82, null],
    ["R-019", both("杨浦支行", "Yangpu"), 176, 188402966.5, 29, 0.58, 2],
    ["R-026", both("长宁支行", "Changning"), 163, 151226730.9, 33, 0.66, null],
    ["R-011", both("徐汇支行", "Xuhui"), 221, 98764320.15, 36, 0.72, 4],
  ],
};

const maturing: ReportChart = {
  kind: "chart", id: "maturing", chart: "line",
  title: both("未来三十天到期", "Maturing in the next 30 days"),
  note: both("定期存款与理财产品的笔数，便于安排人手。", "Number of term deposits and wealth products, to plan who is needed when."),
  categories: Array.from({ length: 30 }, (_, i) => {
    const day = `2026-12-${String(i + 1).padStart(2, "0")}`;
    return both(day, day);
  }),
  series: [
    { label: both("定期存款", "Term deposits"), values: Array.from({ length: 30 }, (_, i) => 12 + ((i * 7) % 11) + (i % 7 === 4 ? 14 : 0) + Math.floor(i / 6)) },
    { label: both("理财产品", "Wealth products"), values: Array.from({ length: 30 }, (_, i) => 5 + ((i * 5) % 7) + (i > 20 ? 6 : 0)) },
  ],
};

const cards: ReportPart = {
  kind: "cards", id: "examples",
  title: both("示例客户", "Example customers"),
  note: both("每个理由一位，说明系统为何联系，为何不联系。", "One for each kind of answer: why somebody is contacted, and why somebody is not."),
  cards: [
    { heading: "C-000412", text: both("定期存款 30 天内到期，余额高于提醒下限。", "A term deposit matures within 30 days."), facts: [
      { label: both("到期日", "Matures"), value: "2026-12-30" }, { label: both("余额", "Balance"), value: "260,000.00" }, { label: both("渠道", "Channel"), value: both("企业微信", "WeCom") } ] },
    { heading: "C-001877", text: both("金卡等级宽限期 12 月 19 日结束，差 12,400 元。", "Gold ends on 19 December; 12,400 short."), facts: [
      { label: both("总资产", "Total assets"), value: "287,600.00" }, { label: both("任务", "Task"), value: "call-tier-at-risk" }, { label: both("客户经理", "Manager"), value: "R-014" } ] },
    { heading: "C-003305", text: both("本周营销触达已满一次，暂缓。", "Held: one marketing contact this week already."), facts: [
      { label: both("原因", "Reason"), value: "CAP_REACHED" }, { label: both("重新评估", "Looked at again"), value: "2026-12-07" } ] },
    { heading: "C-004120", text: both("风险测评于 2025 年 9 月过期，不推荐基金。", "The risk assessment ended in September 2025: no fund is proposed."), facts: [
      { label: both("原因", "Reason"), value: "SUITABILITY_UNKNOWN" }, { label: both("缺少字段", "Missing"), value: "risk.assessedAt" } ] },
  ],
};

/** A run report as a bank would see it: three days of a starter pack on 5,000 invented customers. */
export const sampleRunReport: ReportData = {
  title: both("客户关系维护运行报告", "Customer care run report"),
  subtitle: both("零售银行入门规则包 · 2026-12-01 至 2026-12-03", "Retail starter pack · 1 to 3 December 2026"),
  asOf: "2026-12-01",
  parts: [
    { kind: "figures", id: "figures", figures: [
      { id: "customers", label: both("客户", "Customers"), value: 5000, note: both("3 位因数据错误搁置", "3 set aside for bad data") },
      { id: "matches", label: both("匹配", "Matches"), value: 2582, note: both("14 条规则", "by 14 rules") },
      { id: "touches", label: both("触达", "Touches"), value: 1882, note: both("三日合计", "over three days") },
      { id: "tasks", label: both("任务", "Tasks"), value: 727, note: both("交给 24 位客户经理", "for 24 relationship managers") },
      { id: "twice", label: both("重复计划的键", "Keys planned twice"), value: 0, note: both("应为零", "must be zero") },
    ] },
    { kind: "chart", id: "funnel", chart: "funnel", title: both("从匹配到触达", "From match to touch"),
      note: both("首日。每个动作都有且只有一个结局。", "First day. Every action comes to exactly one end."),
      categories: [both("动作", "Actions"), both("尚未计划", "Not planned before"), both("政策允许", "Allowed by policy"), both("合并之后", "After merging"), both("名额之内", "Within slots and budgets"), both("已计划", "Planned")],
      series: [{ label: both("动作", "Actions"), values: [2760, 2760, 2394, 2272, 2135, 2093] }] },
    perDay,
    table,
    byRule,
    reasons,
    { kind: "chart", id: "channels", chart: "pie", title: both("渠道构成", "Share of channels"),
      note: both("三日合计的消息，不含任务。", "Messages of all three days, without tasks."),
      categories: [both("企业微信", "WeCom"), both("短信", "SMS"), both("电子邮件", "E-mail")],
      series: [{ label: both("消息", "Messages"), values: [1015, 715, 152] }] },
    managers,
    maturing,
    cards,
    { kind: "text", id: "reading", title: both("如何阅读", "How to read this"), text: both(
      "规则只在确定成立时才匹配；资料缺失时不猜测，列入“待补全”。\n\n所有数字来自同一次运行；相同输入得到逐字节相同的结果，可以复核。",
      "A rule matches only when it is surely true; where data is missing nothing is guessed, the gap is reported instead.\n\nAll numbers come from one run. The same input gives the same bytes, so every line can be checked again.") },
  ],
  footer: both("规则包 retail-starter 1.0.0 · 摘要 3f9ac1d07e52 · 引擎 0.1.0 · 全部客户均为虚构", "Pack retail-starter 1.0.0 · hash 3f9ac1d07e52 · engine 0.1.0 · all customers are invented"),
};
