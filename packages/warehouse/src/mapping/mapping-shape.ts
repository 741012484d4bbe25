import { isObject, type Shape, type Spot } from "@evertend/core";

const text: Shape = { type: "string" };

/** Where a connection string is kept: one of the two. The string itself, which holds a password, has no place in a file. */
export const connectionShape: Shape = {
  type: "object",
  description: { "zh-CN": "连接字符串存放在哪里：env 或 file", en: "Where the connection string is kept: env or file" },
  properties: {
    env: { ...text, description: { "zh-CN": "环境变量名", en: "Name of an environment variable" } },
    file: { ...text, description: { "zh-CN": "文件路径", en: "Path of a file" } },
  },
};

/** Reports unless exactly one of the keys stands in an object, as with `files` and `postgres`. */
export function checkOneKey(value: unknown, keys: readonly [string, string], spot: Spot): void {
  if (!isObject(value)) return;
  const given = keys.filter((key) => Object.hasOwn(value, key));
  if (given.length === 0) spot.report("KEY_MISSING", { name: keys.join(" / ") });
  if (given.length === 2) spot.at(keys[1]).report("UNKNOWN_KEY", { name: keys[1], suggestion: "", allowed: keys[0] });
}

/** A field's column: its name, or its name and how to read it. */
const columnShape: Shape = {
  type: "oneOf",
  options: [
    text,
    {
      type: "object",
      required: ["column"],
      properties: {
        column: { ...text, description: { "zh-CN": "列名", en: "Name of the column" } },
        format: { ...text, description: { "zh-CN": "日期写法：yyyy、MM、dd 及分隔符", en: "How dates are written: yyyy, MM, dd and what stands between" } },
        values: { type: "object", properties: {}, additional: text, description: { "zh-CN": "列中的值 → 模型中的值", en: "Value in the column → value in the model" } },
      },
    },
  ],
};
const fieldsShape: Shape = { type: "object", properties: {}, additional: columnShape, description: { "zh-CN": "模型字段 → 列；不写则列名就是字段名", en: "Field of the model → column; without it columns have the names of fields" } };
const from: Shape = {
  type: "oneOf",
  description: { "zh-CN": "表名（source.files 中的名称，或数据库的表或视图），或一条 SELECT", en: "Table (a name of source.files, or a table or view of the database), or a SELECT" },
  options: [
    text,
    {
      type: "object",
      properties: {
        sql: { ...text, description: { "zh-CN": "一条 SELECT", en: "A SELECT" } },
        file: { ...text, description: { "zh-CN": "存放一条 SELECT 的 .sql 文件", en: "A .sql file with one SELECT" } },
      },
    },
  ],
};

/** What may stand in a mapping from a bank's tables to the model. */
export const mappingShape: Shape = {
  type: "object",
  required: ["source", "customers"],
  properties: {
    $schema: text,
    source: {
      type: "object",
      description: { "zh-CN": "表在哪里：files 或 postgres", en: "Where the tables are: files or postgres" },
      properties: {
        files: { type: "object", properties: {}, additional: text, description: { "zh-CN": "表名 → .csv、.ndjson 或 .parquet 文件", en: "Table → .csv, .ndjson or .parquet file" } },
        postgres: connectionShape,
      },
    },
    customers: { type: "object", required: ["from", "id"], properties: { from, id: { ...text, description: { "zh-CN": "客户标识列", en: "Column of the customer's id" } }, fields: fieldsShape } },
    collections: {
      type: "object",
      properties: {},
      description: { "zh-CN": "客户的集合（如 holdings）", en: "Collections of a customer, such as holdings" },
      additional: { type: "object", required: ["from", "customer"], properties: { from, customer: { ...text, description: { "zh-CN": "客户标识列", en: "Column of the customer's id" } }, fields: fieldsShape } },
    },
    context: {
      type: "object",
      properties: {},
      description: { "zh-CN": "上下文集合（如 products）", en: "Context collections, such as products" },
      additional: { type: "object", required: ["from"], properties: { from, fields: fieldsShape } },
    },
  },
};
