import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Lang } from "@evertend/core";
import { DiagnosticError } from "@evertend/core";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { BatchWorkerData, BatchWorkerReply } from "./batch-worker-data.js";
import type { BatchDecider, DayBatch, DecidedBatch } from "./day-batch.js";

/**
 * Decides batches in threads of their own; each loads the pack for itself. A thread that dies fails every batch that is
 * not done yet, and all later ones.
 *
 * @param threads how many
 */
export function openBatchPool(threads: number, data: BatchWorkerData): BatchDecider {
  const members = Array.from({ length: threads }, () => new PoolMember(data));
  return {
    // One that is worked on and one that lies ready in each thread.
    width: threads * 2,
    decide(batch) {
      const idlest = members.reduce((best, member) => (member.waiting < best.waiting ? member : best));
      return idlest.decide(batch);
    },
    async close() {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

/** A batch is garbage as soon as it is decided: with more room for what is young, less of it is moved about. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

/** Run from source, the thread must read TypeScript, whatever its parent was started with. */
function startThread(workerData: BatchWorkerData): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./batch-worker.js", import.meta.url), { workerData, resourceLimits });
  const tsx = createRequire(import.meta.url).resolve("tsx/package.json");
  const loader = new URL("./dist/esm/api/index.mjs", pathToFileURL(tsx)).href;
  const entry = new URL("./batch-worker.ts", import.meta.url).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(code, { workerData, resourceLimits, eval: true, execArgv: ["--conditions=source"] });
}

interface Waiting {
  readonly resolve: (batch: DecidedBatch) => void;
  readonly reject: (error: unknown) => void;
}

class PoolMember {
  readonly #worker: Worker;
  readonly #queue: Waiting[] = [];
  #fault: Error | undefined;
  #closing = false;

  constructor(data: BatchWorkerData) {
    this.#worker = startThread(data);
    this.#worker.on("message", (reply: BatchWorkerReply) => {
      const waiting = this.#queue.shift();
      if ("decided" in reply) waiting?.resolve(reply.decided);
      else waiting?.reject(new DiagnosticError(reply.diagnostics));
    });
    this.#worker.on("error", (error: unknown) => this.#fail(faultOf(error, data.setup.lang)));
    this.#worker.on("exit", (code) => {
      if (!this.#closing) this.#fail(workerDied(data.setup.lang, `exit ${code}`));
    });
  }

  get waiting(): number {
    return this.#queue.length;
  }

  async decide(batch: DayBatch): Promise<DecidedBatch> {
    if (this.#fault !== undefined) throw this.#fault;
    return await new Promise((resolve, reject) => {
      this.#queue.push({ resolve, reject });
      this.#worker.postMessage(batch);
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#worker.terminate();
  }

  #fail(fault: Error): void {
    this.#fault ??= fault;
    for (const waiting of this.#queue.splice(0)) waiting.reject(fault);
  }
}

/** Too little memory ends a thread as any other death does; an error that it threw is a bug and keeps its trace. */
function faultOf(error: unknown, lang: Lang): Error {
  const code = (error as NodeJS.ErrnoException).code;
  return code?.startsWith("ERR_WORKER_") === true ? workerDied(lang, code) : error instanceof Error ? error : workerDied(lang, "");
}

function workerDied(lang: Lang, detail: string): DiagnosticError {
  return commandFault({ lang }, "THREAD_DIED", { detail });
}
