import type { MessageClass } from "../decision/message-class.js";
import type { Program } from "../lower/program.js";
import type { RuleProgram } from "../lower/rule-program.js";
import type { Bilingual } from "../ports/report-data.js";
import { fillText, inBothLanguages, joinTexts, sameText } from "./in-both-languages.js";
import { Sayings } from "./sayings.js";

/** Classes in words. */
export const classTexts: Readonly<Record<MessageClass, Bilingual>> = {
  mandatory: { "zh-CN": "法定告知", en: "mandatory" },
  service: { "zh-CN": "服务", en: "service" },
  greeting: { "zh-CN": "问候", en: "greeting" },
  marketing: { "zh-CN": "营销", en: "marketing" },
};

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function classes(list: readonly MessageClass[]): Bilingual {
  return joinTexts(list.map((one) => classTexts[one]), "list");
}

/** What a policy clause says, by its id as decisions carry it (`caps/marketing-week`); `""` where there is nothing to say. */
export function sayPolicyClause(program: Program, rule: RuleProgram, clause: string): Bilingual {
  const [kind = "", id = ""] = clause.split("/");
  const { policy } = program;
  switch (kind) {
    case "caps": {
      const cap = policy.caps.find((one) => one.id === id);
      if (!cap) break;
      const channels = cap.channels ? inBothLanguages((lang) => (lang === "zh-CN" ? `（${cap.channels?.join("、")}）` : ` (${cap.channels?.join(", ")})`)) : sameText("");
      return fillText({ "zh-CN": "{d} 天内最多 {m} 条{c}类消息{h}", en: "at most {m} {c} messages in {d} days{h}" }, { d: sameText(String(cap.days)), m: sameText(String(cap.max)), c: classes(cap.classes), h: channels });
    }
    case "pauses": {
      const pause = policy.pauses.find((one) => one.id === id);
      if (!pause) break;
      return fillText({ "zh-CN": "在“{w}”期间，暂停{c}类联系", en: "{c} contacts wait while {w}" }, { w: new Sayings(program, undefined).truth(pause.when), c: classes(pause.stops) });
    }
    case "quietHours":
    case "windows": {
      const hours = [...policy.quietHours, ...policy.windows].find((one) => one.id === id);
      if (!hours) break;
      const span = sameText(`${clock(hours.from)}–${clock(hours.to)}`);
      return fillText(kind === "quietHours" ? { "zh-CN": "{h} 为静默时段", en: "quiet hours {h}" } : { "zh-CN": "只在 {h} 联系", en: "only between {h}" }, { h: span });
    }
    case "consent":
      return fillText({ "zh-CN": "需要“{p}”用途的同意", en: "consent for \"{p}\" is needed" }, { p: sameText(id) });
    case "cooldown": {
      const { cooldown } = rule.policy;
      if (!cooldown) break;
      return { "zh-CN": `两次之间至少间隔 ${cooldown.days} 天，被拒绝后 ${cooldown.afterRefusal} 天`, en: `${cooldown.days} days between contacts, ${cooldown.afterRefusal} after a refusal` };
    }
    case "suitability": {
      const rules = policy.suitability.get(id);
      if (!rules) break;
      return { "zh-CN": `风险测评须在 ${rules.validMonths} 个月内，且产品风险不高于客户等级`, en: `an assessment of the last ${rules.validMonths} months, and no product above the customer's rating` };
    }
    case "holdout":
      return { "zh-CN": `对照组比例 ${Math.round((rule.policy.holdout ?? 0) * 1000) / 10}%`, en: `a control group of ${Math.round((rule.policy.holdout ?? 0) * 1000) / 10} %` };
    case "doNotContact":
      return fillText({ "zh-CN": "“请勿联系”标记停止{c}类联系", en: "a do-not-contact mark stops {c} contacts" }, { c: classes(policy.doNotContact) });
    case "roles":
      return fillText({ "zh-CN": "客户记录中没有角色“{r}”的人员", en: "the record names nobody as \"{r}\"" }, { r: sameText(id) });
    case "templates":
      return fillText({ "zh-CN": "模板 {t}", en: "template {t}" }, { t: sameText(clause.slice("templates/".length)) });
  }
  return sameText("");
}
