import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { postgresMissing, startPostgres } from "./start-postgres.js";

const missing = await postgresMissing();
if (missing !== undefined) console.warn(`startPostgres skipped: ${missing}`);

describe.skipIf(missing !== undefined)("startPostgres", () => {
  test("gives databases of their own on one server", async () => {
    const [one, two] = await Promise.all([startPostgres(), startPostgres()]);
    expect(new URL(one.url).host).toBe(new URL(two.url).host);
    await ask(one.url, "CREATE TABLE only_here (a integer)");
    expect(await ask(two.url, "SELECT to_regclass('only_here') AS found")).toEqual([{ found: null }]);
    expect(Number((await ask(one.url, "SHOW server_version_num"))[0]?.["server_version_num"])).toBeGreaterThanOrEqual(150_000);
    await one.stop();
    await two.stop();
    await expect(ask(one.url, "SELECT 1")).rejects.toThrow(/does not exist/);
  });

  test.skipIf(process.env["DATABASE_URL"] !== undefined)("leaves nothing behind when its owner is killed", async () => {
    const owner = spawn("sleep", ["60"]);
    const run = `${String(owner.pid)}.${randomUUID()}`;
    const folder = join(tmpdir(), `evertend-postgres-${run}`);
    const script = `import { startPostgres } from ${JSON.stringify(new URL("start-postgres.ts", import.meta.url).href)}; await startPostgres(); console.log("up")`;
    const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], { env: { ...process.env, EVERTEND_TEST_RUN: run }, stdio: ["ignore", "pipe", "inherit"] });
    const said = await new Promise<string>((resolve) => starter.stdout.once("data", (piece) => resolve(String(piece))));
    expect(said).toBe("up\n");
    expect(existsSync(join(folder, "data", "postmaster.pid"))).toBe(true);
    owner.kill("SIGKILL");
    for (let waited = 0; existsSync(folder) && waited < 20_000; waited += 100) await delay(100);
    expect(existsSync(folder)).toBe(false);
  }, 60_000);
});

async function ask(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return (await client.query<Record<string, unknown>>(text).finally(() => client.end())).rows;
}
