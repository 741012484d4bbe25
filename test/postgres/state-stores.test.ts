import { spawn } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import type { CustomerState } from "@evertend/core";
import { openFileState, openPostgresState, type FileStateStore } from "@evertend/warehouse";
import { Client } from "pg";
import { postgresMissing, startPostgres } from "./start-postgres.js";
import { diagnosticsOf, temporaryFolder } from "../../packages/warehouse/test/temporary-folder.js";

/** What both stores promise. */
const folder = temporaryFolder();
const missing = await postgresMissing();
if (missing !== undefined) console.warn(`state in PostgreSQL skipped: ${missing}`);
const database = missing === undefined ? await startPostgres() : undefined;
process.env["EVERTEND_TEST_STATE"] = database?.url;
afterAll(() => database?.stop());

interface Options {
  readonly asOf?: string;
  readonly basis?: string;
}
type Open = (options?: Options) => FileStateStore;
let count = 0;
const stores: readonly (readonly [string, () => Open])[] = [
  ["file", () => {
    const dir = `${folder.path}/state-${++count}`;
    return (options) => openFileState(dir, { lang: "en", ...options });
  }],
  ...(database === undefined ? [] : [["postgres", () => {
    const schema = `State "${++count}" $1`;
    return (options?: Options) => openPostgresState({ env: "EVERTEND_TEST_STATE" }, { lang: "en", schema, ...options });
  }] as const]),
];

