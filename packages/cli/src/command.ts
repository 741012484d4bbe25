import type { Command as Commander } from "commander";
import type { Bilingual } from "@evertend/core";
import type { CliIo } from "./cli-io.js";

/**
 * A command of the command line. Its module is loaded whenever help is shown, so it only declares arguments and options;
 * what does the work is imported inside the action.
 *
 * An action that returns ends with exit code 0; `fail` ends it with another. A `DiagnosticError` that escapes is printed
 * and ends with 2.
 *
 * @example
 * ```ts
 * export const checkCommand: Command = {
 *   name: "check",
 *   summary: { "zh-CN": "检查规则包", en: "check a pack" },
 *   register(commander, io) {
 *     commander.argument("<pack>", say(io, { "zh-CN": "规则包目录", en: "folder of the pack" })).action(async (pack: string) => {
 *       const { checkPack } = await import("./check-pack.js");
 *       await checkPack(io, pack);
 *     });
 *   },
 * };
 * ```
 */
export interface Command {
  readonly name: string;
  readonly summary: Bilingual;
  /** Adds arguments, options and the action. `--lang`, `--format` and `--help` are there already. */
  register(commander: Commander, io: CliIo): void;
}
