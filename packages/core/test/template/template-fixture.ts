import { Findings } from "../../src/diagnostics/findings.js";
import type { Lang } from "../../src/diagnostics/diagnostic.js";
import { checkTemplate, type Template, type TemplateContext, type TemplateField, type TemplateValues } from "../../src/template/check-template.js";

/** Fields that the templates of these tests may read. */
export const fields: Readonly<Record<string, TemplateField>> = {
  name: { type: "text", maxLength: 20, sensitivity: "personal" },
  note: { type: "text", sensitivity: "internal" },
  idNumber: { type: "text", maxLength: 18, sensitivity: "restricted" },
  "assets.total": { type: "number", scale: 2, sensitivity: "personal" },
  rate: { type: "number", minimum: 0, maximum: 1, sensitivity: "public" },
  vip: { type: "boolean", sensitivity: "internal" },
  birthDate: { type: "date", sensitivity: "personal" },
  tags: { type: "list", sensitivity: "internal" },
  "deposit.balance": { type: "number", scale: 2, minimum: 0, maximum: 9_999_999.99, sensitivity: "personal" },
  客户等级: { type: "text", maxLength: 4, sensitivity: "internal" },
  holdings: {
    type: "items",
    sensitivity: "personal",
    itemFields: (name) =>
      ({
        product: { type: "text", sensitivity: "internal" } as const,
        amount: { type: "number", scale: 2, sensitivity: "personal" } as const,
        due: { type: "date", sensitivity: "internal" } as const,
        labels: { type: "list", sensitivity: "public" } as const,
        parts: { type: "items", sensitivity: "public", itemFields: (part: string) => (part === "code" ? ({ type: "text", sensitivity: "public" } as const) : undefined) } as const,
      })[name],
  },
};

/** All names, items' fields included. */
export const names = [...Object.keys(fields), "holdings.product", "holdings.amount", "holdings.due", "holdings.labels", "holdings.parts", "holdings.parts.code"];

/** Checks a template against the fields above. */
export function check(source: unknown, options: { lang?: Lang; escape?: TemplateContext["escape"] } = {}): { template: Template | undefined; findings: Findings; codes: string[] } {
  const findings = new Findings(options.lang);
  const context: TemplateContext = {
    findings,
    place: { file: "templates/t.json", pointer: "/text", line: 3, column: 5 },
    resolve: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
    names: () => names,
    ...(options.escape === undefined ? {} : { escape: options.escape }),
  };
  const template = checkTemplate(source, context);
  return { template, findings, codes: findings.list.map((d) => d.code) };
}

/** The template, or a failure that says what was found. */
export function checked(source: string, escape?: TemplateContext["escape"]): Template {
  const { template, findings } = check(source, escape === undefined ? {} : { escape });
  if (template === undefined) throw new Error(findings.list.map((d) => `${d.code} ${d.message}`).join("\n"));
  return template;
}

/** Values by dotted name. */
export function valuesOf(record: Readonly<Record<string, unknown>>): TemplateValues {
  return { get: (name) => (Object.hasOwn(record, name) ? (record[name] as string) : undefined) };
}
