import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages meet as source, without a build; vitest hands these conditions on to its workers.
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node", "default"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["test/setup/test-run.ts"],
    setupFiles: ["test/setup/fixed-seed.ts"],
    // Processes, not threads: DuckDB is native code that is not made to be torn down with a thread.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.generated.*"],
      reporter: ["text-summary", "html"],
    },
  },
});
