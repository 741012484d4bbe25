import { closedHours, type Bilingual, type Program, type Truth } from "@evertend/core";
import { same } from "../report-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";

const minutesOfDay = 1440;
const surely: Truth = 1;

/** Hours in which a customer may be called, and whether the customer narrowed them. */
export interface CallHours {
  /** Spans of the customer's wall clock; empty = at no time. */
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  /** A window of the customer's own (no calls at work) applies. */
  readonly narrowed: boolean;
}

/**
 * The hours that the pack's policy leaves for a call. A person who calls keeps to the quiet hours of every class that
 * are not limited to other channels, and to the windows that are surely true for the customer.
 */
export function callHours(program: Program, customer: ReportCustomer): CallHours {
  const { quietHours, windows } = program.policy;
  const quiet = quietHours.filter(({ channels }) => channels === null || channels.includes("phone"));
  const open = windows.filter(({ channels, when }) => channels.includes("phone") && customer.evaluated.evaluation.truth(when) === surely);
  const spans: { from: number; to: number }[] = [];
  for (let minute = 0; minute < minutesOfDay; minute++) {
    if (closedHours(minute, quiet, open)) continue;
    const last = spans.at(-1);
    if (last?.to === minute) last.to = minute + 1;
    else spans.push({ from: minute, to: minute + 1 });
  }
  return { spans, narrowed: open.length > 0 };
}

/** The hours in words, with the customer's time zone where it is not the bank's. */
export function callHoursText({ spans }: CallHours, zone: string | undefined): Bilingual {
  const suffix = zone === undefined ? "" : ` ${zone}`;
  if (spans.length === 0) return { "zh-CN": "不可致电", en: "no calls" };
  if (spans.length === 1 && spans[0]?.from === 0 && spans[0].to === minutesOfDay) return { "zh-CN": "规则包未限制", en: "not limited by the pack" };
  return same(spans.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(", ") + suffix);
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
