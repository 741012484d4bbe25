import type { Lang } from "../diagnostics/diagnostic.js";
import type { Environment } from "../plugin/environment.js";
import type { Bilingual } from "../ports/report-data.js";
import { factBase, factShapes } from "./fact-shapes.js";
import { fieldKeys, modelShape } from "./model-shapes.js";
import { operatorNames } from "./operators.js";
import { packFileShape } from "./pack-shapes.js";
import { actionShape, shapeOfRules } from "./rule-shapes.js";
import { head, reference, writeShape, type Schema } from "./shape-to-json-schema.js";
import type { Shape } from "./shape.js";

/** What can be published: a whole pack file, or the model alone. */
export type SchemaName = "pack" | "model";

/**
 * JSON Schema (2020-12) for editors, with descriptions in one language: completion and marks while typing. It lists the
 * kinds and operators of the environment. The checker says more than a schema can; what it refuses by shape, the schema
 * refuses too.
 */
export function toJsonSchema(name: SchemaName, environment: Environment, lang: Lang): Schema {
  const write = (shape: Shape): Schema => writeShape(shape, lang);
  const text = (texts: Bilingual): string => texts[lang];
  const defs: Record<string, Schema> = {
    condition: conditionSchema(environment, text),
    value: valueSchema(text),
    fact: { type: "string" },
    range: { type: "string", pattern: "^[A-Za-z_][\\w.]*(\\s+as\\s+[A-Za-z_]\\w*)?$" },
    "number-or-param": { oneOf: [{ type: "number" }, reference("param")] },
    param: { type: "object", properties: { param: { type: "string" } }, required: ["param"], additionalProperties: false },
    action: write(actionShape),
    actions: { type: "array", items: reference("action") },
    json: {},
    field: fieldSchema(write),
  };
  const model = { ...write(modelShape), ...modelProperties(write(modelShape)) };
  if (name === "model") return { ...head(name, lang), ...model, $defs: defs };
  const file = write(packFileShape) as { readonly properties: Readonly<Record<string, Schema>> };
  const rules = [...environment.kinds.values()].map((kind) => kindSchema(kind.id, kind.description[lang], shapeOfRules(kind), write));
  defs["rule"] = { type: "object", required: ["id"], allOf: rules.map((rule) => rule.branch), properties: { kind: { enum: [...environment.kinds.keys()] } } };
  for (const rule of rules) defs[rule.name] = rule.schema;
  defs["derived"] = { type: "object", required: ["id", "kind"], properties: { kind: { enum: Object.keys(factShapes) } }, allOf: Object.keys(factShapes).map((kind) => branch(kind, `fact-${kind}`)) };
  for (const [kind, shape] of Object.entries(factShapes)) defs[`fact-${kind}`] = factSchema(kind, shape, write);
  const properties = {
    ...file.properties,
    model,
    rules: { type: "array", items: reference("rule"), description: text({ "zh-CN": "规则", en: "Rules" }) },
    facts: { type: "array", items: reference("derived"), description: text({ "zh-CN": "派生指标", en: "Derived facts" }) },
    tests: { type: "array", items: { type: "object" }, description: text({ "zh-CN": "测试用例", en: "Golden cases" }) },
  };
  return { ...head(name, lang), ...file, properties, $defs: defs };
}

function branch(kind: string, definition: string): Schema {
  return { if: { properties: { kind: { const: kind } }, required: ["kind"] }, then: reference(definition) };
}

/** A rule without `kind` is of kind `rule`. */
function kindSchema(id: string, description: string, shape: Shape, write: (shape: Shape) => Schema): { readonly name: string; readonly branch: Schema; readonly schema: Schema } {
  const schema = write(shape);
  const name = `rule-${id}`;
  const condition = id === "rule" ? { properties: { kind: { const: id } } } : { properties: { kind: { const: id } }, required: ["kind"] };
  return { name, branch: { if: condition, then: reference(name) }, schema: { ...schema, description } };
}

function factSchema(kind: string, shape: Extract<Shape, { type: "object" }>, write: (shape: Shape) => Schema): Schema {
  return { ...write({ ...shape, properties: { ...factBase, ...shape.properties }, required: ["id", "kind", ...(shape.required ?? [])] }), $comment: kind };
}

