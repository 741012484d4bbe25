import { always } from "../clause.js";
import type { Clause } from "../clause.js";

export const closeTwice: Clause = {
  id: "close-twice",
  title: { "zh-CN": "重复关闭无害", en: "Closing twice is harmless" },
  applies: always,
  async run(context) {
    const unused = await context.open();
    await unused.close();
    await unused.close();
    const used = await context.open();
    await context.send(used, [context.touch()]);
    await Promise.all([used.close(), used.close()]);
    await used.close();
  },
};
