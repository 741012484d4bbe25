import { runCommandLine, type CliStream } from "@evertend/cli";

export interface CommandMeasure {
  readonly seconds: number;
  /** Time of all threads together. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** What the command printed. */
  readonly output: string;
}

/** The command line with the arguments given, in this process: its time without Node's start, and its memory. */
async function measure(args: readonly string[]): Promise<CommandMeasure> {
  let output = "";
  let errors = "";
  const into = (add: (text: string) => void): CliStream => ({ write: add, isTTY: false, columns: 100 });
  const before = process.cpuUsage();
  const began = performance.now();
  const code = await runCommandLine([...args], {
    stdout: into((text) => {
      output += text;
    }),
    stderr: into((text) => {
      errors += text;
    }),
    env: { ...process.env, EVERTEND_LANG: "en" },
    cwd: process.cwd(),
  });
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${errors}${output}`);
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1024, output };
}

console.info(JSON.stringify(await measure(process.argv.slice(2))));
