import type { ChannelConfig } from "@evertend/core";
import { checkConfig, pointerTo } from "../check-config.js";
import type { ConfigSchema } from "../check-config.js";
import type { Clause } from "../clause.js";

const literal = "literal-secret-7d1f";

export const secretsByReference: Clause = {
  id: "secrets-by-reference",
  title: { "zh-CN": "密钥只以引用给出，明文被拒绝", en: "Secrets come by reference; literals are refused" },
  applies: ({ channel }) => (hasSecret(channel.configSchema) ? null : "the configuration holds no secrets"),
  async run(context) {
    const { channel, config } = context;
    const found = [...secretsIn(channel.configSchema, config, "")];
    context.expect(found.length > 0, "the configuration under test uses none of the channel's secrets: configure one");
    for (const { pointer, reference, withLiteral } of found) {
      const findings = checkConfig(channel.configSchema, withLiteral);
      context.expect(findings.some((d) => d.code === "SECRET_LITERAL" && d.pointer === pointer), `${pointer}: a literal is not SECRET_LITERAL`);
      try {
        await context.open({}, withLiteral);
        context.fail(`${pointer}: open takes a literal secret`);
      } catch (error) {
        context.expect(!`${String(error)} ${JSON.stringify(error)}`.includes(literal), `${pointer}: the error repeats the secret`);
      }
      const before = context.secretsAsked.length;
      const open = await context.open();
      await context.send(open, [context.touch()]);
      context.expect(context.secretsAsked.slice(before).includes(reference), `${pointer}: the host was not asked for the secret`);
    }
  },
};

function hasSecret(schema: ConfigSchema): boolean {
  return schema.secret === true || Object.values(schema.properties ?? {}).some(hasSecret);
}

interface FoundSecret {
  readonly pointer: string;
  readonly reference: string;
  readonly withLiteral: ChannelConfig;
}

function* secretsIn(schema: ConfigSchema, value: ChannelConfig, pointer: string): Generator<FoundSecret> {
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    const own = value[key];
    const at = pointerTo(pointer, key);
    if (inner.secret === true && typeof own === "string") yield { pointer: at, reference: own, withLiteral: { ...value, [key]: literal } };
    if (inner.type === "object" && typeof own === "object" && own !== null) {
      for (const deeper of secretsIn(inner, own as ChannelConfig, at)) yield { ...deeper, withLiteral: { ...value, [key]: deeper.withLiteral } };
    }
  }
}
