import fc from "fast-check";
import { expect, test } from "vitest";
import { mailboxFault } from "@evertend/channel-email";

test.each([
  ["wang@example.com", null],
  ["first.last+tag@mail.bank.example", null],
  ["o'brien@example.co.uk", null],
  ["a@银行.cn", null],
  ["a@x-1.example", null],
  ["a@example.com\r\nBcc: evil@example.org", "ADDRESS_CONTROL_CHAR"],
  ["a@example.com\n", "ADDRESS_CONTROL_CHAR"],
  ["a\0@example.com", "ADDRESS_CONTROL_CHAR"],
  ["a@example.com\u2028", "ADDRESS_CONTROL_CHAR"],
  ["a\u202E@example.com", "ADDRESS_CONTROL_CHAR"],
  ["a@example.com, b@example.com", "ADDRESS_MULTIPLE"],
  ["a@example.com;b@example.com", "ADDRESS_MULTIPLE"],
  ["<a@example.com>", "ADDRESS_MULTIPLE"],
  ["A <a@example.com>", "ADDRESS_MULTIPLE"],
  ['"a b"@example.com', "ADDRESS_MULTIPLE"],
  ["a@b@example.com", "ADDRESS_MULTIPLE"],
  ["a..b@example.com", "ADDRESS_MULTIPLE"],
  [".a@example.com", "ADDRESS_MULTIPLE"],
  ["a@-example.com", "ADDRESS_MULTIPLE"],
  ["a@localhost", "ADDRESS_MULTIPLE"],
  ["a@[127.0.0.1]", "ADDRESS_MULTIPLE"],
  ["a@example.com ", "ADDRESS_MULTIPLE"],
  [`${"a".repeat(65)}@example.com`, "ADDRESS_MULTIPLE"],
  [`a@${"b.".repeat(130)}com`, "ADDRESS_MULTIPLE"],
  ["", "ADDRESS_MULTIPLE"],
])("%j", (address, fault) => {
  expect(mailboxFault(address)).toBe(fault);
});

test("law: what passes has one @ and nothing that a header or a list could be made of", () => {
  const hostile = fc.string({ unit: fc.constantFrom("a", ".", "@", ",", ";", "<", ">", "(", ")", ":", '"', "\\", " ", "\r", "\n", "\0", "\t", "é", "example.com"), maxLength: 20 });
  fc.assert(
    fc.property(hostile, (address) => {
      if (mailboxFault(address) === null) expect(address).toMatch(/^[^\s,;<>():"\\\u0000-\u001f@]+@[^\s,;<>():"\\\u0000-\u001f@]+$/);
    }),
    { numRuns: 3_000 },
  );
});

test("a long hostile address costs nothing", () => {
  const started = performance.now();
  mailboxFault("a".repeat(100_000) + "@");
  mailboxFault(`a@${"a-".repeat(120)}`);
  mailboxFault(`a@${"a".repeat(60)}.`.repeat(4));
  expect(performance.now() - started).toBeLessThan(200);
});
