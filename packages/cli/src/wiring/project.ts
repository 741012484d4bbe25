import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { checkShape, DiagnosticError, Findings, isObject, parseJson, Spot, type ChannelConfig, type JsonDocument, type Shape } from "@evertend/core";
import { checkOneKey, connectionShape, type ConnectionReference } from "@evertend/warehouse";
import { pathOf, type CliIo } from "../cli-io.js";
import { postgresLocation } from "./open-state.js";
import { commandFault } from "./report-diagnostics.js";

/** What `evertend.json` says: where things are and how channels send. Paths are resolved from its folder. */
export interface Project {
  /** The file, for diagnostics; absent where there is none. */
  readonly document?: JsonDocument;
  readonly pack?: string;
  /** Folders of overlays, the one that speaks last at the end; `[]` where there are none. */
  readonly overlays: readonly string[];
  readonly source?: string;
  /** As `stateLocation` gives it. */
  readonly state?: string;
  /** What finds matches. */
  readonly backend?: "compiled" | "sql";
  /** Files of context collections by name. */
  readonly context: Readonly<Record<string, string>>;
  /** Settings of channels by id, as written. */
  readonly channels: Readonly<Record<string, ChannelConfig>>;
  /** Modules that export `plugin`. */
  readonly plugins: readonly string[];
  readonly smsProfile?: SmsProfileName;
  /** Who may approve a pack; absent = anybody but its authors. */
  readonly approvers?: readonly string[];
  /** Least rule coverage of `evertend test`, in percent. */
  readonly testThreshold?: number;
}

export type SmsProfileName = (typeof smsProfileNames)[number];

const smsProfileNames = ["plain", "aliyun", "huawei"] as const;
const text: Shape = { type: "string" };

/** What may stand in `evertend.json`. */
export const projectShape: Shape = {
  type: "object",
  properties: {
    $schema: text,
    pack: { ...text, description: { "zh-CN": "规则包目录", en: "Folder of the pack" } },
    overlays: { type: "array", items: text, description: { "zh-CN": "叠加在规则包之上的目录，后者优先", en: "Folders of overlays laid over the pack; a later one speaks last" } },
    source: { ...text, description: { "zh-CN": "客户数据：.ndjson、.csv、.parquet、.sql，或映射文件 .json", en: "Customers: .ndjson, .csv, .parquet, .sql, or a mapping, .json" } },
    state: {
      type: "oneOf",
      description: { "zh-CN": "运行状态：目录，或 PostgreSQL（连接字符串写引用）", en: "The run state: a folder, or PostgreSQL, its connection string as a reference" },
      options: [text, { type: "object", properties: { postgres: connectionShape }, required: ["postgres"] }],
    },
    backend: { type: "string", enum: ["compiled", "sql"], description: { "zh-CN": "由谁判断规则；默认 compiled，结果相同", en: "What evaluates the rules; compiled if not given, the outcome is the same" } },
    context: { type: "object", properties: {}, additional: text, description: { "zh-CN": "上下文集合的文件（如 products）", en: "Files of context collections, such as products" } },
    channels: { type: "object", properties: {}, additional: { type: "ref", ref: "json" }, description: { "zh-CN": "各渠道的设置；密钥写引用", en: "Settings of channels; secrets as references" } },
    approvers: { type: "array", items: text, description: { "zh-CN": "可批准规则包的人；不写则作者以外任何人", en: "Who may approve a pack; anybody but its authors where absent" } },
    test: {
      type: "object",
      description: { "zh-CN": "用例", en: "Golden cases" },
      properties: { threshold: { type: "number", minimum: 0, maximum: 100, description: { "zh-CN": "规则覆盖率下限（百分比）", en: "Least rule coverage, in percent" } } },
    },
    environment: {
      type: "object",
      description: { "zh-CN": "插件与短信配置模板", en: "Plugins and the SMS profile" },
      properties: {
        plugins: { type: "array", items: text, description: { "zh-CN": "导出 plugin 的模块", en: "Modules that export `plugin`" } },
        smsProfile: { type: "string", enum: smsProfileNames, description: { "zh-CN": "短信配置模板", en: "SMS profile" } },
      },
    },
  },
};

/**
 * Reads a project: the file that `--config` names, or `evertend.json` in the working directory where there is one.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, and all that is wrong inside the file
 */
export async function readProject(io: CliIo, config?: string): Promise<Project> {
  const file = config ?? "evertend.json";
  let source: string;
  try {
    source = await readFile(pathOf(io, file), "utf8");
  } catch {
    if (config === undefined) return { overlays: [], context: {}, channels: {}, plugins: [] };
    throw commandFault(io, "FILE_NOT_FOUND", { name: file }, { file });
  }
  const findings = new Findings(io.lang);
  const document = parseJson(file, source, findings);
  if (document) {
    const spot = new Spot(document, "", findings);
    checkShape(projectShape, document.value, spot);
    const state = isObject(document.value) ? document.value["state"] : undefined;
    if (isObject(state)) checkOneKey(state["postgres"], ["env", "file"], spot.at("state").at("postgres"));
    if (isConnectionString(state) || (isObject(state) && isConnectionString(state["postgres"]))) spot.at("state").report("SECRET_LITERAL", { name: "state" });
  }
  if (!document || findings.hasErrors || !isObject(document.value)) throw new DiagnosticError(findings.sorted());
  return fromJson(document, document.value, dirname(pathOf(io, file)));
}

function fromJson(document: JsonDocument, json: Readonly<Record<string, unknown>>, folder: string): Project {
  const path = (given: string): string => (isAbsolute(given) ? given : join(folder, given));
  const environment = isObject(json["environment"]) ? json["environment"] : {};
  const context = isObject(json["context"]) ? json["context"] : {};
  const test = isObject(json["test"]) ? json["test"] : {};
  return {
    document,
    ...(typeof json["pack"] === "string" ? { pack: path(json["pack"]) } : {}),
    overlays: ((json["overlays"] ?? []) as readonly string[]).map(path),
    ...(typeof json["source"] === "string" ? { source: path(json["source"]) } : {}),
    ...stateOf(json["state"], path),
    ...(json["backend"] === "sql" || json["backend"] === "compiled" ? { backend: json["backend"] } : {}),
    context: Object.fromEntries(Object.entries(context).map(([name, given]) => [name, path(String(given))])),
    channels: (json["channels"] ?? {}) as Readonly<Record<string, ChannelConfig>>,
    plugins: ((environment["plugins"] ?? []) as readonly string[]).map(path),
    ...(Array.isArray(json["approvers"]) ? { approvers: json["approvers"] as readonly string[] } : {}),
    ...(typeof test["threshold"] === "number" ? { testThreshold: test["threshold"] } : {}),
    ...(environment["smsProfile"] === undefined ? {} : { smsProfile: environment["smsProfile"] as SmsProfileName }),
  };
}

function stateOf(given: unknown, path: (given: string) => string): { readonly state?: string } {
  if (typeof given === "string") return { state: path(given) };
  if (!isObject(given)) return {};
  const reference = given["postgres"] as ConnectionReference;
  return { state: postgresLocation("env" in reference ? reference : { file: path(reference.file) }) };
}

function isConnectionString(given: unknown): boolean {
  return typeof given === "string" && /^postgres(ql)?:\/\//i.test(given);
}
