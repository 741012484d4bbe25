import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultGateway, GatewayEffect } from "@evertend/testing";

/** The other end of the letter channel, as the kit sees it. */
export class PrintRoom implements FaultGateway {
  readonly faults = [];
  directory = "";

  set(): void {
    // A folder neither refuses nor hangs.
  }

  async reset(): Promise<void> {
    if (this.directory !== "") await rm(this.directory, { recursive: true });
    this.directory = await mkdtemp(join(tmpdir(), "letters-"));
  }

  async effects(): Promise<readonly GatewayEffect[]> {
    const files = (await readdir(this.directory)).filter((file) => !file.startsWith("."));
    return Promise.all(files.map((file) => this.#read(file)));
  }

  async #read(file: string): Promise<GatewayEffect> {
    const [, to = "", , ...text] = (await readFile(join(this.directory, file), "utf8")).split("\n");
    return { key: decodeURIComponent(file.slice(0, -".txt".length)), to, text: text.join("\n") };
  }
}
