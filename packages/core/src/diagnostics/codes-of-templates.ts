import type { CodeEntry } from "./code-entry.js";

/** Codes for message templates. */
export const codesOfTemplates = {
  TEMPLATE_NOT_STRING: {
    severity: "error",
    message: { "zh-CN": "模板必须是文本", en: "A template must be text" },
    hint: { "zh-CN": "请写成双引号中的文本。", en: "Write it as text in double quotes." },
  },
  TEMPLATE_SYNTAX: {
    severity: "error",
    message: { "zh-CN": "模板[第 {line} 行]语法错误[：{detail}]", en: "The template has a syntax error[ in its line {line}][: {detail}]" },
    hint: { "zh-CN": "可用：{{字段}}、{{money 字段}}、{{number 字段}}、{{percent 字段}}、{{date 字段}}、{{#if}}、{{#unless}}、{{#each 列表 as |x|}}，块须成对关闭。", en: "There are {{field}}, {{money field}}, {{number field}}, {{percent field}}, {{date field}}, {{#if}}, {{#unless}} and {{#each list as |x|}}; close every block." },
  },
  TEMPLATE_PART_MISSING: {
    severity: "error",
    message: { "zh-CN": "模板[“{other}”]缺少渠道所需的部分“{name}”", en: "The template[ \"{other}\"] lacks the part \"{name}\" that its channel needs" },
    hint: { "zh-CN": "请补上“{name}”。", en: "Add \"{name}\"." },
  },
  TEMPLATE_UNUSED: {
    severity: "warning",
    message: { "zh-CN": "模板“{name}”没有被任何规则使用", en: "No rule uses the template \"{name}\"" },
    hint: { "zh-CN": "请在规则中引用它或删除它。", en: "Use it in a rule or remove it." },
  },
  LOCALE_MISSING: {
    severity: "warning",
    message: { "zh-CN": "模板“{name}”没有[“{expected}”]相应的语言版本", en: "The template \"{name}\" has no[ \"{expected}\"] version" },
    hint: { "zh-CN": "请补上该语言版本，否则这些客户会收到默认语言。", en: "Add it, otherwise those customers get the default language." },
  },
  UNESCAPED_OUTPUT: {
    severity: "error",
    message: { "zh-CN": "模板[第 {line} 行]以不转义的方式输出“{name}”", en: "The template puts out \"{name}\" unescaped[ in its line {line}]" },
    hint: { "zh-CN": "请写成双花括号 {{字段}}。", en: "Write it with two braces: {{field}}." },
  },
  FIELD_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "模板[第 {line} 行]中没有名为“{name}”的字段", en: "There is no field \"{name}\"[, read in line {line} of the template]" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？]请使用数据模型中的字段或规则的项。", en: "[Did you mean \"{suggestion}\"? ]Use a field of the model or of the rule's item." },
  },
  PARTIAL_FORBIDDEN: {
    severity: "error",
    message: { "zh-CN": "模板[第 {line} 行]使用了片段或装饰器[“{name}”]，不允许使用", en: "The template uses a partial or decorator[ \"{name}\"][ in its line {line}], which is not allowed" },
    hint: { "zh-CN": "请把内容直接写进模板。", en: "Write the text into the template itself." },
  },
  DATA_FORBIDDEN: {
    severity: "error",
    message: { "zh-CN": "模板[第 {line} 行]不允许读取“{name}”", en: "The template may not read \"{name}\"[ (its line {line})]" },
    hint: { "zh-CN": "不能使用 @root、@index、../、this 以及 __proto__、constructor 等名称；请直接写字段名。", en: "There is no @root, @index, ../, this, __proto__ or constructor; write the name of the field." },
  },
  OUTPUT_TOO_LARGE: {
    severity: "error",
    message: { "zh-CN": "模板过大或嵌套过深[（{found}）][，上限为 {limit}][（{name}）]", en: "The template is too large or nested too deeply[ ({found})][, the limit is {limit}][ ({name})]" },
    hint: { "zh-CN": "请缩短模板或减少嵌套。", en: "Make it shorter or nest less." },
  },
  URL_SCHEME: {
    severity: "error",
    message: { "zh-CN": "模板[第 {line} 行]含有不允许的链接[“{name}”]", en: "The template holds a link that is not allowed[: \"{name}\"][ in its line {line}]" },
    hint: { "zh-CN": "链接须以 https://、http://、mailto: 或 tel: 开头，协议不能来自字段。", en: "Begin links with https://, http://, mailto: or tel:; the scheme cannot come from a field." },
  },
  MESSAGE_EMPTY: {
    severity: "error",
    message: { "zh-CN": "消息内容为空[（{name}）]", en: "The message is empty[ (\"{name}\")]" },
    hint: { "zh-CN": "请写上内容。", en: "Write some text." },
  },
  SMS_TOO_LONG: {
    severity: "error",
    message: { "zh-CN": "短信过长[：最多可达 {found} 字][，上限为 {limit} 字]", en: "The SMS is too long[: up to {found} characters][, the limit is {limit}]" },
    hint: { "zh-CN": "请缩短文字，或在模型中为字段设置更小的 maxLength。", en: "Shorten the text, or give its fields a smaller maxLength in the model." },
  },
  SENSITIVE_FIELD: {
    severity: "error",
    message: { "zh-CN": "字段“{name}”[（{found}）]不能通过渠道[“{other}”]发送", en: "The field \"{name}\"[ ({found})] may not be sent through the channel[ \"{other}\"]" },
    hint: { "zh-CN": "请从模板中删除该字段[；该渠道最多可携带“{limit}”级别]。", en: "Remove it from the template[; this channel carries \"{limit}\" at most]." },
  },
} as const satisfies Record<string, CodeEntry>;
