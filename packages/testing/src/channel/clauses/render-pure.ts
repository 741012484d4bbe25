import type { Rendered } from "@evertend/core";
import { always } from "../clause.js";
import type { Clause } from "../clause.js";
import { deepFreeze } from "../deep-freeze.js";

export const renderPure: Clause = {
  id: "render-pure",
  title: { "zh-CN": "渲染是纯函数：同样输入同样结果", en: "Rendering is pure: same input, same result" },
  applies: always,
  async run(context) {
    const touch = deepFreeze(context.touch());
    const config = deepFreeze(structuredClone(context.config));
    const before = JSON.stringify([touch, config]);
    const render = (): Rendered => context.channel.render(touch, config, "en");
    let first: Rendered;
    try {
      first = render();
    } catch (error) {
      context.fail(`render threw on frozen input (${error instanceof Error ? error.name : typeof error}): it changes its input, or cannot take a valid touch`);
      return;
    }
    context.expect(JSON.stringify([touch, config]) === before, "render changed its input");
    context.expect(JSON.stringify(render()) === JSON.stringify(first), "the same input rendered differently the second time");
    context.expect(JSON.stringify(elsewhere(render)) === JSON.stringify(first), "render reads the clock or chance");
    context.expect(first.key === touch.key && first.to === touch.to, "key and address must come back as they are");
    context.expect(Number.isSafeInteger(first.segments) && first.segments >= 0, "segments must be a whole number");
    context.expect(first.diagnostics.length === 0, `a valid touch has findings: ${first.diagnostics.map((d) => d.code).join(", ")}`);
    const [main = ""] = context.channel.capabilities.parts;
    context.expect(typeof first.parts[main] === "string", `the rendered message lacks the part "${main}"`);
  },
};

/** Runs a synchronous function at another time and with other random numbers. */
function elsewhere<T>(run: () => T): T {
  const { Date: RealDate } = globalThis;
  const { random } = Math;
  class OtherDate extends RealDate {
    constructor(...values: readonly unknown[]) {
      // Without arguments a date is now, which is elsewhere; with arguments it is what it always was.
      super(...((values.length === 0 ? [OtherDate.now()] : values) as [number]));
    }
    static override now(): number {
      return 4_102_444_800_000;
    }
  }
  globalThis.Date = OtherDate as DateConstructor;
  Math.random = () => 0.123456789;
  try {
    return run();
  } finally {
    globalThis.Date = RealDate;
    Math.random = random;
  }
}
