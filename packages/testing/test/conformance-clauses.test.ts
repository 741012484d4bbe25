import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Channel } from "@evertend/core";
import { checkChannelConformance, checkClause, conformanceClauses, formatConformance, runChannelConformance } from "@evertend/testing";
import type { ClauseResult } from "@evertend/testing";
import { createMemoryChannel, memoryConfig, memorySecrets, rightSteps } from "./memory-channel.js";
import type { Steps } from "./memory-channel.js";
import { MemoryGateway } from "./memory-gateway.js";

const gateway = new MemoryGateway();
const right = createMemoryChannel(gateway);
const { capabilities, configSchema } = right;

/** Takes away what wrong channels leave behind. */
const leaks: (() => void)[] = [];
afterEach(() => leaks.splice(0).forEach((end) => end()));

function leaveTimer(): void {
  const timer = setInterval(() => undefined, 60_000);
  leaks.push(() => clearInterval(timer));
}

function leaveServer(): void {
  const server = createServer().listen(0, "127.0.0.1");
  leaks.push(() => server.close());
}

async function check(id: string, channel: Channel): Promise<ClauseResult> {
  const clause = conformanceClauses.find((candidate) => candidate.id === id);
  if (clause === undefined) throw new Error(`there is no clause ${id}`);
  return checkClause(clause, { channel, gateway, config: memoryConfig, secrets: memorySecrets, timeoutMs: 1_500 });
}

interface Wrong {
  readonly clause: string;
  readonly name: string;
  readonly steps?: Partial<Steps>;
  readonly declared?: Partial<Channel>;
  /** Part of what the kit says. */
  readonly says: string;
}

