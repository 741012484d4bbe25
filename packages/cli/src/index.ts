export { runCommandLine, type CliHost } from "./command-line.js";
export type { CliIo, CliStream } from "./cli-io.js";
