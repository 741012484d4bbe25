import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { conformanceClauses } from "@evertend/testing";
import { environment } from "./writing-a-channel/register.js";

const page = readFileSync(new URL("../../../docs/writing-a-channel.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = "", code = ""]) => ({ name, code }));

/** The page and the files that are compiled and run beside this test are one and the same text. */
describe("docs/writing-a-channel.md", () => {
  test("has code to hold it to, and none that no test runs", () => {
    expect(blocks.map((block) => block.name)).toEqual(["letter-channel.ts", "print-room.ts", "letter-channel.test.ts", "register.ts"]);
    expect(page.match(/^```ts/gm)).toHaveLength(blocks.length);
  });

  test.each(blocks)("$name", ({ name, code }) => {
    expect(code).toBe(readFileSync(new URL(`./writing-a-channel/${name}`, import.meta.url), "utf8"));
  });

  test("names every clause of the kit", () => {
    const table = page.slice(page.indexOf("| clause |"), page.indexOf("## 4."));
    const listed = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    expect(listed).toEqual(conformanceClauses.map((clause) => clause.id));
  });

  test("the channel is registered", () => {
    expect([...environment.channels.keys()]).toEqual(["letter"]);
  });
});