let calls = 0;
const wrongs: readonly Wrong[] = [
  { clause: "contract", name: "no touches a batch", declared: { capabilities: { ...capabilities, batchSize: 0 } }, says: "batchSize" },
  { clause: "contract", name: "a part without escape", declared: { capabilities: { ...capabilities, escape: {} } }, says: "escape" },
  { clause: "contract", name: "no Chinese label", declared: { label: { "zh-CN": "", en: "Memory" } }, says: "zh-CN" },
  { clause: "contract", name: "a keyword that nobody reads", declared: { configSchema: { ...configSchema, patternProperties: {} } }, says: "/patternProperties" },
  { clause: "contract", name: "unknown settings pass", declared: { configSchema: { ...configSchema, additionalProperties: true } }, says: "additionalProperties" },
  { clause: "contract", name: "lookup declared, not there", declared: { capabilities: { ...capabilities, idempotency: "lookup" } }, says: "no lookup" },
  { clause: "contract", name: "receipts declared, not there", declared: { capabilities: { ...capabilities, receipts: "pushed" } }, says: "no parseReceipt" },
  { clause: "render-pure", name: "counts its calls", steps: { compose: (text) => `${text} ${calls++}` }, says: "second time" },
  { clause: "render-pure", name: "reads the clock", steps: { compose: (text) => `${text} ${new Date().getFullYear()}` }, says: "clock or chance" },
  { clause: "render-pure", name: "draws lots", steps: { compose: (text) => `${text} ${Math.random() < 2 ? Math.floor(Math.random() * 1e9) : 0}` }, says: "second time" },
  { clause: "render-pure", name: "writes to the touch", steps: { render: (touch, steps) => rightSteps.render(Object.assign(touch, { to: touch.to.trim() }), steps) }, says: "threw on frozen input" },
  { clause: "render-pure", name: "changes the address", steps: { render: (touch, steps) => ({ ...rightSteps.render(touch, steps), to: "" }) }, says: "come back as they are" },
  { clause: "render-faults", name: "sends empty texts", steps: { render: (touch, steps) => ({ ...rightSteps.render(touch, steps), diagnostics: [] }) }, says: "MESSAGE_EMPTY" },
  { clause: "address-faults", name: "takes any address", steps: { addressFault: () => null }, says: "two numbers" },
  { clause: "address-faults", name: "mends addresses", steps: { addressFault: (to) => rightSteps.addressFault(to.replaceAll(" ", "")) }, says: "spaces" },
  { clause: "address-faults", name: "repeats the address", steps: { render: (touch, steps) => withMessage(rightSteps.render(touch, steps), touch.to) }, says: "repeats the address" },
  { clause: "character-limit", name: "cuts", steps: { compose: (text) => text.slice(0, 500) }, says: "was cut" },
  { clause: "segment-limits", name: "length / 160", steps: { segments: (text) => ({ encoding: "GSM-7", segments: Math.ceil(text.length / 160) }) }, says: "GSM-7: 307 units are 2 segments, expected 3" },
  { clause: "segment-limits", name: "70 in each of several", steps: { segments: (text) => ({ encoding: "UCS-2", segments: Math.ceil(text.length / 70) }) }, says: "UCS-2: 135 units are 2 segments" },
  { clause: "segment-limits", name: "splits pairs", steps: { segments: splittingPairs }, says: "surrogate pair" },
  { clause: "config-refused", name: "a schema that asks for nothing", declared: { configSchema: { type: "object", properties: {} } }, says: "unknown key: configSchema does not refuse it" },
  { clause: "config-refused", name: "opens without its settings", steps: { readToken: (config, host) => host.secret(String(config["token"])) }, says: "url missing: open accepts it" },
  { clause: "config-refused", name: "points elsewhere", steps: { readToken: () => { throw Object.assign(new Error("no"), { diagnostics: [{ pointer: "/other" }] }); } }, says: "without pointing at /url" },
  { clause: "secrets-by-reference", name: "takes literals", steps: { readToken: (config, host) => (String(config["token"]).startsWith("env:") ? host.secret(String(config["token"])) : "") }, says: "takes a literal secret" },
  { clause: "secrets-by-reference", name: "reads the environment itself", steps: { readToken: (config) => { if (!String(config["token"]).startsWith("env:")) throw new Error("literal"); return ""; } }, says: "host was not asked" },
  { clause: "secrets-by-reference", name: "repeats a literal", steps: { readToken: (config, host) => { try { return host.secret(String(config["token"])); } catch { throw new Error(`no secret ${String(config["token"])}`); } } }, says: "repeats the secret" },
  { clause: "outcomes-in-order", name: "backwards", steps: { send: async (batch, sending) => [...(await rightSteps.send(batch, sending))].reverse() }, says: "not of touch 0" },
  { clause: "outcomes-in-order", name: "one for all", steps: { send: async (batch, sending) => (await rightSteps.send(batch, sending)).slice(0, 1) }, says: "1 outcomes for 5 touches" },
  { clause: "outcomes-in-order", name: "true and false", steps: { send: async (batch) => batch.map(() => true) as never }, says: "not an object" },
  { clause: "outcomes-in-order", name: "says accepted and sends nothing", steps: { sendOne: async ({ key }) => ({ key, outcome: "accepted" }) }, says: "5 touches made 0 messages" },
  { clause: "same-key-twice", name: "sends again", steps: { sendOne: async (touch, { gateway: g, host }) => { await g.deliver({ key: touch.key, to: touch.to, text: "" }, host.signal, false); return { key: touch.key, outcome: "accepted" }; } }, says: "one key made 3 messages" },
  { clause: "partial-batch", name: "one bad, all bad", steps: { send: async (batch, sending) => (batch.some((touch) => touch.to.includes("\n")) ? batch.map(({ key }) => ({ key, outcome: "permanent", detail: "batch refused" })) : rightSteps.send(batch, sending)) }, says: "touch 0 of the batch is permanent, expected accepted" },
  { clause: "send-never-throws", name: "lets errors through", steps: { outcome: (_key, error) => { throw error; } }, says: "send rejected" },
  { clause: "gateway-faults", name: "resends what was lost", declared: { capabilities: { ...capabilities, idempotency: "none" } }, steps: { outcome: (key) => ({ key, outcome: "retryable", detail: "failed" }) }, says: '"lose" is retryable, expected unknown' },
  { clause: "gateway-faults", name: "gives up on a busy gateway", steps: { outcome: (key) => ({ key, outcome: "permanent", detail: "failed" }) }, says: '"busy" is permanent' },
  { clause: "cancel", name: "does not listen", steps: { sendOne: (touch, sending) => rightSteps.sendOne(touch, { ...sending, host: { ...sending.host, signal: new AbortController().signal } }) }, says: "something was sent" },
  { clause: "nothing-personal", name: "logs addresses", steps: { log: ({ host }, batch) => host.log("sent", { to: batch[0]?.to ?? "" }) }, says: "the address appears" },
  { clause: "nothing-personal", name: "repeats the gateway's words", steps: { outcome: (key, error) => ({ key, outcome: "permanent", detail: String(error) }) }, says: "the address appears" },
  { clause: "nothing-personal", name: "prints customers", steps: { log: (_sending, batch) => console.log(batch[0]?.customerId) }, says: "the customer's id appears" },
  { clause: "nothing-personal", name: "logs the token", steps: { log: ({ host }) => host.log("login", { with: host.secret("env:TOKEN") }) }, says: "a secret appears" },
  { clause: "close-twice", name: "cannot close again", steps: { close: async (closed) => { if (closed > 0) throw new Error("closed already"); } }, says: "closed already" },
  { clause: "nothing-left", name: "leaves a timer", steps: { opened: leaveTimer }, says: "Timeout is still open" },
  { clause: "nothing-left", name: "leaves a port open", steps: { opened: leaveServer }, says: "TCPSERVERWRAP is still open" },
];

