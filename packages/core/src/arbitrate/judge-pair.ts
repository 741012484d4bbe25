import { formatDay } from "../calendar/civil-date.js";
import { civilOf, formatInstant } from "../calendar/zone-table.js";
import type { ChannelConfig } from "../channel/channel.js";
import type { Task, Touch } from "../decision/decision.js";
import type { Item } from "../evaluate/value.js";
import { TRUE } from "../evaluate/value.js";
import { chooseChannel, usableChannels } from "../plan/choose-channel.js";
import { composeTask } from "../plan/compose-task.js";
import type { Unfilled } from "../plan/compose-touch.js";
import { composeTouch } from "../plan/compose-touch.js";
import { answered } from "../policy/answered.js";
import { consentGate, taskChannel } from "../policy/consent-gate.js";
import type { CustomerCase } from "../policy/customer-case.js";
import { readRole } from "../policy/customer-case.js";
import { earliestInstant } from "../policy/earliest-instant.js";
import { inControlGroup } from "../policy/in-control-group.js";
import { pauseGate, withoutPaused } from "../policy/pause-gate.js";
import { pickProduct } from "../policy/pick-product.js";
import { suitabilityGate } from "../policy/suitability-gate.js";
import { drop } from "../policy/verdict.js";
import type { Verdict } from "../policy/verdict.js";
import type { TemplateValues } from "../template/fill-template.js";
import type { Pair } from "./pair.js";

/** What a pair could become if allowances and limits leave it room. */
export type Passed =
  | { readonly becomes: "touch"; readonly touch: Touch; readonly product: string | undefined; /** Day number, in the bank's zone. */ readonly day: number }
  | { readonly becomes: "task"; readonly task: Task; readonly product: string | undefined }
  /** A task to ask for consent takes the action's place. */
  | { readonly becomes: "ask"; readonly task: Task; /** The consent that is missing, as a clause. */ readonly clause: string };

/** Leads one pair through the gates, in the order in which they are told about: the first that stops it is its reason. */
export function judgePair(one: CustomerCase, pair: Pair, configs: Readonly<Record<string, ChannelConfig>>): Verdict | Passed {
  const { match, action, expires } = pair;
  const { policy } = match.rule;
  if (Object.hasOwn(one.state?.keys ?? {}, pair.key)) return drop("ALREADY_PLANNED");
  if (action.unless === "answered") {
    if (answered(one.log, match.rule.id, match.subject, one.asOf)) return drop("ANSWERED");
  } else if (action.unless && one.evaluation.truth(action.unless, match) === TRUE) return drop("UNLESS");

  if (one.doNotContact && one.program.policy.doNotContact.includes(action.class)) return drop("DO_NOT_CONTACT", "doNotContact");
  const pause = pauseGate(one, action.class, expires);
  if (pause) return pause;

  const template = one.program.templates.get(action.template);
  const channels = action.type === "task" ? [taskChannel] : withoutPaused(one, action.class, usableChannels(one, action, template, match), expires);
  if ("outcome" in channels) return channels;
  const consent = consentGate(one, action.class, policy.purpose, channels);
  if (consent.allowed === null) {
    if (consent.status === "refused") return drop("CONSENT_REFUSED", consent.clause);
    return policy.unknownConsentTask === undefined ? drop("CONSENT_UNKNOWN", consent.clause) : askInstead(one, pair, policy.unknownConsentTask, consent.clause);
  }

  const product = pickProduct(one, match);
  if (product === "none") return drop("PRODUCT_NONE");
  const unsuitable = policy.suitability === undefined ? undefined : suitabilityGate(one, policy.suitability, match, product?.item);
  if (unsuitable) return unsuitable;
  if (isHeldOut(one, pair)) return drop("HOLDOUT", "holdout");

  if (action.type === "task") {
    const task = taskOf(one, pair, action.template, action.id, action.role, product?.item);
    return "outcome" in task ? task : { becomes: "task", task, product: product?.id };
  }
  const chosen = chooseChannel(one, consent.allowed);
  if (typeof chosen === "string") return drop(chosen);
  if (!template) throw new Error("a channel was chosen for a template that does not exist");
  const hours = one.program.policy;
  const earliest = earliestInstant(
    one.at,
    one.zone,
    hours.quietHours.filter((quiet) => quiet.classes.includes(action.class) && (quiet.channels === null || quiet.channels.includes(chosen.channel.id))),
    hours.windows.filter((window) => window.channels.includes(chosen.channel.id) && one.evaluation.truth(window.when) === TRUE),
  );
  if (!earliest) return drop("EXPIRED", "windows");
  if (expires !== null && (one.asOf > expires || civilOf(one.zone, earliest.instant).day > expires)) return drop("EXPIRED", earliest.clause);
  const frame = { ...identity(one, pair), class: action.class, notBefore: earliest.instant === one.at ? null : formatInstant(one.zone, earliest.instant), expiresAt: dayText(expires) };
  const config = Object.hasOwn(configs, chosen.channel.id) ? configs[chosen.channel.id] : undefined;
  const touch = composeTouch(frame, template, chosen, valuesOf(one, pair, product?.item), one.locale, one.program.pack.locale, config ?? {});
  if ("reason" in touch) return unfilled(touch, action.template);
  return { becomes: "touch", touch, product: product?.id, day: Math.max(one.asOf, civilOf(one.program.model.zone, earliest.instant).day) };
}

