import { expect, test, vi } from "vitest";
import { diagnosticsOf } from "./temporary-folder.js";

test("the driver of PostgreSQL is loaded where one is opened, and not before", async () => {
  const loaded: string[] = [];
  vi.doMock("pg", () => {
    loaded.push("pg");
    return { Client: class { constructor() { throw new Error("no database here"); } } };
  });
  vi.doMock("pg-cursor", () => {
    loaded.push("pg-cursor");
    return { default: class {} };
  });
  const { connectPostgres, openFileState } = await import("../src/index.js");
  expect(openFileState).toBeTypeOf("function");
  expect(loaded).toEqual([]);
  vi.stubEnv("EVERTEND_TEST_DRIVER", "postgres://nowhere");
  expect((await diagnosticsOf(() => connectPostgres({ env: "EVERTEND_TEST_DRIVER" }, "en"))).map(({ code }) => code)).toEqual(["DATABASE_FAILED"]);
  expect(loaded).toEqual(["pg"]);
  vi.unstubAllEnvs();
});
