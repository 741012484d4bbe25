import { createHash } from "node:crypto";
import type { ChannelHost, OpenChannel, Rendered, SendOutcome, Touch } from "@evertend/core";
import { DiagnosticError, Findings } from "@evertend/core";
import { HandoffLedger } from "./handoff-ledger.js";
import { smsText } from "./sms-texts.js";
import { writeWhole } from "./write-whole.js";

/**
 * Hands messages over to the bank's own SMS platform as files.
 *
 * One `send` writes one `sms-<date>-<hash>.ndjson` (one message a line) and then `sms-<date>-<hash>.ok`. The platform takes
 * a batch when it sees the flag, and may move or delete both. Keys handed over stay in `.keys/`, so that a key sent
 * twice, also after a crash or a new start, makes one line. One process at a time writes into a folder.
 *
 * @throws DiagnosticError with CHANNEL_CONFIG_INVALID where no folder is configured or it cannot be written to.
 */
export async function openHandoff(directory: string | null, render: (touch: Touch) => Rendered, host: ChannelHost): Promise<OpenChannel> {
  if (directory === null) throw refused("/transport", smsText("required", "en", { name: "transport" }));
  let ledger: HandoffLedger;
  try {
    ledger = await HandoffLedger.open(directory);
  } catch (error) {
    throw refused("/transport/directory", errorCode(error));
  }
  let before: Promise<unknown> = Promise.resolve();
  return {
    send(batch) {
      // One batch after the other: two sends of one key must see each other's line.
      const sent = before.then(() => handOver(batch, render, ledger, host));
      before = sent.catch(() => undefined);
      return sent;
    },
    async close() {
      await before;
    },
  };
}

async function handOver(batch: readonly Touch[], render: (touch: Touch) => Rendered, ledger: HandoffLedger, host: ChannelHost): Promise<readonly SendOutcome[]> {
  if (host.signal.aborted) return batch.map((touch) => ({ key: touch.key, outcome: "retryable", detail: "stopped before it was handed over" }));
  // An earlier batch may lack its flag; until it has one its keys are neither handed over nor free to be written again.
  let failure = await codeOfFailure(() => ledger.settle());
  const refusals = new Map<number, SendOutcome>();
  const lines = new Map<string, string>();
  batch.forEach((touch, index) => {
    try {
      const rendered = render(touch);
      const codes = [...new Set(rendered.diagnostics.filter((d) => d.severity === "error").map((d) => d.code))];
      if (codes.length > 0) refusals.set(index, { key: touch.key, outcome: "permanent", detail: codes.join(", ") });
      else if (!ledger.has(touch.key)) lines.set(touch.key, line(touch, rendered));
    } catch {
      refusals.set(index, { key: touch.key, outcome: "permanent", detail: "the message could not be rendered" });
    }
  });
  if (failure === null && lines.size > 0) failure = await codeOfFailure(() => write(lines, ledger, host));
  host.log("sms.handed-over", { lines: failure === null ? lines.size : 0, refused: refusals.size, error: failure ?? "" });
  return batch.map((touch, index): SendOutcome => {
    const refusal = refusals.get(index);
    if (refusal !== undefined) return refusal;
    if (failure !== null && lines.has(touch.key)) return { key: touch.key, outcome: "retryable", detail: `the batch could not be written (${failure})` };
    return { key: touch.key, outcome: "accepted" };
  });
}

async function write(lines: ReadonlyMap<string, string>, ledger: HandoffLedger, host: ChannelHost): Promise<void> {
  const keys = [...lines.keys()];
  const name = `sms-${host.now().slice(0, 10).replaceAll("-", "")}-${hash(keys)}`;
  await writeWhole(ledger.directory, `${name}.ndjson`, [...lines.values()].join(""));
  await ledger.record(name, keys);
}

async function codeOfFailure(step: () => Promise<void>): Promise<string | null> {
  try {
    await step();
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

function line(touch: Touch, { parts, segments, encoding }: Rendered): string {
  const template = parts["templateId"] === undefined ? {} : { templateId: parts["templateId"], slots: JSON.parse(parts["slots"] ?? "{}") as unknown };
  const { key, to, notBefore, expiresAt } = touch;
  return JSON.stringify({ key, to, text: parts["text"] ?? "", class: touch.class, segments, encoding, ...template, notBefore, expiresAt }) + "\n";
}

function hash(keys: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify([...keys].sort())).digest("hex").slice(0, 16);
}

/** `ENOSPC` and the like: an error's message may hold a path, its code does not. */
function errorCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "failed";
}

function refused(pointer: string, detail: string): DiagnosticError {
  const findings = new Findings("en");
  findings.add("CHANNEL_CONFIG_INVALID", { file: "", pointer, line: 0, column: 0 }, { name: "sms", detail });
  return new DiagnosticError(findings.list);
}
