import { Command as Commander, CommanderError, Option } from "commander";
import { DiagnosticError, engineVersion, type Lang } from "@evertend/core";
import { printLine, say, type CliIo } from "./cli-io.js";
import { commands } from "./commands.js";
import { CommandFailure } from "./fail.js";
import { helpTexts } from "./help-texts.js";
import { commandFault, reportDiagnostics } from "./wiring/report-diagnostics.js";

/** What the command line is given by its surroundings; language and format come from the arguments. */
export type CliHost = Omit<CliIo, "lang" | "format">;

const langs: readonly string[] = ["zh-CN", "en"];
const formats: readonly string[] = ["pretty", "json"];

/**
 * Runs the command line and gives its exit code: 0 fine, 1 findings, 2 usage or environment. It writes to the host's
 * streams only and never throws.
 *
 * @param argv arguments without node and script
 */
export async function runCommandLine(argv: readonly string[], host: CliHost): Promise<number> {
  const lang = optionValue(argv, "--lang");
  const format = optionValue(argv, "--format");
  const io: CliIo = {
    ...host,
    lang: lang !== undefined && langs.includes(lang) ? (lang as Lang) : langOf(host.env),
    format: format === "json" ? "json" : "pretty",
  };
  try {
    const program = await declare(argv, io);
    await program.parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

function exitCodeOf(error: unknown, io: CliIo): number {
  if (error instanceof CommandFailure) return error.code;
  // Commander has printed help and version already.
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (error instanceof CommanderError && error.code === "commander.help") return 2;
  if (error instanceof CommanderError) reportDiagnostics(io, commandFault(io, "USAGE", { detail: error.message.replace(/^error: /, "") }).diagnostics);
  else if (error instanceof DiagnosticError) reportDiagnostics(io, error.diagnostics);
  else reportUnexpected(error, io);
  return 2;
}

/** A bug, or an error of the machine that nobody foresaw. */
function reportUnexpected(error: unknown, io: CliIo): void {
  if (io.env["EVERTEND_DEBUG"] === "1" && error instanceof Error) {
    printLine(io.stderr, error.stack ?? error.message);
    return;
  }
  const code = (error as { readonly code?: unknown } | null)?.code;
  // Only a system error's code is safe to show: a message may hold a customer's data.
  const name = typeof code === "string" ? code : error instanceof Error ? error.name : "Error";
  printLine(io.stderr, say(io, {
    "zh-CN": `evertend 内部出错（${name}）。设置 EVERTEND_DEBUG=1 重新运行可查看详情。`,
    en: `evertend failed unexpectedly (${name}). Run again with EVERTEND_DEBUG=1 for the details.`,
  }));
}

async function declare(argv: readonly string[], io: CliIo): Promise<Commander> {
  const texts = helpTexts[io.lang];
  const program = new Commander("evertend");
  program.description(texts.description).version(engineVersion, "--version", texts.version);
  const wanted = commands.filter(([name]) => name === argv[0]);
  // Help and a mistyped name need all commands; a known name only its own.
  for (const [, load] of wanted.length > 0 || argv[0] === "--version" ? wanted : commands) {
    const command = await load();
    const commander = program.command(command.name).description(say(io, command.summary));
    command.register(commander, io);
    settle(commander, io);
  }
  settle(program, io);
  // Options behind a command are that command's own, also where the program has one of the same name.
  program.enablePositionalOptions();
  program.helpCommand(false);
  program.addHelpText("after", `\n${texts.after}`);
  return program;
}

/** Errors are thrown and printed in one place; help speaks the language of the command line. */
function settle(commander: Commander, io: CliIo): void {
  const texts = helpTexts[io.lang];
  // Both are read before parsing (see `optionValue`); here they are checked and shown in the help.
  commander.addOption(new Option("--lang <lang>", texts.lang).choices(langs));
  // A command that has forms of its own (`diff`) has declared them already.
  if (!commander.options.some((option) => option.long === "--format")) commander.addOption(new Option("--format <format>", texts.format).choices(formats));
  commander.exitOverride();
  commander.helpOption("-h, --help", texts.help);
  commander.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: () => undefined,
    getOutHelpWidth: () => Math.min(io.stdout.columns, 110),
    getErrHelpWidth: () => Math.min(io.stderr.columns, 110),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  commander.configureHelp({
    styleTitle: (title) => texts.titles[title] ?? title,
    optionDescription: (option) => describeOption(option, texts.default, texts.choices),
  });
}

function describeOption(option: Option, default_: string, choices: string): string {
  const extra = [
    ...(option.argChoices ? [`${choices}${option.argChoices.join(", ")}`] : []),
    ...(option.defaultValue !== undefined && option.defaultValue !== false && !Array.isArray(option.defaultValue) ? [`${default_}${String(option.defaultValue)}`] : []),
  ];
  return extra.length === 0 ? option.description : `${option.description} (${extra.join("; ")})`;
}

/** The value of an option, read before commander knows the commands: it decides the language of their help. */
function optionValue(argv: readonly string[], name: string): string | undefined {
  const end = argv.indexOf("--");
  const given = end < 0 ? argv : argv.slice(0, end);
  for (let i = given.length - 1; i >= 0; i--) {
    if (given[i] === name) return given[i + 1];
    if (given[i]?.startsWith(`${name}=`) === true) return given[i]?.slice(name.length + 1);
  }
  return undefined;
}

/** The language that the environment asks for; English where it says nothing. */
export function langOf(env: CliIo["env"]): Lang {
  const wanted = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((value) => value !== undefined && value !== "") ?? "";
  return /^zh/i.test(wanted) ? "zh-CN" : "en";
}
