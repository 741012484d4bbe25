import type { Command } from "./command.js";

/** All commands by name, in the order of the help. Each module is loaded only when it is needed. */
export const commands: readonly (readonly [name: string, load: () => Promise<Command>])[] = [
  ["init", async () => (await import("./init/init-command.js")).initCommand],
  ["import", async () => (await import("./import/import-command.js")).importCommand],
  ["check", async () => (await import("./check/check-command.js")).checkCommand],
  ["fmt", async () => (await import("./fmt/fmt-command.js")).fmtCommand],
  ["card", async () => (await import("./card/card-command.js")).cardCommand],
  ["params", async () => (await import("./params/params-command.js")).paramsCommand],
  ["approve", async () => (await import("./approve/approve-command.js")).approveCommand],
  ["test", async () => (await import("./rule-tests/test-command.js")).testCommand],
  ["run", async () => (await import("./run/run-command.js")).runCommand],
  ["forecast", async () => (await import("./forecast/forecast-command.js")).forecastCommand],
  ["report", async () => (await import("./report/report-command.js")).reportCommand],
  ["sql", async () => (await import("./sql/sql-command.js")).sqlCommand],
  ["diff", async () => (await import("./diff/diff-command.js")).diffCommand],
  ["explain", async () => (await import("./explain/explain-command.js")).explainCommand],
  ["start", async () => (await import("./start/start-command.js")).startCommand],
];
