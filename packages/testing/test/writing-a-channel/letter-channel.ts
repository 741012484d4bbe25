import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DiagnosticError, Findings } from "@evertend/core";
import type { Channel, ChannelConfig, ChannelHost, Lang, OpenChannel, Rendered, SendOutcome, Touch } from "@evertend/core";

const maxCharacters = 3_000;

/** Letters for the print room: one text file each. */
export const letterChannel: Channel = {
  contract: 1,
  id: "letter",
  label: { "zh-CN": "信函", en: "Letter" },
  capabilities: {
    content: "free",
    batchSize: 100,
    // The print room takes files away, so a key sent twice would print a second letter.
    idempotency: "none",
    receipts: "none",
    optOut: "none",
    sensitivity: "personal",
    maxCharacters,
    parts: ["text"],
    escape: { text: "plain" },
    address: "opaque",
  },
  configSchema: {
    type: "object",
    additionalProperties: false,
    required: ["directory"],
    properties: {
      directory: { type: "string", description: { "zh-CN": "信函文件目录", en: "Folder of the letters" } },
      sender: { type: "string", description: { "zh-CN": "寄件人", en: "Sender, on top of each letter" } },
    },
  },
  render,
  open,
};

function render(touch: Touch, config: ChannelConfig, lang: Lang = "en"): Rendered {
  const findings = new Findings(lang);
  const place = (pointer: string) => ({ file: "", pointer, line: 0, column: 0 });
  if (/\p{Cc}/u.test(touch.to)) findings.add("ADDRESS_CONTROL_CHAR", place("/to"));

  const body = touch.parts["text"];
  if (body === undefined) findings.add("TEMPLATE_PART_MISSING", place("/parts"), { name: "text" });
  else if (body.trim() === "") findings.add("MESSAGE_EMPTY", place("/parts/text"));
  else if (body.length > maxCharacters) findings.add("OUTPUT_TOO_LARGE", place("/parts/text"));

  const { directory: _directory, sender = "" } = config;
  const text = [String(sender), touch.to, "", body ?? ""].join("\n").trimStart();
  return { key: touch.key, to: touch.to, parts: { text }, segments: 1, encoding: "UTF-8", diagnostics: findings.list };
}

async function open(config: ChannelConfig, host: ChannelHost): Promise<OpenChannel> {
  const { directory } = config;
  if (typeof directory !== "string") throw unusable("/directory");
  if (config["sender"] !== undefined && typeof config["sender"] !== "string") throw unusable("/sender");
  await mkdir(directory, { recursive: true });
  return {
    async send(batch) {
      const outcomes: SendOutcome[] = [];
      for (const touch of batch) outcomes.push(await sendOne(touch, config, directory, host));
      host.log("letter.written", { letters: outcomes.filter((outcome) => outcome.outcome === "accepted").length });
      return outcomes;
    },
    async close() {
      // Nothing is held between two batches.
    },
  };
}

async function sendOne(touch: Touch, config: ChannelConfig, directory: string, host: ChannelHost): Promise<SendOutcome> {
  const { key } = touch;
  if (host.signal.aborted) return { key, outcome: "retryable", detail: "stopped" };
  try {
    const { parts, diagnostics } = render(touch, config);
    if (diagnostics.length > 0) return { key, outcome: "permanent", detail: diagnostics.map(({ code }) => code).join(", ") };
    const name = `${encodeURIComponent(key)}.txt`;
    await writeFile(join(directory, `.${name}`), parts["text"] ?? "");
    await rename(join(directory, `.${name}`), join(directory, name));
    return { key, outcome: "accepted", gatewayId: name };
  } catch {
    return { key, outcome: "retryable", detail: "the letter could not be written" };
  }
}

function unusable(pointer: string): DiagnosticError {
  const findings = new Findings();
  findings.add("CHANNEL_CONFIG_INVALID", { file: "", pointer, line: 0, column: 0 }, { name: "letter", expected: "a text" });
  return new DiagnosticError(findings.list);
}
