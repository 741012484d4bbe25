import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/language/parse-path.js";

describe("parsePath", () => {
  it.each<readonly [string, readonly (string | number)[]]>([
    ["$.a", ["a"]],
    ["a", ["a"]],
    ["a.b[0].c", ["a", "b", 0, "c"]],
    ["$[12][3]", [12, 3]],
    ["[0]", [0]],
    [".a", ["a"]],
    ["$", []],
    ["$.toString", ["toString"]],
  ])("%s", (path, steps) => expect(parsePath(path)).toEqual(steps));

  it.each(["", "$.", "$..a", "$.*", "$[*]", "$[-1]", "$[0:2]", "$[0,1]", "$['a']", '$["a"]', "$.a b", "$[?(@.x)]", "$[(@.length-1)]", "$.a^", "$.a~", "$@x", "$.a;b", "$.p[?(@.constructor[(@.getPrototypeOf(@).constructor('x')())])]", '$[?("a".padEnd(3e8).split(""))]', "$.a.".repeat(40), "$" + ".a".repeat(17), "$[123456]", "$.a\n", "$.été"])("%j is refused", (path) => {
    expect(parsePath(path)).toBe("PATH_SYNTAX");
  });

  it.each(["__proto__", "$.constructor", "a.prototype.b", "$.a.__proto__"])("%s is forbidden", (path) => expect(parsePath(path)).toBe("PATH_FORBIDDEN"));

  it("never gives a step that is not in the text, nor a forbidden one", () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom("$", ".", "[", "]", "a", "0", "*", "(", ")", "?", "@", "'", "_", "constructor", "__proto__") }), (path) => {
      const steps = parsePath(path);
      if (typeof steps === "string") return;
      expect(steps.length).toBeLessThanOrEqual(16);
      for (const step of steps) {
        expect(path).toContain(String(step));
        expect(["__proto__", "constructor", "prototype"]).not.toContain(step);
      }
    }), { numRuns: 1000 });
  });
});
