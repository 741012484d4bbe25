import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { reasonToSkip } from "../setup/required.js";

/** A statement for Spark, with the views that it reads. */
export interface SparkQuestion {
  /** Name and SELECT of temporary views that are made before. */
  readonly views: readonly (readonly [name: string, text: string])[];
  /** Absent = nothing is asked but for Spark's version. */
  readonly text: string | null;
  /** Named parameters. */
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Spark {
  readonly version: string;
  ask(question: SparkQuestion): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): void;
}

/** Why Spark cannot run here; `undefined` where it can. */
export function sparkMissing(): string | undefined {
  return reasonToSkip("spark", process.env["EVERTEND_SPARK_PYTHON"] === undefined ? "EVERTEND_SPARK_PYTHON names no Python that has pyspark" : undefined);
}

/**
 * Starts a real Spark with workers of its own (`local-cluster[2,1,1024]`; `EVERTEND_SPARK_MASTER` names another), by the
 * Python that `EVERTEND_SPARK_PYTHON` names. It takes some ten seconds.
 */
export async function startSpark(): Promise<Spark> {
  const python = process.env["EVERTEND_SPARK_PYTHON"];
  if (python === undefined) throw new Error(sparkMissing());
  const child = spawn(python, [fileURLToPath(new URL("serve.py", import.meta.url))], { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const put = async (question: SparkQuestion): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error("Spark ended");
      // Spark itself may write to the same place.
      if (!value.startsWith("answer ")) continue;
      const answer = JSON.parse(value.slice(7)) as Answer;
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer;
    }
  };
  const { version = "" } = await put({ views: [], text: null, args: {} });
  return { version, ask: async (question) => (await put(question)).rows ?? [], close: () => void child.kill() };
}

interface Answer {
  readonly version?: string;
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: string;
}
