import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultGateway, GatewayEffect } from "@evertend/testing";

/** A folder as the bank's SMS platform sees it: only batches with a flag count. */
export class HandoffGateway implements FaultGateway {
  readonly faults = [];
  directory = "";

  set(): void {
    // A folder makes no faults of the kinds the kit knows; its own are in the tests of the hand-off.
  }

  async reset(): Promise<void> {
    if (this.directory !== "") await rm(this.directory, { recursive: true, force: true });
    this.directory = await mkdtemp(join(tmpdir(), "evertend-sms-"));
  }

  async effects(): Promise<readonly GatewayEffect[]> {
    return (await this.lines()).map((line) => ({ key: String(line["key"]), to: String(line["to"]), text: String(line["text"]) }));
  }

  async lines(): Promise<readonly Record<string, unknown>[]> {
    const files = (await readdir(this.directory)).sort();
    const flagged = files.filter((file) => file.endsWith(".ndjson") && files.includes(file.replace(/ndjson$/, "ok")));
    const texts = await Promise.all(flagged.map((file) => readFile(join(this.directory, file), "utf8")));
    return texts.flatMap((text) => text.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>));
  }
}
