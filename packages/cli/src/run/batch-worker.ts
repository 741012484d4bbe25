import { parentPort, workerData } from "node:worker_threads";
import { DiagnosticError } from "@evertend/core";
import { engineOf } from "../wiring/engine-setup.js";
import type { BatchWorkerData, BatchWorkerReply } from "./batch-worker-data.js";
import type { DayBatch } from "./day-batch.js";
import { decideBatch, type BatchDay } from "./decide-batch.js";

const { setup, day } = workerData as BatchWorkerData;
const port = parentPort;
if (!port) throw new Error("this module is the entry of a thread");
let opened: Promise<BatchDay> | undefined;

/** Answers in the order of the batches: all that is awaited is the engine, which is built once. */
async function answer(batch: DayBatch): Promise<BatchWorkerReply> {
  try {
    opened ??= engineOf(setup).then((engine) => ({ ...day, engine }));
    return { decided: decideBatch(await opened, batch) };
  } catch (error) {
    if (error instanceof DiagnosticError) return { diagnostics: error.diagnostics };
    throw error;
  }
}

port.on("message", (batch: DayBatch) => {
  void answer(batch).then((reply) => {
    port.postMessage(reply, "decided" in reply ? reply.decided.texts.map((text) => text.buffer as ArrayBuffer) : []);
  });
});
