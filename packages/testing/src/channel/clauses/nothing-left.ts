import { always } from "../clause.js";
import type { Clause } from "../clause.js";
import { trackHandles } from "../track-handles.js";

const settleMs = 1_000;

export const nothingLeft: Clause = {
  id: "nothing-left",
  title: { "zh-CN": "关闭后不留定时器和连接", en: "No timers or handles are left after closing" },
  applies: always,
  async run(context) {
    const watch = await trackHandles(async () => {
      const open = await context.open();
      await context.send(open, context.batch(2));
      await open.close();
    });
    try {
      // What was begun may start late, and a socket takes a moment to end when both sides have said goodbye.
      const deadline = performance.now() + settleMs;
      do await new Promise((resolve) => setTimeout(resolve, 20));
      while (watch.open().length > 0 && performance.now() < deadline);
      for (const kind of watch.open()) context.fail(`${kind} is still open after close`);
    } finally {
      watch.stop();
    }
  },
};
