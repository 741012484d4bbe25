import type { ChannelConfig } from "@evertend/core";
import { checkConfig, pointerTo } from "../check-config.js";
import type { ConfigSchema } from "../check-config.js";
import { always } from "../clause.js";
import type { Clause } from "../clause.js";

export const configRefused: Clause = {
  id: "config-refused",
  title: { "zh-CN": "无效配置被拒绝，并指出位置", en: "Invalid settings are refused, with their place" },
  applies: always,
  async run(context) {
    const { channel, config } = context;
    for (const finding of checkConfig(channel.configSchema, config)) context.fail(`the valid configuration does not fit configSchema: ${finding.code} at ${finding.pointer}`);
    for (const { name, pointer, broken, refusedByOpen } of brokenConfigs(channel.configSchema, config, "")) {
      const findings = checkConfig(channel.configSchema, broken);
      context.expect(findings.some((finding) => finding.pointer === pointer), `${name}: configSchema does not refuse it at ${pointer}`);
      if (!refusedByOpen) continue;
      try {
        await context.open({}, broken);
        context.fail(`${name}: open accepts it`);
      } catch (error) {
        const pointers = pointersOf(error);
        context.expect(pointers === null || pointers.some((found) => pointer.startsWith(found)), `${name}: open refuses it without pointing at ${pointer}`);
      }
    }
    context.expect((await context.effects()).length === 0, "something was sent");
  },
};

interface BrokenConfig {
  readonly name: string;
  /** Where the fault is. */
  readonly pointer: string;
  readonly broken: ChannelConfig;
  /** What is missing or of the wrong type would break the channel; a superfluous key is the host's to refuse. */
  readonly refusedByOpen: boolean;
}

/** A configuration broken in one place each: a key too many, a required one too few, a value of another type. */
function* brokenConfigs(schema: ConfigSchema, value: ChannelConfig, pointer: string): Generator<BrokenConfig> {
  if (typeof schema.additionalProperties !== "object") {
    yield { name: "unknown key", pointer: pointerTo(pointer, "no-such-key"), broken: { ...value, "no-such-key": 1 }, refusedByOpen: false };
  }
  for (const key of schema.required ?? []) {
    const { [key]: _left, ...rest } = value;
    yield { name: `${key} missing`, pointer: pointerTo(pointer, key), broken: rest, refusedByOpen: true };
  }
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    const own = value[key];
    if (own === undefined) continue;
    const at = pointerTo(pointer, key);
    yield { name: `${key} of another type`, pointer: at, broken: { ...value, [key]: inner.type === "boolean" ? 7 : false }, refusedByOpen: true };
    if (inner.enum !== undefined) yield { name: `${key} not of the list`, pointer: at, broken: { ...value, [key]: "no-such-value" }, refusedByOpen: true };
    if (inner.type === "object") {
      for (const deeper of brokenConfigs(inner, own as ChannelConfig, at)) yield { ...deeper, broken: { ...value, [key]: deeper.broken } };
    }
  }
}

/** Pointers of a `DiagnosticError`; `null` for any other error, which a plain channel may throw. */
function pointersOf(error: unknown): readonly string[] | null {
  if (typeof error !== "object" || error === null || !("diagnostics" in error) || !Array.isArray(error.diagnostics)) return null;
  return (error.diagnostics as readonly { readonly pointer?: unknown }[]).map((d) => (typeof d.pointer === "string" ? d.pointer : ""));
}
