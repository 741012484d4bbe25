import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackFiles } from "@evertend/core";

/** The files of a pack's folder by path, golden cases aside. */
export function readPackFolder(folder: string): PackFiles {
  const paths = readdirSync(folder, { recursive: true }).map(String).filter((path) => path.endsWith(".json") && !path.startsWith("tests")).sort();
  return Object.fromEntries(paths.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]));
}
