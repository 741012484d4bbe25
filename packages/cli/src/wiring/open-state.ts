import type { Lang } from "@evertend/core";
import { openFileState, openPostgresState, type ConnectionReference, type FileStateStore } from "@evertend/warehouse";
import { pathOf, type CliIo } from "../cli-io.js";
import { commandFault } from "./report-diagnostics.js";

const inPostgres = /^postgres:(env|file):(.+)$/;

/**
 * Where a state lies, as one text: a folder, or `postgres:env:NAME` and `postgres:file:path`, which name where the
 * connection string is kept.
 *
 * @throws DiagnosticError SECRET_LITERAL for a connection string itself
 */
export function stateLocation(io: CliIo, given: string): string {
  if (/^postgres(ql)?:\/\//i.test(given)) throw commandFault(io, "SECRET_LITERAL", { name: "--state" }, { file: "--state" });
  const found = inPostgres.exec(given);
  if (!found) return pathOf(io, given);
  return found[1] === "file" ? `postgres:file:${pathOf(io, found[2] ?? "")}` : given;
}

/** The text of `stateLocation` for a reference; paths as they are. */
export function postgresLocation(reference: ConnectionReference): string {
  return "env" in reference ? `postgres:env:${reference.env}` : `postgres:file:${reference.file}`;
}

/** Opens the state that lies at a location as `stateLocation` gives it. */
export function openState(location: string, options: { readonly lang: Lang; readonly asOf?: string; readonly basis?: string }): FileStateStore {
  const found = inPostgres.exec(location);
  if (!found) return openFileState(location, options);
  const [, kind, name = ""] = found;
  return openPostgresState(kind === "env" ? { env: name } : { file: name }, options);
}
