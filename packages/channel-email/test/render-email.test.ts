import { describe, expect, test } from "vitest";
import { createEmailChannel } from "@evertend/channel-email";
import { touchWith } from "./sample-touch.js";

const email = createEmailChannel();
const base = { host: "mail.bank.example", port: 587, from: { name: "示例银行", address: "care@bank.example" } };
const full = { ...base, unsubscribe: { url: "https://bank.example/u?k={key}", mailto: "stop@bank.example" }, postalAddress: "北京市示例路1号" };
const render = (...args: Parameters<typeof email.render>) => email.render(...args);
const codes = (...args: Parameters<typeof email.render>): readonly string[] => render(...args).diagnostics.map((d) => d.code);
const headers = (...args: Parameters<typeof email.render>) => JSON.parse(render(...args).parts["headers"] ?? "{}") as Record<string, string>;

describe("headers", () => {
  test("the same key gives the same Message-ID, and a service message no List-Unsubscribe", () => {
    expect(headers(touchWith(), full)).toEqual({
      "Auto-Submitted": "auto-generated",
      From: "示例银行 <care@bank.example>",
      "Message-ID": "<3f9a@bank.example>",
      To: "wang@example.com",
    });
    expect(headers(touchWith({ key: "a b>\r\nX: 1" }), base)["Message-ID"]).toBe("<a=20b=3e=d=aX=3a=201@bank.example>");
  });

  test.each([
    ["url and mailbox", full.unsubscribe, "<https://bank.example/u?k=3f9a>, <mailto:stop@bank.example?subject=unsubscribe-3f9a>", true],
    ["url", { url: full.unsubscribe.url }, "<https://bank.example/u?k=3f9a>", true],
    ["mailbox: no one-click without https", { mailto: "stop@bank.example" }, "<mailto:stop@bank.example?subject=unsubscribe-3f9a>", false],
  ])("List-Unsubscribe: %s", (_name, unsubscribe, value, oneClick) => {
    for (const messageClass of ["marketing", "greeting"] as const) {
      const found = headers(touchWith({ class: messageClass }), { ...base, unsubscribe });
      expect(found["List-Unsubscribe"]).toBe(value);
      expect(found["List-Unsubscribe-Post"]).toBe(oneClick ? "List-Unsubscribe=One-Click" : undefined);
    }
  });
});

describe("footer", () => {
  test("marketing ends with address and link, once, in the language of the message", () => {
    const touch = touchWith({ class: "marketing" });
    const { text, html } = render(touch, full).parts;
    expect(text).toBe("您的定期存款将于12月30日到期。\n\n-- \n北京市示例路1号\n退订: https://bank.example/u?k=3f9a\n");
    expect(html).toContain('北京市示例路1号<br><a href="https://bank.example/u?k=3f9a">退订</a></p>');
    const again = render({ ...touch, parts: { subject: "s", text: text ?? "", html: html ?? "" } }, full).parts;
    expect(again["text"]).toBe(text);
    expect(again["html"]).toBe(html);
    expect(render(touchWith({ class: "marketing", locale: "en" }), full).parts["text"]).toContain("Unsubscribe: https://");
  });

  test("it goes before </body>, and what the settings say is escaped", () => {
    const config = { ...full, postalAddress: 'A & B <Bank> "1"' };
    const { html } = render(touchWith({ class: "greeting", parts: { subject: "s", text: "t", html: "<html><body><p>x</p></BODY></html>" } }), config).parts;
    expect(html).toMatch(/A &amp; B &lt;Bank&gt; &quot;1&quot;.*<\/p><\/BODY><\/html>$/);
  });

  test("a service message has none", () => {
    expect(render(touchWith(), full).parts["text"]).toBe("您的定期存款将于12月30日到期。");
  });
});

describe("findings", () => {
  test.each([
    ["fine", {}, []],
    ["no html: text only", { parts: { subject: "s", text: "t" } }, []],
    ["no text", { parts: { subject: "s", html: "<p>x</p>" } }, ["TEMPLATE_PART_MISSING"]],
    ["no subject", { parts: { text: "t" } }, ["TEMPLATE_PART_MISSING"]],
    ["empty subject and text", { parts: { subject: " ", text: "\n" } }, ["MESSAGE_EMPTY", "MESSAGE_EMPTY"]],
    ["empty html", { parts: { subject: "s", text: "t", html: "" } }, ["MESSAGE_EMPTY"]],
    ["a header in the subject", { parts: { subject: "s\r\nBcc: evil@example.org", text: "t" } }, ["TEXT_INVALID"]],
    ["a line separator in the subject", { parts: { subject: "s\u2028x", text: "t" } }, ["TEXT_INVALID"]],
    ["NUL in the text", { parts: { subject: "s", text: "t\0" } }, ["TEXT_INVALID"]],
    ["two mailboxes", { to: "a@example.com, b@example.com" }, ["ADDRESS_MULTIPLE"]],
    ["everything at once", { to: "a@x\n", parts: { subject: "a\nb" } }, ["ADDRESS_CONTROL_CHAR", "TEMPLATE_PART_MISSING", "TEXT_INVALID"]],
  ])("%s", (_name, changes, expected) => {
    expect(codes(touchWith(changes), base)).toEqual(expected);
  });

  test("marketing without a way to unsubscribe", () => {
    expect(codes(touchWith({ class: "marketing" }), base)).toEqual(["CHANNEL_CONFIG_INVALID"]);
    expect(codes(touchWith({ class: "greeting" }), base)).toEqual([]);
  });
});

describe("settings", () => {
  test.each([
    ["/host", { host: "mail\r\nx" }],
    ["/port", { port: 0 }],
    ["/requireTLS", { requireTLS: false }],
    ["/requireTLS", { requireTLS: "no" }],
    ["/from/address", { from: { address: "a@b.example, c@d.example" } }],
    ["/from/address", { from: {} }],
    ["/from/name", { from: { name: "Bank\r\nBcc: evil@example.org", address: "a@b.example" } }],
    ["/replyTo", { replyTo: "a@b.example\nX: 1" }],
    ["/heloName", { heloName: "x\r\nMAIL FROM:<a@b>" }],
    ["/unsubscribe/url", { unsubscribe: { url: "http://bank.example/{key}" } }],
    ["/unsubscribe/url", { unsubscribe: { url: "https://bank.example/u" } }],
    ["/unsubscribe/url", { unsubscribe: { url: "https://bank.example/{key}>,<mailto:a@b.example" } }],
    ["/unsubscribe/mailto", { unsubscribe: { mailto: "a@b.example>" } }],
    ["/auth/user", { auth: { password: "env:X" } }],
  ])("%s %j", (pointer, changes) => {
    expect(() => render(touchWith(), { ...base, ...changes })).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code: "CHANNEL_CONFIG_INVALID", pointer })] }));
  });

  test("a literal password is refused without being repeated", () => {
    const config = { ...base, auth: { user: "u", password: "hunter2" } };
    expect(() => render(touchWith(), config)).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code: "SECRET_LITERAL", pointer: "/auth/password" })] }));
    expect(() => render(touchWith(), config)).not.toThrow(/hunter2/);
  });

  test("loopback may go without TLS", () => {
    for (const host of ["127.0.0.1", "localhost", "::1"]) expect(codes(touchWith(), { ...base, host, requireTLS: false })).toEqual([]);
    expect(codes(touchWith(), { ...base, secure: true, requireTLS: false })).toEqual([]);
  });
});
