import { checkShape } from "../language/check-shape.js";
import { actionShape } from "../language/rule-shapes.js";
import { isObject, jsonType, type Spot } from "../language/spot.js";
import type { MessageClass } from "../decision/message-class.js";
import { lowerJson } from "./lower-condition.js";
import { shift, today } from "./nodes.js";
import type { TruthNode, ValueNode } from "./node.js";
import type { ActionProgram } from "./rule-program.js";
import { resolveFact, type Scope } from "./scope.js";

/** What the rule around an action gives it. */
export interface ActionSetting {
  readonly scope: Scope;
  readonly class: MessageClass;
  readonly extra: { readonly guard?: TruthNode; readonly expires?: ValueNode };
  /** Reads a number or parameter at a spot. */
  readonly number: (json: unknown, spot: Spot) => number;
  /** Ids given so far in this rule: the same action again gets `#2`. */
  readonly ids: Map<string, number>;
  /** Days after which every action of the rule is too late, where the rule says so. */
  readonly expires: number | "same-day" | undefined;
}

/** Lowers a `then` list. */
export function lowerActions(json: unknown, spot: Spot, setting: ActionSetting): ActionProgram[] {
  if (json === undefined) return [];
  if (!Array.isArray(json)) {
    spot.report("LIST_REQUIRED", { name: "then" });
    return [];
  }
  return json.flatMap((action: unknown, i) => lowerAction(action, spot.at(i), setting));
}

function lowerAction(json: unknown, spot: Spot, setting: ActionSetting): ActionProgram[] {
  if (!isObject(json)) {
    spot.report("TYPE_MISMATCH", { name: "action", expected: "{message} | {task}", found: jsonType(json) });
    return [];
  }
  if (!checkShape(actionShape, json, spot)) return [];
  const { message, task } = json;
  if (message !== undefined && task !== undefined) spot.report("AMBIGUOUS_GROUP", { name: "message, task" });
  if (message === undefined && task === undefined) spot.report("KEY_MISSING", { name: "message" });
  if ((message === undefined) === (task === undefined)) return [];
  const type = message === undefined ? "task" : "message";
  const useless = type === "task" ? "via" : ["to", "within"].find((key) => json[key] !== undefined);
  if (useless !== undefined && json[useless] !== undefined) spot.at(useless).reportKey("UNKNOWN_KEY", { name: useless, allowed: type === "task" ? "task, to, class, unless, within, expires" : "message, via, class, unless, expires" });
  if (type === "message" && json["via"] === undefined) spot.report("KEY_MISSING", { name: "via" });
  const template = String(message ?? task);
  const count = (setting.ids.get(`${type}:${template}`) ?? 0) + 1;
  setting.ids.set(`${type}:${template}`, count);
  const expires = lowerExpiry(json, spot, setting);
  const unless = json["unless"] === "answered" ? "answered" : json["unless"] === undefined ? undefined : lowerJson(json["unless"], spot.at("unless"), setting.scope);
  return [{
    id: `${type}:${template}${count > 1 ? `#${count}` : ""}`,
    type,
    template,
    class: (json["class"] as MessageClass | undefined) ?? setting.class,
    via: type === "task" ? [] : lowerVia(json["via"], spot.at("via"), setting.scope),
    role: typeof json["to"] === "string" ? json["to"] : "rm",
    origin: spot.origin,
    ...(setting.extra.guard ? { guard: setting.extra.guard } : {}),
    ...(unless === undefined ? {} : { unless }),
    ...(expires ? { expires } : {}),
    ...(json["within"] === undefined ? {} : { dueDays: setting.number(json["within"], spot.at("within")) }),
  }];
}

function lowerExpiry(json: Readonly<Record<string, unknown>>, spot: Spot, setting: ActionSetting): ValueNode | undefined {
  if (json["expires"] !== undefined) return shift(today, setting.number(json["expires"], spot.at("expires")));
  if (setting.extra.expires) return setting.extra.expires;
  if (setting.expires === "same-day") return today;
  return setting.expires === undefined ? undefined : shift(today, setting.expires);
}

function lowerVia(json: unknown, spot: Spot, scope: Scope): readonly string[] | ValueNode {
  if (Array.isArray(json)) return json as string[];
  if (!isObject(json)) return [];
  const node = resolveFact(String(json["fact"]), spot.at("fact"), scope);
  if (node && node.type !== "list" && node.type !== "text") spot.at("fact").report("LIST_REQUIRED", { name: String(json["fact"]) });
  return node ?? [];
}
