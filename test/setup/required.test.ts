import { afterEach, expect, test, vi } from "vitest";
import { reasonToSkip } from "./required.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("what is required and missing fails, what is not required is skipped with its reason", () => {
  vi.stubEnv("EVERTEND_REQUIRE", "");
  expect(reasonToSkip("spark", "no Java")).toBe("no Java");
  vi.stubEnv("EVERTEND_REQUIRE", "postgres, spark");
  expect(() => reasonToSkip("spark", "no Java")).toThrow("spark is required (EVERTEND_REQUIRE) and missing: no Java");
  expect(reasonToSkip("spark", undefined)).toBeUndefined();
  expect(reasonToSkip("browser", "none")).toBe("none");
  vi.stubEnv("EVERTEND_REQUIRE", "postgress");
  expect(() => reasonToSkip("spark", undefined)).toThrow("postgress");
});
