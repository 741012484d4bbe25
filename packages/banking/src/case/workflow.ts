import type { Bilingual } from "@evertend/core";

/** One step of a workflow. */
export interface WorkflowStep {
  readonly id: string;
  readonly label: Bilingual;
  /** Ids of the steps that may follow. */
  readonly next: readonly string[];
  /** Whether this step answers the customer. */
  readonly answers: boolean;
  /** Whether a case that reaches this step is closed. */
  readonly ends: boolean;
  /** Whether this step is the visit that follows the answer. */
  readonly revisits: boolean;
  /** Working days that a case may stay in this step; absent = no limit. */
  readonly within?: number;
}

/** The way of a case from its first step to an end. A case opens in the first step. */
export interface Workflow {
  readonly steps: readonly WorkflowStep[];
}

/** A step by id. */
export function stepOf({ steps }: Workflow, id: string): WorkflowStep | undefined {
  return steps.find((step) => step.id === id);
}

/** Ids of the steps that can be reached from `from` (with it), never going through one that `without` names. */
export function reachable(workflow: Workflow, from: readonly string[], without: (step: WorkflowStep) => boolean = () => false): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = stepOf(workflow, id);
    if (!step || seen.has(id) || without(step)) continue;
    seen.add(id);
    open.push(...step.next);
  }
  return seen;
}

/** Ids of the steps that no case reaches but through a step of the kind: whoever is there has been through one. */
export function behind(workflow: Workflow, through: (step: WorkflowStep) => boolean): readonly string[] {
  const first = workflow.steps[0];
  const before = reachable(workflow, first ? [first.id] : [], through);
  return workflow.steps.map((step) => step.id).filter((id) => !before.has(id));
}