function withMessage(rendered: ReturnType<Steps["render"]>, words: string): ReturnType<Steps["render"]> {
  return { ...rendered, diagnostics: rendered.diagnostics.map((d) => ({ ...d, message: `${d.message} ${words}` })) };
}

function splittingPairs(text: string): { readonly encoding: string; readonly segments: number } {
  const right = rightSteps.segments(text);
  return right.encoding === "GSM-7" || text.length <= 70 ? right : { encoding: "UCS-2", segments: Math.ceil(text.length / 67) };
}

describe("a right channel", () => {
  test("passes every clause", async () => {
    const report = await checkChannelConformance({ channel: right, gateway, config: memoryConfig, secrets: memorySecrets });
    expect(report.clauses.filter((clause) => clause.result !== "passed")).toEqual([]);
    expect(report.conforms).toBe(true);
    expect(formatConformance(report, "zh-CN").split("\n")).toHaveLength(conformanceClauses.length);
  });

  describe("as tests of its own", () => {
    runChannelConformance(test, { channel: right, gateway, config: async () => memoryConfig, secrets: memorySecrets });
  });
});

describe("a wrong channel is caught", () => {
  test.each(wrongs.map((wrong) => [wrong.clause, wrong.name, wrong] as const))("%s: %s", async (id, _name, { steps, declared, says }) => {
    const { result, details } = await check(id, createMemoryChannel(gateway, steps, declared));
    expect(result).toBe("failed");
    expect(details.join("\n")).toContain(says);
  });

  test("each clause has one", () => {
    expect([...new Set(wrongs.map((wrong) => wrong.clause))].sort()).toEqual(conformanceClauses.map((clause) => clause.id).sort());
  });

  test("one that never answers does not stop the kit", async () => {
    const stuck = createMemoryChannel(gateway, { send: () => new Promise(() => undefined) });
    expect((await check("outcomes-in-order", stuck)).details).toEqual([expect.stringContaining("not done within 1500 ms")]);
  });

  test("the report names what failed", async () => {
    const channel = createMemoryChannel(gateway, { compose: (text) => text.slice(0, 500) });
    const report = await checkChannelConformance({ channel, gateway, config: memoryConfig, secrets: memorySecrets });
    expect(report.conforms).toBe(false);
    expect(formatConformance(report)).toContain("FAILED  character-limit");
  });
});

describe("clauses that do not apply say why", () => {
  test.each([
    ["same-key-twice", { capabilities: { ...capabilities, idempotency: "none" } }, "ledger"],
    ["partial-batch", { capabilities: { ...capabilities, batchSize: 1 } }, "one touch"],
    ["character-limit", { capabilities: { ...capabilities, maxCharacters: null } }, "no limit"],
    ["segment-limits", { capabilities: { ...capabilities, address: "opaque" } }, "no short messages"],
    ["secrets-by-reference", { configSchema: { type: "object", additionalProperties: false, properties: { url: { type: "string" } } } }, "no secrets"],
  ] as const)("%s", async (id, declared, reason) => {
    expect(await check(id, createMemoryChannel(gateway, {}, declared))).toMatchObject({ result: "not-applicable", details: [expect.stringContaining(reason)] });
  });

  test("the test's name carries the reason", () => {
    const names: string[] = [];
    runChannelConformance((name) => names.push(name), { channel: createMemoryChannel(gateway, {}, { capabilities: { ...capabilities, maxCharacters: null } }), gateway, config: memoryConfig });
    expect(names).toHaveLength(conformanceClauses.length);
    expect(names.filter((name) => name.includes("[not applicable: the channel has no limit]"))).toHaveLength(1);
  });
});
