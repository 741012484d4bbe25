import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { closest, DiagnosticError, Findings, isObject, type ChannelConfig, type Environment, type Plugin } from "@evertend/core";
import { checkConfig } from "@evertend/testing";
import { say, type CliIo } from "../cli-io.js";
import { createBankEnvironment, previewConfigs } from "./bank-environment.js";
import type { Project } from "./project.js";
import { commandFault } from "./report-diagnostics.js";

/** Plugins, channels and their settings. */
export interface ProjectEnvironment {
  readonly environment: Environment;
  /** Settings of all channels that have any; those that the project does not name get settings that only render. */
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  /** Channels that the project has settings for: only they can send. */
  readonly configured: ReadonlySet<string>;
}

/**
 * Loads the plugins of a project and checks the settings of its channels.
 *
 * @throws DiagnosticError with all that is wrong in them
 */
export async function openEnvironment(io: CliIo, project: Project): Promise<ProjectEnvironment> {
  const environment = await loadEnvironment(io, project);
  const findings = new Findings(io.lang);
  const at = (pointer: string) => project.document?.place(pointer) ?? { file: "evertend.json", pointer, line: 0, column: 0 };
  for (const [id, config] of Object.entries(project.channels)) {
    const pointer = `/channels/${id.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const channel = environment.channels.get(id);
    if (!channel) {
      findings.add("UNKNOWN_REFERENCE", at(pointer), { name: id, suggestion: closest(id, environment.channels.keys()) ?? "", allowed: [...environment.channels.keys()].join(", ") });
      continue;
    }
    for (const diagnostic of checkConfig(channel.configSchema, config, io.lang)) {
      const place = at(pointer + diagnostic.pointer);
      findings.push({ ...diagnostic, file: place.file, line: place.line, column: place.column, pointer: pointer + diagnostic.pointer });
    }
  }
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
  return { environment, channelConfigs: { ...previewConfigs, ...project.channels }, configured: new Set(Object.keys(project.channels)) };
}

/**
 * Loads the plugins of a project and puts them beside those of a bank.
 *
 * @throws DiagnosticError with what is wrong in them
 */
export async function loadEnvironment(io: Pick<CliIo, "lang" | "cwd">, project: Pick<Project, "plugins" | "document"> & { readonly smsProfile?: Project["smsProfile"] | undefined }): Promise<Environment> {
  const plugins: Plugin[] = [];
  for (const path of project.plugins) plugins.push(await loadPlugin(io, path));
  try {
    return createBankEnvironment({ plugins, ...(project.smsProfile ? { smsProfile: project.smsProfile } : {}) });
  } catch (error) {
    // Two plugins that bring the same thing: which one wins must not depend on their order.
    throw commandFault(io, "USAGE", { detail: error instanceof Error ? error.message : "" }, { file: project.document?.file ?? "", pointer: "/environment/plugins" });
  }
}

async function loadPlugin(io: Pick<CliIo, "lang" | "cwd">, path: string): Promise<Plugin> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(io.cwd, path)).href);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_MODULE_NOT_FOUND") throw commandFault(io, "FILE_NOT_FOUND", { name: path }, { file: path });
    throw commandFault(io, "USAGE", { detail: `${path}: ${error instanceof Error ? error.message : ""}` }, { file: path });
  }
  const plugin = isObject(module) || typeof module === "object" ? (module as { readonly plugin?: unknown }).plugin : undefined;
  if (isObject(plugin) && typeof plugin["name"] === "string") return plugin as unknown as Plugin;
  throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": `${path}：插件模块须导出 plugin`, en: `${path}: a plugin's module exports "plugin"` }) }, { file: path });
}
