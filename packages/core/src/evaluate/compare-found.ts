interface OfRule {
  readonly subject: string;
  readonly occurrence?: string;
}

/** Matches name their rule, unknowns its id. */
type Found = OfRule & ({ readonly rule: { readonly id: string } } | { readonly ruleId: string });

/** Order of matches and of unknowns: rule id, subject, occurrence. */
export function compareFound(a: Found, b: Found): number {
  const [x, y] = [ruleIdOf(a), ruleIdOf(b)];
  if (x !== y) return x < y ? -1 : 1;
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  const [p, q] = [a.occurrence ?? "", b.occurrence ?? ""];
  return p === q ? 0 : p < q ? -1 : 1;
}

function ruleIdOf(one: Found): string {
  return "rule" in one ? one.rule.id : one.ruleId;
}
