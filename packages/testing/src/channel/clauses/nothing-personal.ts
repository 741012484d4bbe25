import { always } from "../clause.js";
import type { Clause } from "../clause.js";
import type { ClauseContext } from "../clause-context.js";
import { sampleAddress } from "../sample-touch.js";

export const nothingPersonal: Clause = {
  id: "nothing-personal",
  title: { "zh-CN": "日志与结果中没有个人数据和密钥", en: "No personal data and no secrets in logs and outcomes" },
  applies: always,
  async run(context) {
    const { channel, config } = context;
    const address = sampleAddress(channel, 40_417);
    const canaries = {
      "the address": address.split("@")[0] ?? address,
      "the text": "canary text 5e2b",
      "a slot": "canary-slot-5e2b",
      "the customer's id": "canary-customer-5e2b",
    };
    const said: string[] = [];
    const restore = listenToConsole(said);
    try {
      const open = await context.open();
      const touch = () =>
        context.touch({
          to: address,
          customerId: canaries["the customer's id"],
          slots: { name: canaries["a slot"] },
          parts: Object.fromEntries(channel.capabilities.parts.map((part) => [part, canaries["the text"]])),
        });
      await speak(context, open, touch(), said);
      for (const fault of context.gateway.faults.filter((name) => name !== "hang")) {
        await context.fault(fault);
        await speak(context, open, touch(), said);
      }
      await context.fault(null);
      for (const to of [`${address}\r\n`, `${address},${address}`]) {
        const bad = { ...touch(), to };
        said.push(JSON.stringify(channel.render(bad, config, "en").diagnostics), JSON.stringify(channel.render(bad, config, "zh-CN").diagnostics));
        await speak(context, open, bad, said);
      }
    } finally {
      restore();
    }
    said.push(...context.logs.map((line) => `${line.event} ${JSON.stringify(line.fields)}`));
    const all = said.join("\n");
    for (const [name, canary] of Object.entries(canaries)) context.expect(!all.includes(canary), `${name} appears in a log, a diagnostic or an outcome`);
    for (const value of Object.values(context.secrets)) context.expect(value === "" || !all.includes(value), "a secret appears in a log, a diagnostic or an outcome");
  },
};

async function speak(context: ClauseContext, open: Parameters<ClauseContext["send"]>[0], touch: ReturnType<ClauseContext["touch"]>, said: string[]): Promise<void> {
  for (const { key: _key, ...outcome } of await context.send(open, [touch])) said.push(JSON.stringify(outcome));
}

const methods = ["log", "info", "warn", "error", "debug"] as const;

/** Collects what is written to the console until the returned function is called. */
function listenToConsole(said: string[]): () => void {
  const target = globalThis.console;
  const originals = { ...target };
  const listen = (...values: readonly unknown[]): void => void said.push(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
  Object.assign(target, Object.fromEntries(methods.map((method) => [method, listen])));
  return () => void Object.assign(target, originals);
}
