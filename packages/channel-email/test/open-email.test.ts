import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelHost, OpenChannel, SendOutcome } from "@evertend/core";
import { createEmailChannel } from "@evertend/channel-email";
import { decodeWords, readMime } from "./read-mime.js";
import { hostWith, touchWith } from "./sample-touch.js";
import { selfSignedCertificate } from "./self-signed-certificate.js";
import { SmtpGateway } from "./smtp-gateway.js";
import type { Answer } from "./smtp-gateway.js";

let gateway = new SmtpGateway();
const opened: OpenChannel[] = [];
beforeEach(() => {
  gateway = new SmtpGateway();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((open) => open.close()));
  await gateway.stop();
});

async function open(port: number, changes: Readonly<Record<string, unknown>> = {}, host: ChannelHost = hostWith()): Promise<OpenChannel> {
  const channel = await createEmailChannel().open({ host: "127.0.0.1", port, requireTLS: false, from: { name: "示例银行", address: "care@bank.example" }, ...changes }, host);
  opened.push(channel);
  return channel;
}
const batch = (count: number) => Array.from({ length: count }, (_, index) => touchWith({ key: `k${index}`, to: `r${index}@example.com` }));
const words = (outcomes: readonly SendOutcome[]) => outcomes.map((outcome) => outcome.outcome);