function valueSchema(text: (texts: Bilingual) => string): Schema {
  const amount = reference("value");
  const pair = { type: "array", items: reference("value"), minItems: 2 };
  const one = (key: string, schema: Schema, more: Schema = {}): Schema => ({ type: "object", properties: { [key]: schema, ...more }, required: [key], additionalProperties: false });
  return {
    description: text({ "zh-CN": "值：字面量、{param}、{fact}、{asOf} 或算式", en: "A value: literal, {param}, {fact}, {asOf} or arithmetic" }),
    anyOf: [
      { type: ["string", "number", "boolean"] },
      { type: "array", items: { type: ["string", "number", "boolean"] } },
      reference("param"),
      one("fact", { type: "string" }, { path: { type: "string" } }),
      one("asOf", { type: "object", properties: { days: amount, workingDays: amount, months: amount, years: amount, calendar: { type: "string" } }, additionalProperties: false }),
      ...["add", "subtract", "multiply", "divide"].map((key) => one(key, pair)),
    ],
  };
}

function conditionSchema(environment: Environment, text: (texts: Bilingual) => string): Schema {
  const names = [...operatorNames, ...environment.operators.keys()];
  const operator = { anyOf: [{ enum: names }, { type: "string", pattern: "^((someFact|everyFact|someValue|everyValue|swap|not):)+[^:]+$" }], description: text({ "zh-CN": "运算符", en: "Operator" }) };
  const condition = reference("condition");
  const name = { type: "string" };
  const list = { type: "array", items: condition, minItems: 1 };
  const object = (properties: Schema, required: readonly string[], description: Bilingual): Schema => ({ type: "object", properties, required, additionalProperties: false, description: text(description) });
  const where = condition;
  return {
    anyOf: [
      { type: "array", prefixItems: [{ type: "string" }, operator, reference("value")], minItems: 3, items: false, description: text({ "zh-CN": "简写：[指标, 运算符, 值]", en: "Short: [fact, operator, value]" }) },
      { type: "array", prefixItems: [{ type: "string" }, { enum: ["isPresent", "isMissing"] }], minItems: 2, items: false, description: text({ "zh-CN": "有无记录：[指标, isPresent | isMissing]", en: "On record or not: [fact, isPresent | isMissing]" }) },
      { type: "array", items: { type: ["object", "array"], allOf: [condition] }, minItems: 1, description: text({ "zh-CN": "全部满足", en: "All of these" }) },
      object({ all: list, name }, ["all"], { "zh-CN": "全部满足", en: "All of these" }),
      object({ any: list, name }, ["any"], { "zh-CN": "满足其一", en: "Any of these" }),
      object({ not: condition, name }, ["not"], { "zh-CN": "不满足", en: "Not this" }),
      object({ condition: { type: "string" } }, ["condition"], { "zh-CN": "命名条件", en: "A named condition" }),
      object({ fact: { type: "string" }, path: { type: "string" }, operator, value: reference("value"), name }, ["fact", "operator"], { "zh-CN": "指标与值的比较", en: "A fact held against a value" }),
      ...(["some", "every", "none"] as const).map((head) => object({ [head]: reference("range"), where, name }, head === "every" ? [head, "where"] : [head], { "zh-CN": "集合中的项", en: "Items of a collection" })),
      object({ count: reference("range"), where, operator: { enum: ["=", "!=", "<", "<=", ">", ">=", "equal", "notEqual", "lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"] }, value: reference("value"), name }, ["count", "operator", "value"], { "zh-CN": "集合中的项数", en: "How many items" }),
    ],
  };
}

function fieldSchema(write: (shape: Shape) => Schema): Schema {
  const properties = Object.fromEntries(Object.entries(fieldKeys).map(([key, shape]) => [key, write(shape)]));
  return { type: "object", properties: { ...properties, properties: { type: "object", additionalProperties: reference("field") }, items: reference("field") }, additionalProperties: false };
}

/** In a model, `properties`, `$defs` and `context` hold fields. */
function modelProperties(model: Schema): Schema {
  const fields = { type: "object", additionalProperties: reference("field") };
  const properties = model["properties"] as Readonly<Record<string, Schema>>;
  const entity = properties["entity"] as { readonly properties: Readonly<Record<string, Schema>> };
  return { properties: { ...properties, $defs: fields, context: fields, entity: { ...entity, properties: { ...entity.properties, properties: fields } } } };
}
