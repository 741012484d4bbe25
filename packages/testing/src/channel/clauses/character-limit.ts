import type { Clause } from "../clause.js";

export const characterLimit: Clause = {
  id: "character-limit",
  title: { "zh-CN": "超长消息给出诊断，绝不截断", en: "A text too long is said, never cut" },
  applies: ({ channel }) => (channel.capabilities.maxCharacters === null ? "the channel has no limit" : null),
  async run(context) {
    const { channel, config } = context;
    const [main = ""] = channel.capabilities.parts;
    const limit = channel.capabilities.maxCharacters ?? 0;
    const text = "a".repeat(limit + 1);
    const sample = context.touch();
    const touch = { ...sample, parts: { ...sample.parts, [main]: text } };
    const rendered = channel.render(touch, config, "en");
    context.expect(rendered.diagnostics.some((d) => d.severity === "error"), `${limit + 1} characters have no finding, the limit is ${limit}`);
    context.expect((rendered.parts[main] ?? "").includes(text), "a text too long was cut");
    const open = await context.open();
    const [outcome] = await context.send(open, [touch]);
    context.expect(outcome === undefined || outcome.outcome === "permanent", `a text too long is ${outcome?.outcome ?? "missing"}, expected permanent`);
    context.expect((await context.effects()).length === 0, "a text too long was sent");
  },
};
