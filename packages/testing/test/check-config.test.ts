import { describe, expect, test } from "vitest";
import { checkConfig } from "@evertend/testing";

const schema = {
  type: "object",
  additionalProperties: false,
  required: ["host", "port"],
  properties: {
    host: { type: "string", minLength: 1, maxLength: 10 },
    port: { type: "integer", minimum: 1, maximum: 65535 },
    mode: { type: "string", enum: ["a", "b"] },
    flag: { type: "boolean" },
    tags: { type: "array", items: { type: "string" }, maxItems: 2 },
    byName: { type: "object", additionalProperties: { type: "integer" } },
    auth: { type: "object", additionalProperties: false, required: ["password"], properties: { password: { type: "string", secret: true } } },
  },
};
const valid = { host: "h", port: 25 };

describe("checkConfig", () => {
  test.each([
    ["valid", {}, []],
    ["everything valid", { mode: "a", flag: false, tags: ["x"], byName: { n: 1 }, auth: { password: "env:A_1" } }, []],
    ["a secret in a file", { auth: { password: "file:/run/secrets/x" } }, []],
    ["unknown key", { hots: 1 }, ["UNKNOWN_KEY /hots"]],
    ["unknown key, escaped", { "a/b~c": 1 }, ["UNKNOWN_KEY /a~1b~0c"]],
    ["missing key below", { auth: {} }, ["KEY_MISSING /auth/password"]],
    ["a key of the prototype does not count", { auth: Object.create({ password: "env:A" }) as object }, ["KEY_MISSING /auth/password"]],
    ["wrong type", { port: "25" }, ["CHANNEL_CONFIG_INVALID /port"]],
    ["not whole", { port: 2.5 }, ["CHANNEL_CONFIG_INVALID /port"]],
    ["not a number", { port: Number.NaN }, ["CHANNEL_CONFIG_INVALID /port"]],
    ["too small", { port: 0 }, ["CHANNEL_CONFIG_INVALID /port"]],
    ["too long", { host: "h".repeat(11) }, ["CHANNEL_CONFIG_INVALID /host"]],
    ["empty", { host: "" }, ["CHANNEL_CONFIG_INVALID /host"]],
    ["not of the list", { mode: "c" }, ["CHANNEL_CONFIG_INVALID /mode"]],
    ["an item", { tags: ["x", 1] }, ["CHANNEL_CONFIG_INVALID /tags/1"]],
    ["too many items", { tags: ["x", "y", "z"] }, ["CHANNEL_CONFIG_INVALID /tags"]],
    ["a value by name", { byName: { n: "1" } }, ["CHANNEL_CONFIG_INVALID /byName/n"]],
    ["a list for an object", { auth: [] }, ["CHANNEL_CONFIG_INVALID /auth"]],
    ["null", { host: null }, ["CHANNEL_CONFIG_INVALID /host"]],
    ["a literal secret", { auth: { password: "hunter2" } }, ["SECRET_LITERAL /auth/password"]],
    ["a reference without a name", { auth: { password: "env:" } }, ["SECRET_LITERAL /auth/password"]],
    ["all at once", { port: 0, x: 1, auth: {} }, ["CHANNEL_CONFIG_INVALID /port", "KEY_MISSING /auth/password", "UNKNOWN_KEY /x"]],
  ])("%s", (_name, changes, expected) => {
    const found = checkConfig(schema, { ...valid, ...changes });
    expect(found.map((d) => `${d.code} ${d.pointer}`).sort()).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("something else than an object", () => {
    expect(checkConfig(schema, "x").map((d) => d.pointer)).toEqual([""]);
    expect(checkConfig(schema, {}, "zh-CN").map((d) => d.message)).toEqual(["缺少必需的键“host”", "缺少必需的键“port”"]);
  });
});
