import { bound, call, sql, type Sql, type SqlColumn } from "./sql.js";
import { earliest, type SqlUntil } from "./sql-answer.js";
import type { SqlArrangement } from "./arrange-stages.js";
import type { RuleColumns } from "./rule-columns.js";
import type { SqlScope } from "./sql-scope.js";

/** What all rules say together; each text is the inside of a JSON list. */
export interface AnswerColumns {
  readonly matches: Sql;
  readonly unknowns: Sql;
  readonly failures: Sql;
  readonly until: SqlUntil;
}

/** Something that may fail: a rule, or a derived fact. */
export interface Failing {
  readonly id: string;
  readonly fails: Sql;
}

/** What rules say together, told in one go. */
export function answerOf(rules: readonly RuleColumns[], more: readonly Failing[] = []): AnswerColumns {
  const failing = [...rules.flatMap(({ rule, fails }) => (fails ? [{ id: rule.id, fails }] : [])), ...more];
  return {
    matches: jsonList(rules.map(({ matches }) => matches)),
    unknowns: jsonList(rules.flatMap(({ unknowns }) => unknowns ?? [])),
    failures: jsonList(failing.map(({ id, fails }) => sql`CASE WHEN ${fails} THEN ${bound(JSON.stringify(id), "text")} END`)),
    until: earliest(...rules.map(({ until }) => until)),
  };
}

/**
 * The same where a database can not hold the columns of all rules at once: the rules are told in parts, one behind the
 * other, and what each part needed is dropped behind it.
 *
 * @param arrangement how it would be without parts
 * @param limit how many columns a part may add
 * @param full with what is open, what fails and when answers turn
 */
export function answerInParts(rules: readonly RuleColumns[], more: readonly Failing[], arrangement: SqlArrangement, limit: number, scope: SqlScope, full: boolean): AnswerColumns & { readonly parts: readonly (readonly SqlColumn[])[] } {
  const parts: SqlColumn[][] = [];
  const told = partsOf(rules, arrangement, limit).map((part): AnswerColumns => {
    const columns: SqlColumn[] = [];
    const finished = (piece: Sql): Sql => {
      if (piece.parts.every((one) => typeof one === "string")) return piece;
      const named = scope.define(piece);
      columns.push(...named.parts.filter((one) => typeof one !== "string" && one.part === "column"));
      return named;
    };
    const { matches, unknowns, failures, until } = answerOf(part);
    const answer = { matches: finished(matches), unknowns: full ? finished(unknowns) : unknowns, failures: full ? finished(failures) : failures, until: typeof until === "object" ? finished(until) : until };
    parts.push(columns);
    return answer;
  });
  const joined = (texts: readonly Sql[]): Sql => jsonList(texts.map((one) => sql`NULLIF(${one}, '')`));
  return {
    matches: joined(told.map(({ matches }) => matches)),
    unknowns: joined(told.map(({ unknowns }) => unknowns)),
    failures: joined([...told.map(({ failures }) => failures), answerOf([], more).failures]),
    until: earliest(...told.map(({ until }) => until)),
    parts,
  };
}

/** Rules one behind the other, as many at a time as add no more columns than the limit. */
function partsOf(rules: readonly RuleColumns[], arrangement: SqlArrangement, limit: number): readonly (readonly RuleColumns[])[] {
  const parts: RuleColumns[][] = [[]];
  const needed = new Set<SqlColumn>();
  let added = 0;
  for (const rule of rules) {
    const { matches, unknowns, fails, until } = rule;
    const own = [matches, unknowns, fails, until].flatMap((piece) => (typeof piece === "object" ? [...arrangement.needsOf(piece)].filter((column) => !needed.has(column)) : []));
    if (added > 0 && added + own.length > limit) {
      parts.push([]);
      added = 0;
    }
    added += own.length;
    for (const column of own) needed.add(column);
    parts.at(-1)?.push(rule);
  }
  return parts;
}

/** Texts, some of them NULL, as the inside of a JSON list. */
function jsonList(entries: readonly Sql[]): Sql {
  return entries.length === 0 ? sql`''` : call("joinTexts", ...entries);
}