/** Asking is a contact too: the control group stays untouched. The answer is of use beyond the day that raised the question. */
function askInstead(one: CustomerCase, pair: Pair, template: string, clause: string): Verdict | Passed {
  if (isHeldOut(one, pair)) return drop("HOLDOUT", "holdout");
  const task = taskOf(one, pair, template, `task:${template}`, "rm", undefined);
  return "outcome" in task ? task : { becomes: "ask", task: { ...task, expiresAt: null }, clause };
}

function isHeldOut(one: CustomerCase, { match, action }: Pair): boolean {
  const share = match.rule.policy.holdout;
  return share !== undefined && action.class === "marketing" && inControlGroup(one.program.policy.holdoutKey, match.rule.id, one.customerId, share, one.sha256);
}

function taskOf(one: CustomerCase, pair: Pair, template: string, action: string, role: string, product: Item | undefined): Verdict | Task {
  const assignee = readRole(one.program, one.evaluation, role === "" ? "rm" : role);
  if (typeof assignee !== "string" || assignee === "") return drop("NO_ASSIGNEE", `roles/${role}`);
  const { expires } = pair;
  if (expires !== null && one.asOf > expires) return drop("EXPIRED");
  const { dueDays } = pair.action;
  const due = dueDays === undefined ? null : Math.min(one.asOf + dueDays, expires ?? Infinity);
  const frame = { ...identity(one, pair), action, class: pair.action.class, role: role === "" ? "rm" : role, assignee, due: dayText(due), expiresAt: dayText(expires), priority: pair.match.rule.priority };
  const task = composeTask(frame, one.program.templates.get(template), valuesOf(one, pair, product), one.program.pack.locale);
  return "reason" in task ? unfilled(task, template) : task;
}

function identity(one: CustomerCase, { match, action, key }: Pair): Pick<Touch, "key" | "customerId" | "ruleId" | "subject" | "occurrence" | "action"> {
  return { key, customerId: one.customerId, ruleId: match.rule.id, subject: match.subject, occurrence: match.occurrence, action: action.id };
}

function valuesOf(one: CustomerCase, pair: Pair, product: Item | undefined): TemplateValues {
  return { get: (name) => one.evaluation.read(name, pair.match, product) };
}

function unfilled({ reason, detail }: Unfilled, template: string): Verdict {
  return drop(reason, detail === "" ? `templates/${template}` : `templates/${template}/${detail}`);
}

function dayText(day: number | null): string | null {
  return day === null ? null : formatDay(day);
}
