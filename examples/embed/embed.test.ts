import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test("prints what its page says, and plans nothing twice", async () => {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const { stdout } = await run(process.execPath, ["--conditions=source", "--import", "tsx", "src/main.ts"], { cwd: here });
  const page = await import("node:fs/promises").then(({ readFile }) => readFile(new URL("README.md", import.meta.url), "utf8"));
  const printed = /^```text\n(.*?)^```$/ms.exec(page)?.[1];
  expect(stdout).toBe(printed);
  const [first = "", second = ""] = stdout.split("2026-12-01\n");
  expect(first.match(/^ {2}(touch|task) /gm)).toHaveLength(3);
  expect(second.match(/^ {2}(touch|task) /gm)).toBeNull();
});
