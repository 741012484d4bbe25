import type { CliIo, CliStream } from "../cli-io.js";

/** Colours of the terminal; each gives the text back as it is where there are none. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** Colours for a stream: only on a terminal, and never where `NO_COLOR` is set. */
export function paint(stream: CliStream, env: CliIo["env"]): Paint {
  const noColour = env["NO_COLOR"];
  const coloured = stream.isTTY && (noColour === undefined || noColour === "") && env["TERM"] !== "dumb";
  const style = (open: number, close: number) => (text: string) => (coloured && text !== "" ? `\u001B[${open}m${text}\u001B[${close}m` : text);
  return { bold: style(1, 22), dim: style(2, 22), red: style(31, 39), green: style(32, 39), yellow: style(33, 39), cyan: style(36, 39) };
}