function stateOf(customerId: string, more: Partial<CustomerState> = {}): CustomerState {
  return { customerId, asOf: "2026-03-01", lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [], ...more };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function write(open: Open, states: readonly CustomerState[], options?: Options): Promise<void> {
  const writer = await open(options).begin();
  for (const state of states) await writer.write(state);
  await writer.commit();
}

describe.each(stores)("state store: %s", (_name, create) => {
  test("starts empty", async () => {
    const store = create()();
    expect(await all(store.read())).toEqual([]);
    expect([await store.asOf(), await store.basis()]).toEqual([null, null]);
  });

  test("gives back what was written, by UTF-16 code unit, hostile texts included", async () => {
    const open = create();
    // 𠀀 is a surrogate pair (D840), before U+FF21 by code unit and after it by code point.
    const states = ["", "'; DROP TABLE x; --", "A", "a", "中", "\u{20000}", "\uFF21", "\uFFFF"].map((id) => stateOf(id, { lastFacts: { "a\u0000b": "x'\"\\\u0000\uD800", none: null, n: 0.1, yes: true }, episodes: { "rule\nsubject": "2026-02-28" } }));
    await write(open, states);
    expect(await all(open().read())).toEqual(states);
    expect(await open().asOf()).toBe("2026-03-01");
  });

  test("replaces all: rows that are not written again are gone; date and basis are told", async () => {
    const open = create();
    await write(open, [stateOf("a"), stateOf("b"), stateOf("c")]);
    await write(open, [stateOf("b", { asOf: "2026-03-02" }), stateOf("d")], { asOf: "2026-03-03", basis: "x" });
    expect((await all(open().read())).map(({ customerId, asOf }) => [customerId, asOf])).toEqual([["b", "2026-03-02"], ["d", "2026-03-01"]]);
    expect([await open().asOf(), await open().basis()]).toEqual(["2026-03-03", "x"]);
  });

  test("the schedule knows days, and keeps states as they were", async () => {
    const open = create();
    const states = [stateOf("a", { reviewOn: "2026-05-01", record: "hash" }), stateOf("b", { reviewOn: null }), stateOf("c")];
    await write(open, states);
    const store = open();
    const scheduled = await all(store.schedule());
    expect(scheduled.map(({ customerId, reviewOn, record }) => [customerId, reviewOn, record])).toEqual([["a", "2026-05-01", "hash"], ["b", null, undefined], ["c", undefined, undefined]]);
    expect(await store.load(scheduled)).toEqual(states);
    expect(await store.load(scheduled.filter(({ customerId }) => customerId !== "b"))).toEqual([states[0], states[2]]);
    const writer = await store.begin();
    await writer.write(stateOf("b", { asOf: "2026-03-02" }));
    await writer.commit("kept");
    expect(await all(open().read())).toEqual([states[0], stateOf("b", { asOf: "2026-03-02" }), states[2]]);
    expect(await open().asOf()).toBe("2026-03-02");
  });

  test("night after night of changes comes to what writing all would, in the schedule as well", async () => {
    const open = create();
    const bank = new Map<string, CustomerState>(Array.from({ length: 60 }, (_, i) => [`c${String(i * 7).padStart(4, "0")}`, stateOf(`c${String(i * 7).padStart(4, "0")}`)] as const));
    await write(open, [...bank.values()]);
    const versions = new Set([await open().hash()]);
    for (let night = 1; night <= 20; night++) {
      const asOf = `2026-03-${String(night + 1).padStart(2, "0")}`;
      // A few change each night, one is new; one night many change at once.
      const ids = [...bank.keys()].filter((_, i) => (i * 31 + night * 17) % 23 < (night === 11 ? 12 : 2));
      const changed = [...new Set([...ids, `c${String(night * 5 + 1).padStart(4, "0")}`, `d\u{20000}${night}`])].sort((a, b) => (a < b ? -1 : 1)).map((id) => stateOf(id, { asOf, record: `r${night}`, reviewOn: night % 3 === 0 ? null : asOf, ...(night % 4 === 0 ? { setAside: true } : {}) }));
      for (const one of changed) bank.set(one.customerId, one);
      const store = open({ asOf, basis: `basis ${night}` });
      const writer = await store.begin();
      for (const one of changed) await writer.write(one);
      await writer.commit("kept");
      const expected = [...bank.values()].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
      expect(await all(open().read())).toEqual(expected);
      const reader = open();
      const scheduled = await all(reader.schedule());
      expect(scheduled.map(({ customerId, record, setAside }) => [customerId, record, setAside])).toEqual(expected.map(({ customerId, record, setAside }) => [customerId, record, setAside]));
      expect(await reader.load(scheduled.filter((_, i) => i % 3 === 0))).toEqual(expected.filter((_, i) => i % 3 === 0));
      expect([await open().asOf(), await open().basis()]).toEqual([asOf, `basis ${night}`]);
      versions.add(await open().hash());
    }
    expect(versions.size).toBe(21);
    await write(open, [stateOf("only")]);
    expect(await all(open().read())).toEqual([stateOf("only")]);
  });

  test("nothing is visible before commit; abort leaves all as it was", async () => {
    const open = create();
    await write(open, [stateOf("a")]);
    const writer = await open().begin();
    await writer.write(stateOf("b"));
    expect((await all(open().read())).map(({ customerId }) => customerId)).toEqual(["a"]);
    await writer.abort();
    await writer.abort();
    expect((await all(open().read())).map(({ customerId }) => customerId)).toEqual(["a"]);
    await expect(writer.write(stateOf("c"))).rejects.toThrow("ended");
    await expect(writer.commit()).rejects.toThrow("ended");
  });

  test("out of order or twice is a mistake of the program", async () => {
    const writer = await create()().begin();
    await writer.write(stateOf("b"));
    await expect(writer.write(stateOf("a"))).rejects.toThrow("ascending order");
    await expect(writer.write(stateOf("b"))).rejects.toThrow("ascending order");
    await writer.abort();
  });

  test("one run at a time; the state may be read meanwhile, also by the run itself", async () => {
    const open = create();
    await write(open, [stateOf("a")]);
    const store = open();
    const writer = await store.begin();
    expect(await diagnosticsOf(() => open().begin())).toMatchObject([{ code: "STATE_LOCKED" }]);
    for await (const state of store.read()) await writer.write({ ...state, asOf: "2026-03-09" });
    await writer.commit();
    expect((await all(open().read())).map(({ asOf }) => asOf)).toEqual(["2026-03-09"]);
    await (await open().begin()).abort();
  });

  test("of six that begin at once at most one wins, and afterwards one can", async () => {
    const open = create();
    const begun = await Promise.allSettled(Array.from({ length: 6 }, () => open().begin()));
    const won = begun.filter((one) => one.status === "fulfilled");
    expect(won.length).toBeLessThanOrEqual(1);
    for (const one of won) await one.value.abort();
    await (await open().begin()).abort();
  });

  test("a run that read before another one committed cannot write", async () => {
    const open = create();
    await write(open, [stateOf("a")]);
    const slow = open();
    await all(slow.read());
    await write(open, [stateOf("a"), stateOf("b")]);
    expect(await diagnosticsOf(() => slow.begin())).toMatchObject([{ code: "STATE_LOCKED" }]);
  });

  test("more states than one batch; reading may stop early", async () => {
    const open = create();
    const states = Array.from({ length: 2_345 }, (_, i) => stateOf(`c${String(i).padStart(6, "0")}`));
    await write(open, states);
    for await (const { customerId } of open().read()) {
      expect(customerId).toBe("c000000");
      break;
    }
    expect(await all(open().read())).toEqual(states);
  });
});

describe.skipIf(database === undefined)("state in PostgreSQL", () => {
  async function ask(text: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: database?.url });
    await client.connect();
    return (await client.query<Record<string, unknown>>(text).finally(() => client.end())).rows;
  }
  const open = (schema: string): FileStateStore => openPostgresState({ env: "EVERTEND_TEST_STATE" }, { lang: "en", schema });

  test("only rows that differ are written", async () => {
    await write(() => open("rows"), [stateOf("a"), stateOf("b")]);
    const before = await ask("SELECT id, xmin::text FROM rows.customer_state ORDER BY id");
    await write(() => open("rows"), [stateOf("a"), stateOf("b", { asOf: "2026-03-02" })]);
    const after = await ask("SELECT id, xmin::text FROM rows.customer_state ORDER BY id");
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
  });

  test("a run that is killed leaves the old state whole and no lock", async () => {
    await write(() => open("killed"), [stateOf("a")]);
    const script = `import { openPostgresState } from "@evertend/warehouse";
      const writer = await openPostgresState({ env: "EVERTEND_TEST_STATE" }, { lang: "en", schema: "killed" }).begin();
      for (let i = 0; i < 2000; i++) await writer.write({ customerId: "k" + String(i).padStart(5, "0"), asOf: "2026-03-01", lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [] });
      console.log("written"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--conditions=source", "--import", "tsx", "--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(await diagnosticsOf(() => open("killed").begin())).toMatchObject([{ code: "STATE_LOCKED" }]);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect((await all(open("killed").read())).map(({ customerId }) => customerId)).toEqual(["a"]);
    await expect.poll(() => open("killed").begin().then((writer) => writer.abort().then(() => "free"), () => "locked"), { timeout: 10_000 }).toBe("free");
  });

  test("what is wrong with connection or state is said without its secrets and values", async () => {
    expect(await diagnosticsOf(() => all(openPostgresState({ env: "EVERTEND_TEST_NOTHING" }, { lang: "en" }).read()))).toMatchObject([{ code: "SECRET_MISSING" }]);
    const wrong = new URL(database?.url ?? "");
    wrong.password = "hunter2";
    process.env["EVERTEND_TEST_WRONG"] = wrong.href;
    const [denied] = await diagnosticsOf(() => all(openPostgresState({ env: "EVERTEND_TEST_WRONG" }, { lang: "en" }).read()));
    expect(denied).toMatchObject({ code: "DATABASE_FAILED", message: expect.stringContaining("SQLSTATE 28P01") as string });
    expect(JSON.stringify(denied)).not.toContain("hunter2");
    await write(() => open("damaged"), [stateOf("a"), stateOf("b")]);
    await ask("UPDATE damaged.customer_state SET line = '{\"secret\": 1}' WHERE id = '\\x0062'");
    const found = await diagnosticsOf(() => all(open("damaged").read()));
    expect(found).toMatchObject([{ code: "STATE_INVALID", line: 2 }]);
    expect(JSON.stringify(found)).not.toContain("secret");
    await ask("DELETE FROM damaged.customer_state WHERE id = '\\x0062'");
    expect(await diagnosticsOf(() => all(open("damaged").read()))).toMatchObject([{ code: "STATE_INVALID" }]);
    await ask("INSERT INTO damaged.migration VALUES (99)");
    expect(await diagnosticsOf(() => open("damaged").begin())).toMatchObject([{ code: "STATE_INVALID" }]);
  });
});
