import type { LevelState } from "@evertend/core";
import { bound, call, sql, type Sql } from "./sql.js";
import { earliest, never, untilSql, type SqlValue } from "./sql-answer.js";
import type { SqlLevel, SqlTranslator } from "./sql-translator.js";

/** What the last run left behind of a level, as SQL that is NULL where it left nothing. Days are day numbers. */
export type PriorLevel = Readonly<Record<"level" | "since" | "previous" | "change" | "below", Sql>>;

/** How a level comes out, as a number: each part of it is a choice by this one. */
const fresh = 0;
const upgraded = 1;
const kept = 2;
const downgraded = 3;
const atRisk = 4;

/**
 * A level that remembers: kept while the measure reaches `keepFrom`, at risk for `graceDays` below it, then the plain
 * level. Levels are numbered from the highest, 1.
 */
export function translateLevel(state: LevelState, prior: PriorLevel, t: SqlTranslator): SqlLevel {
  const { root } = t;
  const measure = t.value(state.measure, root);
  const share = (piece: Sql): Sql => t.share(piece, root);
  const value = share(measure.sql);
  const numbers = state.levels.map((level, i) => ({ level, number: i + 1 }));
  const reaches = (line: LevelState["levels"][number]["from"]): Sql => {
    if (!line) return sql`TRUE`;
    const from = t.value(line, root);
    return from.open || from.none !== false ? sql`COALESCE(${value} >= ${from.sql}, TRUE)` : sql`${value} >= ${from.sql}`;
  };
  const cases = (list: readonly Sql[], otherwise: Sql): Sql => (list.length === 0 ? otherwise : sql`CASE ${list.reduce((all, one) => sql`${all} ${one}`)} ELSE ${otherwise} END`);
  const plain = share(sql`CASE WHEN ${value} IS NOT NULL THEN ${cases(numbers.map(({ level, number }) => sql`WHEN ${reaches(level.from)} THEN ${number}`), sql`${numbers.length}`)} END`);
  const held = share(sql`CASE ${numbers.map(({ level, number }) => sql`WHEN ${prior.level} = ${bound(level.name, "text")} THEN ${number}`).reduce((all, one) => sql`${all} ${one}`)} END`);
  const keeps = share(cases(numbers.map(({ level, number }) => sql`WHEN ${held} = ${number} THEN ${reaches(level.keepFrom ?? level.from)}`), sql`FALSE`));
  const below = share(sql`COALESCE(${prior.below}, ${t.asOf})`);
  const graceEnds = sql`(${below} + ${state.graceDays - 1})`;
  const way = share(sql`CASE WHEN ${value} IS NULL THEN NULL WHEN ${held} IS NULL THEN ${fresh} WHEN ${plain} < ${held} THEN ${upgraded} WHEN ${plain} = ${held} OR ${keeps} THEN ${kept} WHEN ${t.asOf} > ${graceEnds} THEN ${downgraded} ELSE ${atRisk} END`);
  const stays = sql`${way} IN (${kept}, ${atRisk})`;
  const name = (number: Sql): Sql => sql`CASE ${numbers.map(({ level, number: own }) => sql`WHEN ${number} = ${own} THEN ${bound(level.name, "text")}`).reduce((all, one) => sql`${all} ${one}`)} END`;
  const change = sql`CASE WHEN ${prior.change} IN ('upgraded', 'downgraded', 'none') THEN ${prior.change} END`;
  const until = t.wantsUntil ? earliest(measure.until, share(sql`CASE WHEN ${way} = ${atRisk} THEN ${graceEnds} ELSE ${never} END`)) : undefined;
  const part = (piece: Sql, type: SqlValue["type"], open = measure.open): SqlValue => ({ sql: share(piece), type, open, none: measure.none, until: until === undefined ? undefined : share(untilSql(until)), fails: measure.fails });
  return {
    level: part(sql`CASE WHEN ${stays} THEN ${name(held)} WHEN ${way} IS NOT NULL THEN ${name(plain)} END`, "text"),
    since: part(sql`CASE WHEN ${stays} THEN COALESCE(${prior.since}, ${t.asOf}) WHEN ${way} IS NOT NULL THEN ${t.asOf} END`, "day"),
    previous: part(sql`CASE WHEN ${stays} THEN ${prior.previous} WHEN ${way} IN (${upgraded}, ${downgraded}) THEN ${name(held)} END`, "text", true),
    change: part(sql`CASE WHEN ${way} = ${upgraded} THEN 'upgraded' WHEN ${way} = ${downgraded} THEN 'downgraded' WHEN ${way} = ${fresh} THEN 'none' WHEN ${stays} THEN COALESCE(${change}, 'none') END`, "text"),
    atRisk: part(sql`(${way} = ${atRisk})`, "boolean"),
    below: part(sql`CASE WHEN ${way} = ${atRisk} THEN ${below} END`, "day", true),
  };
}

/** Where no state is given, nothing was left behind. */
export function noPriorLevel(): PriorLevel {
  const text = sql`CAST(NULL AS ${call("cast", "text")})`;
  const day = sql`CAST(NULL AS ${call("cast", "day")})`;
  return { level: text, since: day, previous: text, change: text, below: day };
}
