import type { CodeEntry } from "./code-entry.js";

/** Codes for customer records. Texts name the field, never its value: values are personal data. */
export const codesOfRecords = {
  ID_MISSING: {
    severity: "error",
    message: { "zh-CN": "记录没有标识[“{name}”]", en: "The record has no id[ (\"{name}\")]" },
    hint: { "zh-CN": "每条记录都需要唯一的文本标识。", en: "Every record needs a unique id, as text." },
  },
  FIELD_MISSING: {
    severity: "error",
    message: { "zh-CN": "缺少必填字段[“{name}”]", en: "A required field[ \"{name}\"] is missing" },
    hint: { "zh-CN": "请补上该字段，或从模型的 required 中去掉它。", en: "Fill it in, or take it off the model's required list." },
  },
  RECORD_TOO_LARGE: {
    severity: "error",
    message: { "zh-CN": "记录过大[，上限为 {limit} 字节]", en: "The record is too large[, the limit is {limit} bytes]" },
    hint: { "zh-CN": "请在数据源中减少明细项。", en: "Let the source deliver fewer items." },
  },
  KEY_FORBIDDEN: {
    severity: "error",
    message: { "zh-CN": "记录中含有禁止的键[“{name}”]", en: "The record holds a forbidden key[ \"{name}\"]" },
    hint: { "zh-CN": "请在数据源中去除 __proto__、constructor、prototype 等键。", en: "Remove keys such as __proto__, constructor or prototype from the source." },
  },
  TYPE_INVALID: {
    severity: "error",
    message: { "zh-CN": "字段[“{name}”]的类型不符[，应为{expected}]", en: "The field[ \"{name}\"] has the wrong type[, expected {expected}]" },
    hint: { "zh-CN": "请修正数据源或数据模型。", en: "Correct the source or the model." },
  },
  VALUE_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "字段[“{name}”]的值不在模型允许的范围内", en: "The field[ \"{name}\"] holds a value that the model does not list" },
    hint: { "zh-CN": "[允许的值：{allowed}。]请修正数据源，或在模型中补充该值。", en: "[Allowed: {allowed}. ]Correct the source or add the value to the model." },
  },
  DATE_INVALID: {
    severity: "error",
    message: { "zh-CN": "字段[“{name}”]不是有效日期", en: "The field[ \"{name}\"] is not a valid date" },
    hint: { "zh-CN": "请写成真实存在的日期，格式为 YYYY-MM-DD。", en: "Use a day that exists, as YYYY-MM-DD." },
  },
  OFFSET_REQUIRED: {
    severity: "error",
    message: { "zh-CN": "字段[“{name}”]的时间没有时区偏移", en: "The instant[ in \"{name}\"] has no offset" },
    hint: { "zh-CN": "请写上偏移，例如 2026-03-01T09:00:00+08:00。", en: "Write the offset, as in 2026-03-01T09:00:00+08:00." },
  },
  LUNAR_DAY_INVALID: {
    severity: "error",
    message: { "zh-CN": "不是农历月日", en: "This is no lunar month and day" },
    hint: { "zh-CN": "请写两位的农历月和日，例如 08-15；闰月写同一月份，不写年份。", en: "Write the lunar month and day with two digits each, as 08-15; a leap month as the month itself, and no year." },
  },
  ZONE_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "时区无法识别[：“{name}”]", en: "The time zone is not known[: \"{name}\"]" },
    hint: { "zh-CN": "请使用 IANA 名称，例如 Asia/Shanghai。", en: "Use an IANA name such as Asia/Shanghai." },
  },
  NUMBER_INVALID: {
    severity: "error",
    message: { "zh-CN": "字段[“{name}”]的数值无效或无法精确表示", en: "The number[ in \"{name}\"] is not valid or cannot be held exactly" },
    hint: { "zh-CN": "请使用有限且位数不过长的数值；长编号请写成文本。", en: "Use a finite number that is not too long; write long ids as text." },
  },
  SCALE_EXCEEDED: {
    severity: "error",
    message: { "zh-CN": "字段[“{name}”]的小数位数过多[，上限为 {limit} 位]", en: "The field[ \"{name}\"] has too many decimals[, the limit is {limit}]" },
    hint: { "zh-CN": "请在数据源中四舍五入，或调大模型中的 scale。", en: "Round it in the source or raise its scale in the model." },
  },
  TEXT_INVALID: {
    severity: "error",
    message: { "zh-CN": "字段[“{name}”]的文本无效（编码损坏、含控制字符或过长）", en: "The text[ in \"{name}\"] is not valid (broken encoding, control characters or too long)" },
    hint: { "zh-CN": "请在数据源中清理该文本。", en: "Clean the text in the source." },
  },
  LIST_TOO_LONG: {
    severity: "error",
    message: { "zh-CN": "列表[“{name}”]过长[，上限为 {limit} 项]", en: "The list[ \"{name}\"] is too long[, the limit is {limit} items]" },
    hint: { "zh-CN": "请在数据源中只保留需要的项。", en: "Keep only the items that are needed in the source." },
  },
  ADDRESS_CONTROL_CHAR: {
    severity: "error",
    message: { "zh-CN": "地址[“{name}”]含有控制字符", en: "The address[ in \"{name}\"] holds a control character" },
    hint: { "zh-CN": "请在数据源中去除换行等控制字符。", en: "Remove line breaks and other control characters in the source." },
  },
  ADDRESS_MULTIPLE: {
    severity: "error",
    message: { "zh-CN": "地址[“{name}”]不是单个有效邮箱", en: "The address[ in \"{name}\"] is not one valid mailbox" },
    hint: { "zh-CN": "请只保留一个邮箱地址。", en: "Keep exactly one mailbox." },
  },
  PHONE_INVALID: {
    severity: "error",
    message: { "zh-CN": "电话[“{name}”]不是有效的 E.164 号码", en: "The phone number[ in \"{name}\"] is not valid E.164" },
    hint: { "zh-CN": "请写成 +国家码 加号码，例如 +8613800138000。", en: "Write + country code and number, such as +8613800138000." },
  },
  FIELD_NOT_IN_MODEL: {
    severity: "warning",
    message: { "zh-CN": "数据源的列“{name}”不在数据模型中，已忽略", en: "The source has a column \"{name}\" that the model does not have; it is ignored" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？]请在模型中补充该字段，或从数据源中去除。", en: "[Did you mean \"{suggestion}\"? ]Add the field to the model or drop it from the source." },
  },
} as const satisfies Record<string, CodeEntry>;
