import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Backend } from "./backend.js";
import { backends } from "./backends.js";
import { readCases, type ConformanceCase } from "./conformance-case.js";
import { asCorpusCases } from "./json-rules-engine-case.js";

const cases = [...readCases(fileURLToPath(new URL(".", import.meta.url))), ...asCorpusCases()];
const ran = new Map<string, number>();
const skipped = new Map<string, number>();
/** Back-ends that this machine lacks, and why. */
const away = new Map<string, string>();

function count(into: Map<string, number>, name: string): void {
  into.set(name, (into.get(name) ?? 0) + 1);
}

function check(one: ConformanceCase, answer: Answer, { answers }: Backend): void {
  if ("error" in one.expect) {
    const { error, pointer } = one.expect;
    if (!("errors" in answer)) throw new Error(`expected ${error}, found an answer: ${JSON.stringify(answer.matches)}`);
    // Exactly this code, wherever it is said, and at the place where the case says one.
    expect([...new Set(answer.errors.map(({ code }) => code))]).toEqual([error]);
    if (pointer !== undefined) expect(answer.errors.map((found) => found.pointer)).toContain(pointer);
    return;
  }
  if ("errors" in answer) throw new Error(`expected an answer, found ${JSON.stringify(answer.errors)}`);
  const { matches, unknowns, facts, ...more } = one.expect;
  if (answers === "matches") {
    const which = (list: readonly { readonly rule: string; readonly subject: string }[]): unknown => list.map(({ rule, subject }) => ({ rule, subject }));
    const fired = (list: typeof matches): unknown => list.map(({ rule, subject, occurrence }) => ({ rule, subject, occurrence }));
    expect({ matches: fired(answer.matches), unknowns: which(answer.unknowns), failures: answer.failures }).toEqual({ matches: fired(matches), unknowns: which(unknowns), failures: (more.failures ?? []).filter((id) => answer.failures.includes(id)) });
    return;
  }
  expect({ matches: answer.matches, unknowns: answer.unknowns }).toEqual({ matches, unknowns });
  for (const [id, value] of Object.entries(facts ?? {})) expect({ [id]: answer.facts[id] }).toEqual({ [id]: value });
  for (const [key, value] of Object.entries(more)) expect({ [key]: answer[key as keyof typeof more] }).toEqual({ [key]: value });
  if (more.failures === undefined) expect(answer.failures).toEqual([]);
}

describe.each(backends.map((backend) => [backend.name, backend] as const))("%s back-end", (_name, backend) => {
  beforeAll(async () => {
    const reason = await backend.skipAll?.();
    if (reason === undefined) return;
    away.set(backend.name, reason);
    console.warn(`conformance: ${backend.name} skipped as a whole: ${reason}`);
  });
  afterAll(() => backend.close?.());

  it.each(cases.map((one) => [`${one.name}: ${one.title}`, one] as const))("%s", async (_title, one) => {
    if (away.has(backend.name)) {
      count(skipped, backend.name);
      return;
    }
    const reason = backend.skip(one);
    if (reason !== undefined) {
      count(skipped, backend.name);
      console.warn(`${backend.name}: ${one.name} skipped: ${reason}`);
      return;
    }
    check(one, await backend.run(one), backend);
    count(ran, backend.name);
  });
});

describe("the corpus", () => {
  it("ran whole through every back-end", () => {
    for (const { name } of backends) {
      const [done, left] = [ran.get(name) ?? 0, skipped.get(name) ?? 0];
      console.info(`conformance: ${name} ran ${done} of ${cases.length} cases, ${left} skipped`);
      expect(done + left).toBe(cases.length);
      if (!away.has(name)) expect(done).toBeGreaterThan(cases.length / 2);
    }
  });

  it("has at least 600 cases and 25 topics of 12 or more, the smallest kinds aside", () => {
    const topics = new Map<string, number>();
    for (const { name } of cases) count(topics, name.slice(0, name.indexOf("/")));
    expect(cases.length).toBeGreaterThanOrEqual(600);
    expect([...topics.values()].filter((size) => size >= 12).length).toBeGreaterThanOrEqual(25);
  });

  it("has titles that are unique and say something", () => {
    const titles = cases.map(({ title }) => title);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
    expect(titles.filter((title) => title.length < 4)).toEqual([]);
  });
});
