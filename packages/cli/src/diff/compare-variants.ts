import type { Program } from "@evertend/core";
import { DiffCount, type Difference } from "./diff-count.js";
import type { DiffReason, DiffResult, PlanCount } from "./diff-result.js";
import type { ComparedAction, ComparedCustomer, PlannedVariant } from "./plan-variant.js";

/** A side with the program that planned it. */
export interface ComparedSide {
  readonly program: Program;
  readonly planned: PlannedVariant;
}

/** Compares what two sides planned for the same customers, one customer at a time. */
export async function compareVariants(before: ComparedSide, after: ComparedSide, day: { readonly asOf: string; readonly at: string }): Promise<DiffResult> {
  const groups = { rule: new DiffCount(), assignee: new DiffCount(), reason: new DiffCount() };
  const totals = { gained: { touches: 0, tasks: 0 }, lost: { touches: 0, tasks: 0 }, changed: { touches: 0, tasks: 0 } };
  const rules = { before: ruleIds(before.program), after: ruleIds(after.program) };
  for await (const [one, two] of pairs(before.planned.read(), after.planned.read())) {
    for (const { difference, ruleId, assignee, reason } of differences(one, two, rules)) {
      totals[difference.side][difference.form]++;
      groups.rule.add(ruleId, difference);
      groups.assignee.add(assignee, difference);
      groups.reason.add(reason, difference);
    }
  }
  const [a, b] = [before.planned, after.planned];
  return {
    packs: [before.program.hash, after.program.hash],
    ...day,
    totals: { customers: Math.max(a.customers, b.customers), setAside: [a.setAside, b.setAside], touches: [a.touches, b.touches], tasks: [a.tasks, b.tasks], ...totals },
    byRule: groups.rule.sorted().map(({ name, ...group }) => ({ ruleId: name, ...group })),
    byAssignee: groups.assignee.sorted().map(({ name, ...group }) => ({ assignee: name, ...group })),
    byReason: groups.reason.sorted().map(({ name, ...group }) => ({ reason: name as DiffReason, ...group })),
  };
}

function ruleIds(program: Program): ReadonlySet<string> {
  return new Set(program.rules.map((rule) => rule.id));
}

/** Merges two streams in ascending order of id. */
async function* pairs(left: AsyncGenerator<ComparedCustomer>, right: AsyncGenerator<ComparedCustomer>): AsyncGenerator<readonly [ComparedCustomer | undefined, ComparedCustomer | undefined]> {
  let [a, b] = [await left.next(), await right.next()];
  while (a.done !== true || b.done !== true) {
    const [one, two] = [a.done === true ? undefined : a.value, b.done === true ? undefined : b.value];
    const takeLeft = one !== undefined && (two === undefined || one.customerId <= two.customerId);
    const takeRight = two !== undefined && (one === undefined || two.customerId <= one.customerId);
    yield [takeLeft ? one : undefined, takeRight ? two : undefined];
    if (takeLeft) a = await left.next();
    if (takeRight) b = await right.next();
  }
}

interface Found {
  readonly difference: Difference;
  readonly ruleId: string;
  readonly assignee: string;
  readonly reason: DiffReason;
}

interface Rules {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

function* differences(before: ComparedCustomer | undefined, after: ComparedCustomer | undefined, rules: Rules): Generator<Found> {
  const [old, now] = [byIdentity(before), byIdentity(after)];
  for (const [identity, action] of now) {
    const other = old.get(identity);
    const form = formOf(action);
    if (form === undefined) continue;
    const found = (side: Difference["side"], reason: DiffReason): Found => ({ difference: { customerId: after?.customerId ?? "", side, form }, ruleId: action.ruleId, assignee: ownerOf(action, after), reason });
    if (!isSame(action, other)) yield found("gained", whyNot(action, other, before, rules.before));
    else if (action.words !== other?.words) yield found("changed", "OTHER_WORDS");
  }
  for (const [identity, action] of old) {
    const other = now.get(identity);
    const form = formOf(action);
    if (form === undefined || isSame(action, other)) continue;
    const difference: Difference = { customerId: before?.customerId ?? "", side: "lost", form };
    yield { difference, ruleId: action.ruleId, assignee: ownerOf(action, before), reason: whyNot(action, other, after, rules.after) };
  }
}

function byIdentity(customer: ComparedCustomer | undefined): ReadonlyMap<string, ComparedAction> {
  return new Map((customer?.actions ?? []).map((one) => [JSON.stringify([one.ruleId, one.subject, one.occurrence, one.action]), one] as const));
}

/** Only what is planned is gained or lost. */
function formOf({ outcome }: ComparedAction): keyof PlanCount | undefined {
  return outcome === "touch" ? "touches" : outcome === "task" ? "tasks" : undefined;
}

function isSame(action: ComparedAction, other: ComparedAction | undefined): boolean {
  return other !== undefined && action.outcome === other.outcome && action.assignee === other.assignee;
}

function ownerOf(action: ComparedAction, customer: ComparedCustomer | undefined): string {
  return action.outcome === "task" ? action.assignee : (customer?.rm ?? "");
}

/** Why the other side has no such touch or task. */
function whyNot(action: ComparedAction, other: ComparedAction | undefined, otherSide: ComparedCustomer | undefined, rules: ReadonlySet<string>): DiffReason {
  if (other) return other.outcome === action.outcome ? "OTHER_ASSIGNEE" : other.reason;
  const sameSubject = (otherSide?.actions ?? []).filter((one) => one.ruleId === action.ruleId && one.subject === action.subject);
  if (sameSubject.some((one) => one.occurrence === action.occurrence)) return "OTHER_ACTION";
  if (sameSubject.length > 0) return "OTHER_OCCURRENCE";
  return rules.has(action.ruleId) ? "RULE_SILENT" : "RULE_ABSENT";
}
