import { createUnitEngine, DiagnosticError, type ChannelConfig, type Engine, type Lang, type Overlay, type PackFiles } from "@evertend/core";
import { loadEnvironment } from "./project-environment.js";
import type { SmsProfileName } from "./project.js";
import { sha256 } from "./sha256.js";

/** All that an engine is built from, as plain data: another thread builds the same one. */
export interface EngineSetup {
  readonly files: PackFiles;
  readonly overlays: readonly Overlay[];
  /** Parameters of the pack by name, as given on the command line. */
  readonly params: Readonly<Record<string, string>>;
  /** Modules that export `plugin`. */
  readonly plugins: readonly string[];
  readonly smsProfile?: SmsProfileName | undefined;
  /** Folder that paths of plugins are relative to. */
  readonly cwd: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  readonly lang: Lang;
}

/**
 * Builds the engine of a setup.
 *
 * @throws DiagnosticError what is wrong in plugins, pack or context
 */
export async function engineOf(setup: EngineSetup): Promise<Engine> {
  const environment = await loadEnvironment(setup, setup);
  const { engine, diagnostics } = createUnitEngine(setup.files, { overlays: setup.overlays, parameters: setup.params, environment, context: setup.context, channelConfigs: setup.channelConfigs, lang: setup.lang, sha256 });
  if (!engine) throw new DiagnosticError(diagnostics);
  return engine;
}
