import { always } from "../clause.js";
import type { Clause } from "../clause.js";

export const renderFaults: Clause = {
  id: "render-faults",
  title: { "zh-CN": "空消息或缺少部分时给出诊断，不发送", en: "An empty message or a missing part is said, not sent" },
  applies: always,
  async run(context) {
    const { channel, config } = context;
    const [main = ""] = channel.capabilities.parts;
    const whole = context.touch();
    const { [main]: _left, ...others } = whole.parts;
    const cases = [
      { name: "empty", code: "MESSAGE_EMPTY", touch: context.touch({ parts: { ...whole.parts, [main]: "" } }) },
      { name: "blank", code: "MESSAGE_EMPTY", touch: context.touch({ parts: { ...whole.parts, [main]: " \n " } }) },
      { name: "missing", code: "TEMPLATE_PART_MISSING", touch: context.touch({ parts: others }) },
    ];
    const open = await context.open();
    for (const { name, code, touch } of cases) {
      for (const lang of ["en", "zh-CN"] as const) {
        const found = channel.render(touch, config, lang).diagnostics;
        context.expect(found.some((d) => d.code === code), `${main} ${name}: render must say ${code} in ${lang}`);
        context.expect(found.every((d) => d.message !== "" && d.hint !== ""), `${main} ${name}: a diagnostic lacks its text in ${lang}`);
      }
      const [outcome] = await context.send(open, [touch], `${main} ${name}`);
      context.expect(outcome === undefined || outcome.outcome === "permanent", `${main} ${name}: the outcome must be permanent`);
    }
    context.expect((await context.effects()).length === 0, "something was sent");
  },
};
