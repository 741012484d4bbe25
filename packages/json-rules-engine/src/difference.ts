import type { Bilingual } from "@evertend/core";

/** Where a rule means something else here than in json-rules-engine, or cannot be taken over. */
export interface Difference {
  readonly code: DifferenceCode;
  /** Id of the rule in the pack; of a refused one as it would be. */
  readonly rule: string;
  /** JSON pointer into the list of rules. */
  readonly pointer: string;
  /** The rule is left out of the pack. */
  readonly refused: boolean;
  /** What json-rules-engine does, what happens here, and what to do. */
  readonly text: Bilingual;
}

interface Entry {
  readonly refused: boolean;
  readonly text: Bilingual;
}

/** What can differ. `docs/differences-from-json-rules-engine.md` has the whole list of the language. */
export const differences = {
  NOT_A_RULE: { refused: true, text: { "zh-CN": "不是规则：须为含 conditions 和 event 的对象。", en: "This is no rule: it must be an object with conditions and event." } },
  PATH_REFUSED: { refused: true, text: { "zh-CN": "path 不是单纯的成员：json-rules-engine 的默认解析器可经由 path 执行代码；这里只允许 $.a.b。请改为普通字段，或用派生指标。", en: "The path is more than plain members. The default resolver of json-rules-engine can execute code through a path; here only $.a.b exists. Use a plain field, or a derived fact over items." } },
  PARAMS_REFUSED: { refused: true, text: { "zh-CN": "带 params 的事实由代码计算，这里没有对应。请改为字段、派生指标或插件指标。", en: "A fact with params is computed by code, which does not come along. Make it a field, a derived fact or a fact of a plugin." } },
  OPERATOR_UNKNOWN: { refused: true, text: { "zh-CN": "未知的运算符：在那里求值时才报错。请在插件中定义该运算符。", en: "The operator is not known; there it fails when it is evaluated. Define it in a plugin." } },
  IN_SUBSTRING: { refused: true, text: { "zh-CN": "in 的值是文本：在那里判断子串。请写成列表。", en: "The value of `in` is a text: there that tests for a substring. Write a list." } },
  TEXT_ORDER: { refused: true, text: { "zh-CN": "用大小比较文本：在那里按字符比较，且仅当事实像数字时。请改为日期或数字。", en: "Texts are compared by size: there by characters, and only where the fact begins like a number. Use a date or a number." } },
  VALUE_REFUSED: { refused: true, text: { "zh-CN": "值不是文本、数字、布尔、它们的列表或 {fact}。", en: "The value is no text, number, boolean, list of those, or {fact}." } },
  TYPES_CLASH: { refused: true, text: { "zh-CN": "同一事实被当作两种类型使用。请给出 model，或修改规则。", en: "The fact is used as two types. Give a model, or change the rule." } },
  CONDITION_UNKNOWN: { refused: true, text: { "zh-CN": "引用的具名条件不存在，或未能转换。若不存在：在那里抛错，或视为假（其否定为真）。请定义或修改它。", en: "The named condition does not exist, or could not be taken over. Where it does not exist, json-rules-engine throws, or takes it for false (and its negation for true). Set it, or change it." } },
  OPERATOR_OWN: { refused: false, text: { "zh-CN": "这不是 json-rules-engine 自带的运算符：在那里由宿主定义；这里按 Evertend 同名运算符求值。请核对含义。", en: "This is none of json-rules-engine's own operators: there the host defines it, here it is Evertend's of that name. See whether both mean the same." } },
  DOTTED_NAME: { refused: false, text: { "zh-CN": "事实名含点：在那里是一个键；这里是对象的成员。请把记录写成嵌套对象。", en: "The fact's name has a dot: there it is one key, here a member of an object. Give records as nested objects." } },
  MISSING_IS_UNKNOWN: { refused: false, text: { "zh-CN": "字段缺失时：在那里此条件成立；这里结果未知，规则不触发，并列出缺失字段。若缺失即应成立，请加 isMissing。", en: "Where the field is missing, this holds there; here it is unknown, the rule does not fire, and the field is reported. If missing should count, add isMissing." } },
  BOTH_GROUPS: { refused: false, text: { "zh-CN": "all 与 any 并列：在那里只看 any；已照此转换。", en: "`all` and `any` stand together: there only `any` counts, and so it was taken over." } },
  EMPTY_GROUP: { refused: false, text: { "zh-CN": "空的 all 或 any：在那里为真；已照此转换（这里不允许空组）。", en: "An empty `all` or `any` is true there, and so it was taken over; here no group may be empty." } },
  TEXT_NUMBERS: { refused: false, text: { "zh-CN": "数字比较：在那里文本 \"5\" 也可；这里记录按模型检查类型，文本会使该记录搁置。", en: "Numbers are compared: there the text \"5\" passes; here a record is checked against the model, and a text sets it aside." } },
  DATE_ORDER: { refused: false, text: { "zh-CN": "日期：在那里按文本比较；这里是真正的日期，不存在的日期会被拒绝。", en: "Dates: there they are compared as texts; here they are dates, and one that does not exist is refused." } },
  NULL_VALUE: { refused: false, text: { "zh-CN": "与 null 比较：已写成 isMissing 或 isPresent。", en: "A comparison with null: taken over as isMissing or isPresent." } },
  PRIORITY_DROPPED: { refused: false, text: { "zh-CN": "priority 决定那里的求值次序；这里次序不影响结果，已略去。", en: "`priority` orders evaluation there; here the order changes no answer, and it was left out." } },
  HANDLER_DROPPED: { refused: false, text: { "zh-CN": "处理函数是代码，不在规则包内；匹配会作为任务或消息给出。", en: "A handler is code and does not come along: matches come out as tasks or messages." } },
  EVENT_PARAMS_DROPPED: { refused: false, text: { "zh-CN": "event.params 未带入：文字属于模板。", en: "`event.params` does not come along: words belong into a template." } },
  FIRES_ONCE: { refused: false, text: { "zh-CN": "在那里每次运行都触发；这里同一情形只计划一次（repeat: episode），直到条件不再成立。", en: "There it fires on every run; here the same occurrence is planned once (repeat: episode), until the condition was false in between." } },
} as const satisfies Readonly<Record<string, Entry>>;

export type DifferenceCode = keyof typeof differences;