describe("on the wire", () => {
  test("text and HTML, headers, envelope", async () => {
    const channel = await open(await gateway.start());
    expect(await channel.send([touchWith()])).toEqual([{ key: "3f9a", outcome: "accepted", gatewayId: "<3f9a@bank.example>" }]);
    const [mail] = gateway.received;
    expect(mail).toMatchObject({ from: "care@bank.example", to: ["wang@example.com"] });
    const { headers, bodies } = readMime(mail?.raw ?? "");
    expect(bodies["text/plain"]?.trimEnd()).toBe("您的定期存款将于12月30日到期。");
    expect(bodies["text/html"]?.trimEnd()).toBe("<p>您的定期存款将于<b>12月30日</b>到期。</p>");
    expect(decodeWords(headers.get("subject") ?? "")).toBe("定期存款即将到期");
    expect(decodeWords(headers.get("from") ?? "")).toContain("示例银行");
    expect([...headers.keys()].sort()).toEqual(["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"]);
    expect(headers.get("date")).toBe("Tue, 24 Nov 2026 01:00:00 +0000");
    expect(headers.get("to")).toBe("wang@example.com");
    expect(headers.get("auto-submitted")).toBe("auto-generated");
    expect(headers.get("message-id")).toBe("<3f9a@bank.example>");
  });

  test("without HTML there is one text part", async () => {
    const channel = await open(await gateway.start());
    await channel.send([touchWith({ parts: { subject: "s", text: "only text" } })]);
    const { headers, bodies } = readMime(gateway.received[0]?.raw ?? "");
    expect(headers.get("content-type")).toMatch(/^text\/plain/);
    expect(Object.keys(bodies)).toEqual(["text/plain"]);
  });

  test("the same touch at the same instant makes the same bytes", async () => {
    const channel = await open(await gateway.start());
    await channel.send([touchWith()]);
    await channel.send([touchWith()]);
    expect(gateway.received[1]?.raw).toBe(gateway.received[0]?.raw);
  });

  test("RFC 8058: both headers, unfolded, for marketing and greetings only", async () => {
    const url = "https://unsubscribe.bank.example/customers/one-click?key={key}";
    const channel = await open(await gateway.start(), { unsubscribe: { url, mailto: "stop@bank.example" } });
    const key = "9".repeat(64);
    await channel.send([touchWith({ key, class: "marketing" }), touchWith({ key: "g", class: "greeting" }), touchWith({ key: "s" }), touchWith({ key: "m", class: "mandatory" })]);
    const [marketing, greeting, service, mandatory] = gateway.received.map((mail) => readMime(mail.raw));
    const line = marketing?.headerLines.find((header) => header.startsWith("List-Unsubscribe:"));
    expect(line).toBe(`List-Unsubscribe: <${url.replace("{key}", key)}>, <mailto:stop@bank.example?subject=unsubscribe-${key}>`);
    expect(marketing?.headerLines).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(greeting?.headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    for (const other of [service, mandatory]) expect([...(other?.headers.keys() ?? [])].filter((name) => name.startsWith("list-"))).toEqual([]);
  });

  test("lone dots and odd line ends cannot end the message early", async () => {
    const channel = await open(await gateway.start());
    const text = "a\n.\nMAIL FROM:<evil@example.org>\r\n.\r\nQUIT\r\n..b";
    expect(words(await channel.send([touchWith({ parts: { subject: "s", text } }), touchWith({ key: "next" })]))).toEqual(["accepted", "accepted"]);
    expect(gateway.received).toHaveLength(2);
    expect(readMime(gateway.received[0]?.raw ?? "").bodies["text/plain"]?.replaceAll("\r\n", "\n").trimEnd()).toBe(text.replaceAll("\r\n", "\n"));
  });

  test("bodies that look like files or links are text", async () => {
    const channel = await open(await gateway.start());
    await channel.send([touchWith({ parts: { subject: "s", text: "file:///etc/hostname", html: '<img src="file:///etc/hostname"><img src="https://example.com/x.png">' } })]);
    const { bodies } = readMime(gateway.received[0]?.raw ?? "");
    expect(bodies["text/plain"]?.trim()).toBe("file:///etc/hostname");
    expect(bodies["text/html"]).toContain('src="file:///etc/hostname"');
    // The host's data may hold an object where a text should be.
    const hostile = { subject: "s", text: { path: "/etc/hostname" } as unknown as string };
    expect(words(await channel.send([touchWith({ key: "h", parts: hostile })]))).toEqual(["permanent"]);
    expect(gateway.received).toHaveLength(1);
  });

  test.each(["a@example.com\r\nBcc: evil@example.org", "a@example.com, evil@example.org", "Eve <evil@example.org>", "a@example.com>\r\nRCPT TO:<evil@example.org"])("nothing goes to %j", async (to) => {
    const channel = await open(await gateway.start());
    expect(words(await channel.send([touchWith({ to })]))).toEqual(["permanent"]);
    expect(gateway.connections).toBe(0);
  });

  test.each(["subject", "text", "html"])("a header in the %s does not become one", async (part) => {
    const channel = await open(await gateway.start());
    const touch = touchWith();
    const [outcome] = await channel.send([{ ...touch, parts: { ...touch.parts, [part]: "x\r\nBcc: evil@example.org\r\n\r\ny" } }]);
    if (part === "subject") expect(outcome).toMatchObject({ outcome: "permanent", detail: "TEXT_INVALID" });
    for (const mail of gateway.received) {
      expect(mail.to).toEqual(["wang@example.com"]);
      expect(readMime(mail.raw).headers.has("bcc")).toBe(false);
    }
    expect(gateway.received).toHaveLength(part === "subject" ? 0 : 1);
  });
});

describe("what the server says", () => {
  test.each<[Answer, Partial<SendOutcome> & { detail?: unknown }]>([
    [{ at: "to", code: 550, text: "5.1.1 <r0@example.com> unknown user" }, { outcome: "permanent", detail: "550 5.1.1 after RCPT TO" }],
    [{ at: "to", code: 450, text: "4.2.0 mailbox busy" }, { outcome: "retryable", detail: "450 4.2.0 after RCPT TO" }],
    [{ at: "to", code: 451, text: "4.7.1 greylisted, r0@example.com" }, { outcome: "throttled", scope: "recipient", detail: "451 4.7.1 after RCPT TO" }],
    [{ at: "to", code: 452, text: "4.2.2 over quota" }, { outcome: "retryable" }],
    [{ at: "to", code: 452, text: "4.5.3 too many recipients" }, { outcome: "throttled", scope: "channel" }],
    [{ at: "from", code: 550, text: "5.7.1 sender refused" }, { outcome: "permanent" }],
    [{ at: "from", code: 421, text: "4.3.2 going down" }, { outcome: "throttled", scope: "channel" }],
    [{ at: "from", code: 530, text: "5.7.0 login first" }, { outcome: "retryable", detail: expect.stringContaining("refused the session") }],
    [{ at: "data", code: 554, text: "5.7.1 looks like spam: 您的定期存款" }, { outcome: "permanent", detail: "554 5.7.1 after DATA" }],
    [{ at: "data", code: 451, text: "4.3.0 disk full" }, { outcome: "retryable", detail: "451 4.3.0 after DATA" }],
    [{ at: "connect", code: 554, text: "5.3.2 not you" }, { outcome: "retryable" }],
    [{ at: "connect", code: 421, text: "4.7.0 too many connections" }, { outcome: "throttled", scope: "channel" }],
  ])("%j", async (answer, expected) => {
    const channel = await open(await gateway.start());
    gateway.script.push(answer);
    const [outcome] = await channel.send(batch(1));
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toMatch(/example\.com|存款|spam/);
  });

  test("one refusal in a batch: the others go, over the same connection, and nothing is mixed up", async () => {
    const channel = await open(await gateway.start());
    gateway.script.push(null, { at: "to", code: 550, text: "5.1.1 no" }, null, { at: "data", code: 554, text: "5.6.0 no" });
    expect(words(await channel.send(batch(5)))).toEqual(["accepted", "permanent", "accepted", "permanent", "accepted"]);
    expect(gateway.received.map((mail) => mail.to)).toEqual([["r0@example.com"], ["r2@example.com"], ["r4@example.com"]]);
    expect(gateway.connections).toBe(1);
  });

  test("the line goes dead after the content: unknown, and only for that message", async () => {
    const channel = await open(await gateway.start());
    await channel.send(batch(1));
    gateway.set("lose");
    const [lost] = await channel.send(batch(1));
    expect(lost).toMatchObject({ outcome: "unknown", detail: expect.stringContaining("after the message was handed over") });
    gateway.set(null);
    expect(words(await channel.send(batch(2)))).toEqual(["accepted", "accepted"]);
  });

  test("421 stops the batch: nobody is hammered", async () => {
    const channel = await open(await gateway.start());
    gateway.script.push({ at: "from", code: 421, text: "4.3.2 going down" });
    expect(words(await channel.send(batch(3)))).toEqual(["throttled", "throttled", "throttled"]);
    expect(gateway.connections).toBe(1);
  });

  test("no server: one attempt for the batch, all retryable", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const channel = await open(port);
    expect(await channel.send(batch(3))).toMatchObject([0, 1, 2].map((index) => ({ key: `k${index}`, outcome: "retryable", detail: expect.stringContaining("no session") })));
  });

  test("an abort while the content is on its way leaves it unknown, the rest untouched", async () => {
    const stop = new AbortController();
    const port = await gateway.start({ onData: (stream) => void stream.resume().on("end", () => stop.abort()) });
    const channel = await open(port, {}, hostWith({}, stop.signal));
    expect(words(await channel.send(batch(3)))).toEqual(["unknown", "retryable", "retryable"]);
  });

  test("closing while a server keeps silent ends the sending", async () => {
    const channel = await open(await gateway.start());
    gateway.set("hang");
    const sending = channel.send(batch(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await channel.close();
    expect(words(await sending)).toEqual(["retryable", "retryable"]);
  });
});

describe("TLS and login", () => {
  const { key, cert } = selfSignedCertificate();

  test("STARTTLS with the bank's own CA, then login", async () => {
    const port = await gateway.start({ key, cert, disabledCommands: [], onAuth: (auth, _session, done) => (auth.password === "correct horse" ? done(null, { user: auth.username }) : done(new Error("no"))) });
    const secrets = { "file:/run/ca.pem": cert, "env:SMTP_PASSWORD": "correct horse" };
    const settings = { requireTLS: true, ca: "file:/run/ca.pem", auth: { user: "evertend", password: "env:SMTP_PASSWORD" } };
    const channel = await open(port, settings, hostWith(secrets));
    expect(words(await channel.send(batch(1)))).toEqual(["accepted"]);
    expect(gateway.received[0]).toMatchObject({ secure: true, user: "evertend" });
    const wrong = await open(port, settings, hostWith({ ...secrets, "env:SMTP_PASSWORD": "wrong" }));
    const [refused] = await wrong.send(batch(1));
    // A wrong password says nothing about the message: it must not be written off.
    expect(refused).toMatchObject({ outcome: "retryable", detail: expect.stringContaining("refused the session (535") });
  });

  test("TLS from the first byte", async () => {
    const port = await gateway.start({ key, cert, secure: true });
    const channel = await open(port, { secure: true, ca: "file:/run/ca.pem" }, hostWith({ "file:/run/ca.pem": cert }));
    expect(words(await channel.send(batch(1)))).toEqual(["accepted"]);
    expect(gateway.received[0]?.secure).toBe(true);
  });

  test.each([
    ["a certificate that nobody vouches for", { key, cert, disabledCommands: ["AUTH"] }],
    ["no STARTTLS at all", {}],
  ])("%s: nothing is sent", async (_name, options) => {
    const channel = await open(await gateway.start(options), { requireTLS: true });
    expect(words(await channel.send(batch(2)))).toEqual(["retryable", "retryable"]);
    expect(gateway.received).toEqual([]);
  });

  test("a login is configured and the server offers none: nothing is sent", async () => {
    const channel = await open(await gateway.start(), { auth: { user: "u", password: "env:P" } }, hostWith({ "env:P": "p" }));
    expect(words(await channel.send(batch(1)))).toEqual(["retryable"]);
    expect(gateway.received).toEqual([]);
  });

  test("a secret that is not there is said at open", async () => {
    await expect(open(25, { auth: { user: "u", password: "env:NONE" } })).rejects.toMatchObject({ diagnostics: [{ code: "SECRET_MISSING", pointer: "/auth/password" }] });
  });
});
