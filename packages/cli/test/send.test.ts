import { readdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
  const channels = { sms: { signature: "[Bank] ", transport: { kind: "handoff", directory: bench.path("handoff") } } };
  bench.write("evertend.json", JSON.stringify({ pack: "pack", source: "customers.ndjson", state: "state", channels }));
});
afterEach(() => bench.remove());

const batches = (): string[] => readdirSync(bench.path("handoff")).filter((name) => name.endsWith(".ndjson"));
const send = (asOf: string): ReturnType<Bench["run"]> => bench.run(["run", "--as-of", asOf, "--out", "out", "--send"]);

test("--send hands touches over once, after state and files are in place, and says that it is not durable", async () => {
  const ended = await send("2026-03-01");
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stderr).toContain("no durable outbox");
  const [touch] = bench.lines<{ key: string; channel: string }>("out/touches.ndjson");
  expect(bench.lines("out/sent.ndjson")).toMatchObject([
    { channel: "email", outcome: "not-configured" },
    { key: touch?.key, channel: "sms", outcome: "accepted" },
  ]);
  expect(batches()).toHaveLength(1);
  expect(bench.lines(`handoff/${batches()[0]}`)).toMatchObject([{ key: touch?.key, to: "+8613800138001", text: expect.stringContaining("[Bank] Your deposit D1") as string }]);
  expect(Object.keys(bench.files("state"))).toContain("state.json");

  // The next day has nothing new for them; what was sent stays on record.
  const before = bench.lines("out/sent.ndjson").length;
  await send("2026-03-02");
  expect(batches()).toHaveLength(1);
  expect(bench.lines("out/sent.ndjson")).toHaveLength(before);
});

test("without --send nothing is handed over", async () => {
  expect(await bench.run(["run", "--as-of", "2026-03-01", "--out", "out"])).toMatchObject({ code: 0 });
  expect(Object.keys(bench.files("out"))).not.toContain("sent.ndjson");
  expect(() => batches()).toThrow();
  expect(bench.lines("out/rendered/sms.ndjson")).toMatchObject([{ parts: { text: expect.stringContaining("[Bank] ") as string } }]);
});

test("a pack on the command line leaves the project's source and state alone", async () => {
  expect(await bench.run(["run", "pack", "--as-of", "2026-03-01", "--out", "out"])).toMatchObject({ code: 2 });
  expect(await bench.plan("2026-03-01")).toMatchObject({ code: 0 });
  expect(() => bench.files("state")).toThrow();
});

test("a plugin of the project brings a channel", async () => {
  bench.write("pigeon.mjs", `export const plugin = { name: "pigeon", channels: [{
    contract: 1, id: "pigeon", label: { "zh-CN": "信鸽", en: "pigeon" },
    capabilities: { content: "free", batchSize: 1, idempotency: "none", receipts: "none", optOut: "none", sensitivity: "personal", maxCharacters: null, parts: ["text"], escape: { text: "plain" }, address: "opaque" },
    configSchema: { type: "object" },
    render: (touch) => ({ key: touch.key, to: touch.to, parts: touch.parts, segments: 1, encoding: "", diagnostics: [] }),
    open: async () => ({ send: async (batch) => batch.map(({ key }) => ({ key, outcome: "accepted", gatewayId: "loft-1" })), close: async () => undefined }),
  }] };`);
  bench.write("evertend.json", JSON.stringify({ environment: { plugins: ["./pigeon.mjs"] } }));
  expect(await bench.plan("2026-03-01")).toMatchObject({ code: 0 });
  expect(Object.keys(bench.files("out"))).toContain("rendered/pigeon.ndjson");
  bench.write("evertend.json", JSON.stringify({ environment: { plugins: ["./nowhere.mjs"] } }));
  expect(await bench.plan("2026-03-01")).toMatchObject({ code: 2 });
});

test("with an SMTP address e-mail really goes out", async () => {
  const received: { readonly to: readonly string[]; readonly text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString("utf8") });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.server.address() as AddressInfo;
    const email = { host: "127.0.0.1", port, requireTLS: false, from: { name: "Example Bank", address: "bank@example.com" }, unsubscribe: { mailto: "unsubscribe@example.com" } };
    bench.write("evertend.json", JSON.stringify({ pack: "pack", source: "customers.ndjson", state: "state", channels: { email } }));
    expect(await send("2026-03-01")).toMatchObject({ code: 0 });
    const sent = bench.lines<{ channel: string; outcome: string }>("out/sent.ndjson").map(({ channel, outcome }) => `${channel} ${outcome}`);
    expect(sent.sort()).toEqual(["email accepted", "sms not-configured"]);
    const [touch] = bench.lines<{ channel: string; to: string; key: string }>("out/touches.ndjson").filter(({ channel }) => channel === "email");
    expect(received.map(({ to }) => to)).toEqual([[touch?.to]]);
    expect(received[0]?.text).toMatch(/^From: .*bank@example\.com/m);
    // The state is kept: what went out does not go out again.
    expect(await send("2026-03-01")).toMatchObject({ code: 0 });
    expect(received).toHaveLength(1);
  } finally {
    await new Promise<void>((resolve) => server.close(resolve));
  }
});
