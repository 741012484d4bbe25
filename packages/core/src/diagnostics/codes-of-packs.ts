import type { CodeEntry } from "./code-entry.js";

/** Codes for files of a pack or a model: their JSON, keys, ids, references, parameters. */
export const codesOfPacks = {
  JSON_SYNTAX: {
    severity: "error",
    message: { "zh-CN": "JSON 语法错误（{line}:{column}）[：此处不应出现“{found}”][：{detail}]", en: "This is not valid JSON at {line}:{column}[: \"{found}\" cannot stand here][: {detail}]" },
    hint: { "zh-CN": "请按标准 JSON 修正此处：不能有注释、多余的逗号或单引号。", en: "Mend this place: strict JSON has no comments, trailing commas or single quotes." },
  },
  FILE_TOO_LARGE: {
    severity: "error",
    message: { "zh-CN": "文件[“{name}”]过大[：{found} 字节][，上限为 {limit} 字节]", en: "The file[ \"{name}\"] is too large[: {found} bytes][, the limit is {limit} bytes]" },
    hint: { "zh-CN": "请拆分成多个文件。", en: "Split it into several files." },
  },
  TOO_DEEP: {
    severity: "error",
    message: { "zh-CN": "嵌套过深[，上限为 {limit} 层]", en: "This is nested too deeply[, the limit is {limit} levels]" },
    hint: { "zh-CN": "请把内层拆成命名条件或派生指标。", en: "Move the inner part into a named condition or a derived fact." },
  },
  DUPLICATE_KEY: {
    severity: "error",
    message: { "zh-CN": "键[“{name}”]在同一对象中重复出现", en: "The key[ \"{name}\"] occurs twice in one object" },
    hint: { "zh-CN": "请只保留其中一个。", en: "Keep one of them." },
  },
  RESERVED_NAME: {
    severity: "error",
    message: { "zh-CN": "“{name}”是保留名称，不能使用", en: "\"{name}\" is a reserved name and cannot be used" },
    hint: { "zh-CN": "请换一个名称。", en: "Choose another name." },
  },
  CONFUSABLE_NAME: {
    severity: "error",
    message: { "zh-CN": "名称“{name}”含有形似字符或不可见字符[（{character}）]", en: "The name \"{name}\" holds a look-alike or invisible character[ ({character})]" },
    hint: { "zh-CN": "请重新输入该名称，不要混用不同文字中外形相同的字母。", en: "Type the name again; do not mix letters of different scripts that look the same." },
  },
  UNKNOWN_KEY: {
    severity: "error",
    message: { "zh-CN": "此处没有名为“{name}”的键", en: "There is no key \"{name}\" here" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][可用的键：{allowed}。]请改正或删除。", en: "[Did you mean \"{suggestion}\"? ][Keys allowed here: {allowed}. ]Correct it or remove it." },
  },
  KEY_MISSING: {
    severity: "error",
    message: { "zh-CN": "缺少必需的键“{name}”", en: "The required key \"{name}\" is missing" },
    hint: { "zh-CN": "请补上“{name}”[（{expected}）]。", en: "Add \"{name}\"[ ({expected})]." },
  },
  VALUE_NOT_ALLOWED: {
    severity: "error",
    message: { "zh-CN": "值[“{found}”]不允许用在此处[（{name}）]", en: "The value[ \"{found}\"] is not allowed here[ (\"{name}\")]" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][允许的值：{allowed}。][应为{expected}。]请改正此值。", en: "[Did you mean \"{suggestion}\"? ][Allowed: {allowed}. ][Expected {expected}. ]Correct the value." },
  },
  ID_INVALID: {
    severity: "error",
    message: { "zh-CN": "“{name}”不是有效的标识", en: "\"{name}\" is not a valid id" },
    hint: { "zh-CN": "标识以字母开头，由字母、数字、连字符、下划线、点和斜线组成，最长 80 个字符[；{expected}]。", en: "An id starts with a letter and holds letters, digits, hyphens, underscores, dots and slashes, at most 80 characters[; {expected}]." },
  },
  DUPLICATE_ID: {
    severity: "error",
    message: { "zh-CN": "标识“{name}”重复[，已在 {other} 定义]", en: "The id \"{name}\" is used twice[, first in {other}]" },
    hint: { "zh-CN": "请给其中一个换一个标识。", en: "Give one of them another id." },
  },
  ID_MUST_BE_STRING: {
    severity: "error",
    message: { "zh-CN": "标识或超长整数[“{name}”]必须写成文本，否则会丢失位数", en: "An id or a very long whole number[ (\"{name}\")] must be text, as a number it loses digits" },
    hint: { "zh-CN": "请加上双引号。", en: "Put it in double quotes." },
  },
  NUMBER_RANGE: {
    severity: "error",
    message: { "zh-CN": "数值[“{found}”]超出允许范围", en: "The number[ \"{found}\"] is out of range" },
    hint: { "zh-CN": "[允许范围：{from} 至 {to}。][应为{expected}。]请改用范围内的数值。", en: "[Allowed: {from} to {to}. ][Expected {expected}. ]Use a number within the range." },
  },
  EFFECTIVE_RANGE: {
    severity: "error",
    message: { "zh-CN": "生效期无效：开始日[ {from} ]晚于结束日[ {to}]", en: "The effective period is empty: it starts[ on {from}] after it ends[ on {to}]" },
    hint: { "zh-CN": "请让开始日不晚于结束日。", en: "Let the first day be no later than the last day." },
  },
  UNKNOWN_REFERENCE: {
    severity: "error",
    message: { "zh-CN": "引用的“{name}”不存在[（{expected}）]", en: "\"{name}\" is referred to but does not exist[ ({expected})]" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][可用：{allowed}。]请改正引用或定义它。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]Correct the reference or define it." },
  },
  CYCLIC_REFERENCE: {
    severity: "error",
    message: { "zh-CN": "“{name}”最终引用了自身[：{detail}]", en: "\"{name}\" refers back to itself[: {detail}]" },
    hint: { "zh-CN": "请断开其中一处引用。", en: "Break one of the references." },
  },
  REF_FORBIDDEN: {
    severity: "error",
    message: { "zh-CN": "不允许引用外部模式[“{name}”]", en: "A reference to another document[ (\"{name}\")] is not allowed" },
    hint: { "zh-CN": "请只引用本文件内的 $defs，例如 “#/$defs/money”。", en: "Refer only to $defs of this file, for example \"#/$defs/money\"." },
  },
  DATA_REF_FORBIDDEN: {
    severity: "error",
    message: { "zh-CN": "不允许使用 $data：约束不能来自数据", en: "$data is not allowed: a limit cannot come from the data" },
    hint: { "zh-CN": "请写成固定值或参数。", en: "Write a fixed value or a parameter." },
  },
  PATTERN_FORBIDDEN: {
    severity: "error",
    message: { "zh-CN": "不允许使用自定义正则表达式[（{name}）]", en: "Regular expressions of your own are not allowed[ (\"{name}\")]" },
    hint: { "zh-CN": "请改用枚举、格式（format）或长度限制。", en: "Use an enum, a format or a length instead." },
  },
  PARAMETER_RANGE: {
    severity: "error",
    message: { "zh-CN": "参数“{name}”的值[ {found} ]超出范围[ {from} 至 {to}]", en: "The value[ {found}] of the parameter \"{name}\" is out of its range[ {from} to {to}]" },
    hint: { "zh-CN": "请改用范围内的值，或调整参数的范围。", en: "Use a value within the range, or change the range of the parameter." },
  },
  PARAMETER_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "没有名为“{name}”的参数", en: "There is no parameter \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][现有参数：{allowed}。]请核对参数名称；叠加包新增的参数须有 label。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]Check its name; a parameter that an overlay brings itself needs a label." },
  },
  OVERLAY_ONLY: {
    severity: "error",
    message: { "zh-CN": "“{name}”只能写在叠加包中", en: "\"{name}\" belongs into an overlay" },
    hint: { "zh-CN": "叠加包在 pack.extends 中写明它叠加在哪个规则包之上，并列在 evertend.json 的 overlays 中。在规则包自身中，请直接删除该规则。", en: "An overlay names the pack it is laid over in pack.extends and stands in overlays of evertend.json. In the pack itself, remove the rule." },
  },
  OVERLAY_EXTENDS: {
    severity: "error",
    message: { "zh-CN": "叠加包“{name}”并非叠加在规则包“{expected}”之上[，而是“{found}”]", en: "The overlay \"{name}\" is not one of the pack \"{expected}\"[ but of \"{found}\"]" },
    hint: { "zh-CN": "请在其 pack 中写 \"extends\": \"{expected}\"，或改用相应的规则包。", en: "Write \"extends\": \"{expected}\" in its pack, or lay it over the other pack." },
  },
  OVERLAY_PART: {
    severity: "error",
    message: { "zh-CN": "叠加包不能带有“{name}”", en: "An overlay cannot bring \"{name}\"" },
    hint: { "zh-CN": "叠加包可以新增规则、指标、条件、模板和日历，停用规则，调整参数；其余由被叠加的规则包决定，请在那里改为引用参数。", en: "It may add rules, facts, conditions, templates and calendars, switch rules off and set parameters; all else belongs to the pack below: let that read a parameter." },
  },
  OVERLAY_CONFLICT: {
    severity: "error",
    message: { "zh-CN": "同一机构的两个叠加包对参数“{name}”取值不同：此处为 {found}，{other} 为 {expected}", en: "Two overlays of one unit set the parameter \"{name}\" differently: {found} here, {expected} in {other}" },
    hint: { "zh-CN": "请只在其中一个叠加包中设置该参数。", en: "Set it in one of them only." },
  },
  OVERLAY_UNIT: {
    severity: "error",
    message: { "zh-CN": "模型没有说明客户属于哪个机构，无法按机构叠加", en: "The model does not say which unit a customer belongs to, so an overlay cannot hold for one" },
    hint: { "zh-CN": "请在模型的 roles 中写 \"{name}\"，指向存放机构号的字段；或删去叠加包的 unit。", en: "Give the model the role \"{name}\" with the field that holds the unit's id, or remove the overlay's unit." },
  },
  UNIT_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "没有机构“{name}”", en: "There is no unit \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？]请核对叠加包的 unit 与机构集合。", en: "[Did you mean \"{suggestion}\"? ]Check the overlay's unit against the collection of units." },
  },
  UNIT_CIRCLE: {
    severity: "error",
    message: { "zh-CN": "机构“{name}”的上级链条绕回了自身", en: "Following the units above \"{name}\" leads back to itself" },
    hint: { "zh-CN": "请改正机构集合中的上级机构。", en: "Correct the unit above in the collection of units." },
  },
  CALENDAR_ENDS: {
    severity: "warning",
    message: { "zh-CN": "日历“{name}”数据不足[，只到 {to}]，此后的工作日无法判断", en: "The calendar \"{name}\" ends[ on {to}]; working days beyond it are unknown" },
    hint: { "zh-CN": "请补充后续年份的日历数据。", en: "Add the calendar data of the years that follow." },
  },
  CHANNEL_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "没有名为“{name}”的渠道", en: "There is no channel \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][现有渠道：{allowed}。]请改正或登记该渠道插件。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]Correct it or register the channel." },
  },
  CLASS_CONFLICT: {
    severity: "error",
    message: { "zh-CN": "动作的类别[“{found}”]与模板[“{name}”]的类别[“{expected}”]冲突", en: "The class[ \"{found}\"] of the action conflicts with the class[ \"{expected}\"] of the template[ \"{name}\"]" },
    hint: { "zh-CN": "服务或法定通知不能使用营销模板：请统一类别或换模板。", en: "A service or mandatory notice cannot use a marketing template: make the classes agree or use another template." },
  },
  PACK_EMPTY: {
    severity: "error",
    message: { "zh-CN": "规则包[“{name}”]中没有任何规则", en: "The pack[ \"{name}\"] holds no rules" },
    hint: { "zh-CN": "请在 rules 目录中至少放入一条规则。", en: "Put at least one rule into its rules folder." },
  },
  MODEL_MISSING: {
    severity: "error",
    message: { "zh-CN": "找不到数据模型[“{name}”]", en: "The data model[ \"{name}\"] is missing" },
    hint: { "zh-CN": "请在规则包中加入 model.json，或在清单中指明内置模型。", en: "Add a model.json to the pack, or name a built-in model in its manifest." },
  },
} as const satisfies Record<string, CodeEntry>;
