import { subschemas, unreadKeywords } from "../check-config.js";
import type { ConfigSchema } from "../check-config.js";
import { always } from "../clause.js";
import type { Clause } from "../clause.js";
import type { ClauseContext } from "../clause-context.js";

export const contract: Clause = {
  id: "contract",
  title: { "zh-CN": "契约版本与能力声明自洽", en: "Contract version and capabilities make sense" },
  applies: always,
  async run(context) {
    const { channel } = context;
    const { capabilities } = channel;
    context.expect(channel.contract === 1, "contract must be 1");
    context.expect(/^[a-z][a-z0-9-]{0,63}$/.test(channel.id), "id must be lower-case letters, digits and hyphens");
    for (const lang of ["zh-CN", "en"] as const) context.expect(typeof channel.label[lang] === "string" && channel.label[lang] !== "", `label lacks ${lang}`);
    context.expect(Number.isSafeInteger(capabilities.batchSize) && capabilities.batchSize >= 1, "batchSize must be a whole number from 1");
    context.expect(capabilities.maxCharacters === null || capabilities.maxCharacters >= 1, "maxCharacters must be null or at least 1");
    oneOf(context, "content", capabilities.content, ["free", "template"]);
    oneOf(context, "idempotency", capabilities.idempotency, ["native", "lookup", "none"]);
    oneOf(context, "receipts", capabilities.receipts, ["none", "pushed", "polled"]);
    oneOf(context, "optOut", capabilities.optOut, ["text", "header", "none"]);
    oneOf(context, "sensitivity", capabilities.sensitivity, ["public", "internal", "personal", "restricted"]);
    oneOf(context, "address", capabilities.address, ["phone", "mailbox", "opaque"]);

    const { parts, escape } = capabilities;
    context.expect(parts.length > 0 && new Set(parts).size === parts.length, "parts must name at least one part, each once");
    context.expect(parts.every((part) => Object.hasOwn(escape, part)) && Object.keys(escape).length === parts.length, "escape must say how each part is escaped, and no other");
    for (const part of parts) oneOf(context, `escape.${part}`, escape[part] ?? "", ["plain", "line", "html"]);

    const schema = channel.configSchema as ConfigSchema;
    context.expect(schema.type === "object", "configSchema must be of type object");
    for (const pointer of unreadKeywords(schema)) context.fail(`configSchema has a keyword at ${pointer} that nobody reads`);
    for (const pointer of openObjects(schema)) context.fail(`configSchema lets unknown keys pass at ${pointer}: say "additionalProperties": false`);

    if (capabilities.receipts === "pushed") context.expect(typeof channel.parseReceipt === "function", "receipts are pushed, but there is no parseReceipt");
    const open = await context.open();
    if (capabilities.receipts === "polled") context.expect(typeof open.pollReceipts === "function", "receipts are polled, but there is no pollReceipts");
    if (capabilities.idempotency === "lookup") context.expect(typeof open.lookup === "function", "keys can be looked up, but there is no lookup");
  },
};

function oneOf(context: ClauseContext, name: string, value: string, allowed: readonly string[]): void {
  context.expect(allowed.includes(value), `${name} must be one of ${allowed.join(", ")}`);
}

function openObjects(schema: ConfigSchema, name = "/"): readonly string[] {
  const open = schema.type === "object" && (schema.additionalProperties === undefined || schema.additionalProperties === true) ? [name] : [];
  return [...open, ...subschemas(schema).flatMap(([key, inner]) => openObjects(inner, `${name === "/" ? "" : name}/${key}`))];
}
