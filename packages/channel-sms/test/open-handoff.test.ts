import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelHost, OpenChannel } from "@evertend/core";
import { createSmsChannel } from "@evertend/channel-sms";
import { touchWith } from "./sample-touch.js";

let directory = "";
const opened: OpenChannel[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "evertend-sms-"));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((open) => open.close()));
  await rm(directory, { recursive: true, force: true });
});

const host: ChannelHost = {
  now: () => "2026-11-24T09:00:00+08:00",
  secret: () => {
    throw new Error("no secrets");
  },
  log: () => undefined,
  signal: new AbortController().signal,
};

async function open(): Promise<OpenChannel> {
  const channel = await createSmsChannel().open({ signature: "【示例银行】", transport: { kind: "handoff", directory } }, host);
  opened.push(channel);
  return channel;
}
const files = async (): Promise<readonly string[]> => (await readdir(directory)).filter((file) => !file.startsWith(".")).sort();
const linesIn = async (): Promise<readonly string[]> => {
  const texts = await Promise.all((await files()).filter((file) => file.endsWith(".ndjson")).map((file) => readFile(join(directory, file), "utf8")));
  return texts.flatMap((text) => text.trimEnd().split("\n"));
};

describe("hand-off to the bank's SMS platform", () => {
  test("one batch, one file of lines, one flag", async () => {
    const channel = await open();
    const outcomes = await channel.send([touchWith(), touchWith({ key: "k2", class: "marketing", expiresAt: "2026-12-01" })]);
    expect(outcomes).toEqual([{ key: "k1", outcome: "accepted" }, { key: "k2", outcome: "accepted" }]);
    const [data, flag] = await files();
    expect(data).toMatch(/^sms-20261124-[0-9a-f]{16}\.ndjson$/);
    expect(flag).toBe(data?.replace("ndjson", "ok"));
    expect((await linesIn()).map((line) => JSON.parse(line))).toEqual([
      { key: "k1", to: "+8613800138000", text: "【示例银行】您的定期存款将于12月30日到期。", class: "service", segments: 1, encoding: "UCS-2", notBefore: null, expiresAt: null },
      { key: "k2", to: "+8613800138000", text: "【示例银行】您的定期存款将于12月30日到期。拒收请回复R", class: "marketing", segments: 1, encoding: "UCS-2", notBefore: null, expiresAt: "2026-12-01" },
    ]);
  });

  test("a key is handed over once, also after the platform took the batch and after a new start", async () => {
    const channel = await open();
    await channel.send([touchWith()]);
    for (const file of await files()) await rm(join(directory, file));
    expect(await channel.send([touchWith()])).toEqual([{ key: "k1", outcome: "accepted" }]);
    await channel.close();
    expect(await (await open()).send([touchWith()])).toEqual([{ key: "k1", outcome: "accepted" }]);
    expect(await files()).toEqual([]);
  });

  test("two sends at once of one key make one line", async () => {
    const channel = await open();
    await Promise.all([channel.send([touchWith()]), channel.send([touchWith(), touchWith({ key: "k2" })])]);
    expect((await linesIn()).map((line) => (JSON.parse(line) as { key: string }).key).sort()).toEqual(["k1", "k2"]);
  });

  test("a crash before the keys were recorded: the data is nobody's and is written again", async () => {
    await writeFile(join(directory, "sms-20261124-0000000000000000.ndjson"), '{"key":"k1"}\n');
    const channel = await open();
    expect(await files()).toEqual([]);
    await channel.send([touchWith()]);
    expect(await linesIn()).toHaveLength(1);
  });

  test("a crash before the flag: opening sets it, and the key counts as handed over", async () => {
    await mkdir(join(directory, ".keys"));
    await writeFile(join(directory, "sms-20261124-0000000000000000.ndjson"), '{"key":"k1"}\n');
    await writeFile(join(directory, ".keys", "sms-20261124-0000000000000000.pending"), '["k1"]');
    const channel = await open();
    expect(await files()).toEqual(["sms-20261124-0000000000000000.ndjson", "sms-20261124-0000000000000000.ok"]);
    await channel.send([touchWith()]);
    expect(await linesIn()).toHaveLength(1);
  });

  test("a folder that cannot be written to any more: try again, and then once only", async () => {
    const channel = await open();
    await channel.send([touchWith()]);
    await rm(join(directory, ".keys"), { recursive: true });
    await writeFile(join(directory, ".keys"), "in the way");
    const [failed] = await channel.send([touchWith({ key: "k2" })]);
    expect(failed).toMatchObject({ key: "k2", outcome: "retryable", detail: expect.stringContaining("ENOTDIR") });
    await rm(join(directory, ".keys"));
    await mkdir(join(directory, ".keys"));
    expect(await channel.send([touchWith({ key: "k2" })])).toEqual([{ key: "k2", outcome: "accepted" }]);
    expect((await linesIn()).filter((line) => line.includes('"k2"'))).toHaveLength(1);
  });

  test("a flag that could not be set is set later, without a second line", async () => {
    // The same keys give the same name, so another folder tells what the flag will be called.
    await (await open()).send([touchWith({ key: "probe" })]);
    const probe = (await files()).find((file) => file.endsWith(".ok")) ?? "";
    const fresh = join(directory, "second");
    const other = await createSmsChannel().open({ transport: { kind: "handoff", directory: fresh } }, host);
    opened.push(other);
    // A folder in the place of the flag's temporary file: data and keys are written, the flag is not.
    await mkdir(join(fresh, `.${probe}.tmp`));
    expect(await other.send([touchWith({ key: "probe" })])).toMatchObject([{ outcome: "retryable" }]);
    expect(await other.send([touchWith({ key: "probe" }), touchWith({ key: "next" })])).toMatchObject([{ outcome: "retryable" }, { outcome: "retryable" }]);
    await rm(join(fresh, `.${probe}.tmp`), { recursive: true, force: true });
    expect(await other.send([touchWith({ key: "probe" }), touchWith({ key: "next" })])).toMatchObject([{ outcome: "accepted" }, { outcome: "accepted" }]);
    const data = (await readdir(fresh)).filter((file) => file.endsWith(".ndjson"));
    const texts = await Promise.all(data.map((file) => readFile(join(fresh, file), "utf8")));
    expect(texts.join("").match(/"probe"/g)).toHaveLength(1);
  });

  test.each([
    ["nothing configured", {}, "/transport"],
    ["a file where the folder should be", { transport: { kind: "handoff", directory: "package.json" } }, "/transport/directory"],
  ])("%s is refused at open", async (_name, config, pointer) => {
    await expect(createSmsChannel().open(config, host)).rejects.toMatchObject({ diagnostics: [{ code: "CHANNEL_CONFIG_INVALID", pointer }] });
  });
});
