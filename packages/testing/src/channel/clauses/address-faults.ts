import type { Channel } from "@evertend/core";
import { always } from "../clause.js";
import type { Clause } from "../clause.js";

interface BadAddress {
  readonly name: string;
  readonly to: string;
  /** Codes that name the fault. */
  readonly codes: readonly string[];
}

export const addressFaults: Clause = {
  id: "address-faults",
  title: { "zh-CN": "有问题的地址给出诊断，不发送", en: "A bad address is said, not sent" },
  applies: always,
  async run(context) {
    const { channel, config } = context;
    const open = await context.open();
    for (const { name, to, codes } of badAddresses[channel.capabilities.address]) {
      const touch = context.touch({ to });
      const { diagnostics } = channel.render(touch, config, "en");
      context.expect(diagnostics.some((d) => d.severity === "error" && codes.includes(d.code)), `${name}: render must say ${codes.join(" or ")}`);
      const said = diagnostics.map((d) => `${d.message} ${d.hint}`).join(" ");
      context.expect(to === "" || !said.includes(to), `${name}: a diagnostic repeats the address`);
      const [outcome] = await context.send(open, [touch], name);
      context.expect(outcome === undefined || outcome.outcome === "permanent", `${name}: the outcome is ${outcome?.outcome ?? "missing"}, expected permanent`);
    }
    context.expect((await context.effects()).length === 0, "something was sent to a bad address");
  },
};

const control = ["ADDRESS_CONTROL_CHAR"];
const several = ["ADDRESS_MULTIPLE"];
const phone = ["PHONE_INVALID"];

const badAddresses: Readonly<Record<Channel["capabilities"]["address"], readonly BadAddress[]>> = {
  mailbox: [
    { name: "a header after the address", to: "a@example.com\r\nBcc: evil@example.org", codes: control },
    { name: "a line feed", to: "a@example.com\nX-Evil: 1", codes: control },
    { name: "a carriage return", to: "a@example.com\rX-Evil: 1", codes: control },
    { name: "NUL", to: "a@example.com\0", codes: control },
    { name: "two mailboxes", to: "a@example.com, evil@example.org", codes: several },
    { name: "two mailboxes without a space", to: "a@example.com,evil@example.org", codes: several },
    { name: "a semicolon", to: "a@example.com;evil@example.org", codes: several },
    { name: "a space", to: "a@example.com evil@example.org", codes: several },
    { name: "a display name", to: "Eve <evil@example.org>", codes: several },
    { name: "brackets", to: "a@example.com>,<evil@example.org", codes: several },
    { name: "a group", to: "all:a@example.com,evil@example.org;", codes: several },
    { name: "a comment", to: "a(evil@example.org)@example.com", codes: several },
    { name: "no at sign", to: "nobody", codes: several },
    { name: "nothing", to: "", codes: several },
  ],
  phone: [
    { name: "a line break", to: "+8613912345678\r\n+8613912345679", codes: control },
    { name: "NUL", to: "+8613912345678\0", codes: control },
    { name: "two numbers", to: "+8613912345678,+8613912345679", codes: [...several, ...phone] },
    { name: "no country code", to: "13912345678", codes: phone },
    { name: "a zero in front", to: "+0139123456780", codes: phone },
    { name: "a letter", to: "+861391234567x", codes: phone },
    { name: "spaces", to: "+86 139 1234 5678", codes: phone },
    { name: "full-width digits", to: "+８６１３８００１３８０００", codes: phone },
    { name: "16 digits", to: "+1234567890123456", codes: phone },
    { name: "a URI", to: "tel:+8613912345678", codes: phone },
    { name: "nothing", to: "", codes: phone },
  ],
  opaque: [
    { name: "a line break", to: "recipient\r\nevil", codes: control },
    { name: "NUL", to: "recipient\0", codes: control },
  ],
};
