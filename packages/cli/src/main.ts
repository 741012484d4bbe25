#!/usr/bin/env node
import { runCommandLine } from "./command-line.js";
import type { CliStream } from "./cli-io.js";

function streamOf(stream: NodeJS.WriteStream): CliStream {
  // Whoever reads may stop early, as `head` does: that is no error of ours.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? (process.exitCode ?? 0) : 2);
  });
  return {
    write: (text) => {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 100;
    },
  };
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  env: process.env,
  cwd: process.cwd(),
});
