import type { Shape } from "./shape.js";

/** Annotations and JSON Schema keywords a field of a model may have. */
export const fieldKeys: Readonly<Record<string, Shape>> = {
  type: { type: "string", enum: ["string", "number", "integer", "boolean", "object", "array"], description: { "zh-CN": "类型", en: "Type" } },
  $ref: { type: "string", description: { "zh-CN": "引用本模型 $defs 中的定义", en: "A definition under this model's $defs" } },
  format: { type: "string", enum: ["date", "date-time", "email", "lunar-day", "phone", "time-zone"], description: { "zh-CN": "格式：日期、时刻、邮箱、农历月日（08-15）、电话（E.164）、时区", en: "Format: date, instant, mailbox, lunar month and day (08-15), phone (E.164) or time zone" } },
  enum: { type: "array", minItems: 1, maxItems: 500, items: { type: "oneOf", options: [{ type: "string" }, { type: "number" }] }, description: { "zh-CN": "允许的值", en: "Allowed values" } },
  label: { type: "text", description: { "zh-CN": "显示名称", en: "Label" } },
  description: { type: "text", description: { "zh-CN": "说明", en: "Description" } },
  purpose: { type: "text", description: { "zh-CN": "收集目的", en: "Why it is collected" } },
  unit: { type: "string", maxLength: 40, description: { "zh-CN": "单位，如 CNY", en: "Unit, such as CNY" } },
  scale: { type: "integer", minimum: 0, maximum: 9, description: { "zh-CN": "小数位数：金额 2，净值 4", en: "Decimal places: money 2, NAV 4" } },
  sensitivity: { type: "string", enum: ["public", "internal", "personal", "restricted"], description: { "zh-CN": "敏感级别", en: "Sensitivity" } },
  absent: { type: "string", enum: ["unknown", "none"], description: { "zh-CN": "缺值的含义：不知道，或确实没有", en: "What absence means: unknown, or there is none" } },
  maxLength: { type: "integer", minimum: 1, maximum: 100000, description: { "zh-CN": "最大长度", en: "Longest text" } },
  minimum: { type: "number", description: { "zh-CN": "最小值", en: "Smallest value" } },
  maximum: { type: "number", description: { "zh-CN": "最大值", en: "Largest value" } },
  properties: { type: "ref", ref: "json", description: { "zh-CN": "成员", en: "Members" } },
  required: { type: "array", items: { type: "string" }, description: { "zh-CN": "必填字段：缺少则该客户被搁置", en: "Fields without which a customer is set aside" } },
  items: { type: "ref", ref: "json", description: { "zh-CN": "每一项", en: "Each item" } },
  id: { type: "string", description: { "zh-CN": "标识字段", en: "The field that identifies an item" } },
};

/** The `model` part of a pack. Fields are checked by the model's own reader. */
export const modelShape: Extract<Shape, { type: "object" }> = {
  type: "object",
  description: { "zh-CN": "数据模型：规则可以读取的字段", en: "The data model: what rules can read" },
  properties: {
    id: { type: "string", format: "id", description: { "zh-CN": "模型标识", en: "Id of the model" } },
    title: { type: "text", description: { "zh-CN": "标题", en: "Title" } },
    zone: { type: "string", description: { "zh-CN": "银行所在时区（IANA）", en: "Time zone of the bank (IANA)" } },
    currency: { type: "string", maxLength: 8, description: { "zh-CN": "币种", en: "Currency" } },
    $defs: { type: "ref", ref: "json", description: { "zh-CN": "可复用的定义", en: "Definitions to reuse" } },
    entity: {
      type: "object",
      description: { "zh-CN": "客户", en: "The entity that rules speak of" },
      properties: {
        name: { type: "string", format: "id", description: { "zh-CN": "实体名", en: "Name of the entity" } },
        id: { type: "string", description: { "zh-CN": "标识字段", en: "The field that identifies a record" } },
        roles: { type: "object", properties: {}, additional: { type: "string" }, description: { "zh-CN": "角色到字段：rm、zone、locale、address.sms、contacts、consents…", en: "Roles to fields: rm, zone, locale, address.sms, contacts, consents …" } },
        properties: { type: "ref", ref: "json", description: { "zh-CN": "字段", en: "Fields" } },
        required: { type: "array", items: { type: "string" } },
      },
      required: ["name", "id", "properties"],
    },
    context: { type: "object", properties: {}, additional: { type: "ref", ref: "json" }, description: { "zh-CN": "只读集合：产品、活动等", en: "Read-only collections: products, events, …" } },
    units: {
      type: "object",
      description: { "zh-CN": "机构树：哪个集合、哪个字段写上级机构", en: "The tree of organisation units: which collection, and which of its fields names the unit above" },
      properties: { in: { type: "string", description: { "zh-CN": "集合名，如 units", en: "The context collection, such as units" } }, parent: { type: "string", description: { "zh-CN": "上级机构字段", en: "Field with the id of the unit above" } } },
      required: ["in", "parent"],
    },
  },
  required: ["id", "zone", "entity"],
};
