import { formatDay, parseDay, type Bilingual, type Cell, type Program } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, textColumn } from "../customer/columns.js";
import { daysFrom, join } from "../customer/civil-words.js";
import { wordOf } from "../customer/record-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { same } from "../report-words.js";

type Action = "send" | "ask" | "none";

interface Greeting {
  readonly date: string;
  readonly id: string;
  readonly action: Action;
  readonly cells: readonly Cell[];
}

interface Row {
  readonly greetings: readonly Greeting[];
  /** What would become of a greeting at a festival. */
  readonly festival: Action;
}

const festivals: Readonly<Record<string, Bilingual>> = {
  "new-year": { "zh-CN": "元旦", en: "New Year" }, "spring-festival-eve": { "zh-CN": "除夕", en: "Spring Festival Eve" }, "spring-festival": { "zh-CN": "春节", en: "Spring Festival" },
  lantern: { "zh-CN": "元宵", en: "Lantern Festival" }, "dragon-boat": { "zh-CN": "端午", en: "Dragon Boat" }, "mid-autumn": { "zh-CN": "中秋", en: "Mid-Autumn" },
  "national-day": { "zh-CN": "国庆", en: "National Day" }, "double-ninth": { "zh-CN": "重阳", en: "Double Ninth" },
};

const actions: Readonly<Record<Action, Bilingual>> = {
  send: { "zh-CN": "问候", en: "greet" },
  ask: { "zh-CN": "先征询是否接受", en: "ask first" },
  none: { "zh-CN": "不问候", en: "no greeting" },
};

/** Who is greeted in a month, on which day, whether the customer accepts it and how (S75, S92–S94). */
export const greetingList = defineReport<Row>({
  name: "greetings",
  title: { "zh-CN": "月度问候清单与执行计划", en: "Greetings of a month" },
  answers: { "zh-CN": "这个月该问候谁、哪一天、对方是否接受、用什么方式", en: "Whom to greet this month, on which day, whether they accept it and in which way" },
  covers: ["S75", "S92", "S93", "S94"],
  per: "rm",
  row(customer) {
    const { record, day } = customer;
    const action = actionOf(customer);
    const occasions: readonly (readonly [date: string | undefined, what: Bilingual])[] = [
      [record.text("birthDate"), { "zh-CN": "生日", en: "birthday" }],
      ...record.items("anniversaries").map((one) => [one.text("date"), same(customer.masked.text(one.text("name") ?? ""))] as const),
    ];
    const greetings = occasions.flatMap(([date, what]): Greeting[] => {
      const on = date === undefined ? undefined : inMonth(date, day.month);
      if (on === undefined) return [];
      return [{ date: on, id: customer.id, action, cells: [on, ...customerCells(customer), what, actions[action], way(customer), reason(customer)] }];
    });
    return { greetings, festival: action };
  },
  open: withAllRows((rows, group) => {
    const { day } = group;
    const list = rows.flatMap(({ greetings }) => greetings).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id < b.id ? -1 : 1));
    const count = (action: Action): number => rows.filter(({ festival }) => festival === action).length;
    const days = festivalsIn(day.engine.program, day.month);
    return reportFrame(group, { "zh-CN": "月度问候清单与执行计划", en: "Greetings of a month" }, { "zh-CN": `${day.month} · 客户经理 ${group.name}`, en: `${day.month} · relationship manager ${group.name}` }, [
      figures(
        figure("greetings", "生日与纪念日", "Birthdays and anniversaries", list.length),
        figure("send", "其中可问候", "To be greeted", list.filter(({ action }) => action === "send").length),
        figure("ask", "其中先征询", "To be asked first", list.filter(({ action }) => action === "ask").length),
        figure("festivals", "本月节日", "Festivals", days.length),
      ),
      {
        kind: "table", id: "greetings", title: { "zh-CN": "生日与纪念日", en: "Birthdays and anniversaries" },
        note: { "zh-CN": "未征询过的客户先征询是否愿意接受问候及方式，再问候。2 月 29 日生日在平年按 2 月 28 日。", en: "Whoever was never asked is asked first, whether greetings are welcome and how. 29 February is 28 February in other years." },
        columns: [textColumn("date", "日期", "Day"), ...customerColumns, textColumn("what", "事由", "Occasion"), textColumn("action", "做什么", "What to do"), textColumn("way", "方式", "How"), textColumn("reason", "说明", "Remark")],
        rows: list.map(({ cells }) => cells),
      },
      {
        kind: "table", id: "festivals", title: { "zh-CN": "节日", en: "Festivals" },
        note: { "zh-CN": "按问候同意统计全部客户。", en: "All customers, by their consent to greetings." },
        columns: [textColumn("date", "日期", "Day"), textColumn("festival", "节日", "Festival"), { ...textColumn("send", "可问候", "To be greeted"), format: "integer" }, { ...textColumn("ask", "先征询", "To be asked"), format: "integer" }, { ...textColumn("none", "不问候", "No greeting"), format: "integer" }],
        rows: days.map(([date, name]) => [date, name, count("send"), count("ask"), count("none")]),
      },
    ]);
  }),
});

/** What consent, mourning and a wish for silence leave of a greeting. */
function actionOf({ record, evaluated, day }: ReportCustomer): Action {
  if (record.flag("doNotContact") || grieves(record.text("bereavedOn"), day.asOf)) return "none";
  const { rule, purpose } = day.engine.program.policy.consent.greeting;
  const status = evaluated.consents.findLast((consent) => consent.purpose === purpose)?.status;
  if (status === "refused" || status === "withdrawn") return "none";
  return rule === "required" && status !== "granted" ? "ask" : "send";
}

function grieves(on: string | undefined, asOf: string): boolean {
  return on !== undefined && daysFrom(on, asOf) <= 90;
}

function way({ record }: ReportCustomer): Cell {
  const channels = record.texts("greetingChannels");
  return channels.length === 0 ? { "zh-CN": "未说明", en: "not said" } : join(channels.map((channel) => wordOf("channel", channel)), { "zh-CN": "、", en: ", " });
}

function reason({ record, day, evaluated }: ReportCustomer): Cell {
  if (grieves(record.text("bereavedOn"), day.asOf)) return { "zh-CN": "丧亲，不祝贺", en: "bereaved, no good wishes" };
  if (record.flag("doNotContact")) return { "zh-CN": "要求不再联系", en: "asked not to be contacted" };
  const refused = evaluated.consents.findLast((consent) => consent.purpose === day.engine.program.policy.consent.greeting.purpose)?.status;
  return refused === "refused" || refused === "withdrawn" ? { "zh-CN": "不接受问候", en: "does not want greetings" } : null;
}

/** The day of a month on which a yearly day falls; 29 February is the 28th in other years. */
function inMonth(date: string, month: string): string | undefined {
  if (date.slice(5, 7) !== month.slice(5)) return undefined;
  const day = `${month}-${date.slice(8)}`;
  return parseDay(day) === undefined ? `${month}-28` : day;
}

function festivalsIn(program: Program, month: string): readonly (readonly [date: string, name: Bilingual])[] {
  const found = new Map<string, Bilingual>();
  for (const calendar of program.calendars.values()) {
    for (const [name, days] of calendar.named) {
      const words = Object.hasOwn(festivals, name) ? (festivals[name] as Bilingual) : undefined;
      if (words) for (const day of days) if (formatDay(day).startsWith(month)) found.set(`${formatDay(day)} ${name}`, words);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, name]) => [key.slice(0, 10), name]);
}
