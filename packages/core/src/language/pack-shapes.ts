import type { Shape } from "./shape.js";

const classes: Shape = { type: "array", minItems: 1, items: { type: "string", enum: ["mandatory", "service", "greeting", "marketing"] }, description: { "zh-CN": "消息类别", en: "Message classes" } };
const channels: Shape = { type: "array", minItems: 1, items: { type: "string" }, description: { "zh-CN": "渠道；不写为全部", en: "Channels; all where absent" } };
const time: Shape = { type: "string", maxLength: 5, description: { "zh-CN": "时刻 HH:MM", en: "Time of day HH:MM" } };
const id: Shape = { type: "string", format: "id", description: { "zh-CN": "标识", en: "Id" } };
const when: Shape = { type: "ref", ref: "condition", description: { "zh-CN": "条件", en: "A condition" } };
const count: Shape = { type: "ref", ref: "number-or-param" };
const consent: Shape = {
  type: "object",
  properties: { rule: { type: "string", enum: ["required", "opt-out", "none"], description: { "zh-CN": "required 须已同意；opt-out 未拒绝即可；none 不需要", en: "required: granted; opt-out: not refused; none: not needed" } }, purpose: { type: "string", maxLength: 40 } },
  required: ["rule"],
};

/** `pack`: identity of the pack. */
export const packShape: Shape = {
  type: "object",
  description: { "zh-CN": "规则包的身份", en: "Identity of the pack" },
  properties: {
    id,
    version: { type: "string", maxLength: 40, description: { "zh-CN": "版本", en: "Version" } },
    title: { type: "text", description: { "zh-CN": "标题", en: "Title" } },
    locale: { type: "string", enum: ["zh-CN", "en"], description: { "zh-CN": "默认语言", en: "Default language" } }, authors: { type: "array", minItems: 1, items: { type: "string", maxLength: 80 }, description: { "zh-CN": "编写者；不得批准本规则包", en: "Who wrote it; they may not approve it" } },
    extends: { ...id, description: { "zh-CN": "叠加在哪个规则包之上", en: "Id of the pack that this one is laid over" } },
    unit: { type: "string", maxLength: 80, description: { "zh-CN": "只对该机构及其下级有效", en: "Holds for this organisation unit and those below it only" } },
  },
  required: ["id", "version"],
};

/** One entry of `parameters`. */
export const parameterShape: Shape = {
  type: "object",
  description: { "zh-CN": "可调参数", en: "A parameter that product teams may change" },
  properties: {
    value: { type: "oneOf", options: [{ type: "number" }, { type: "string" }, { type: "boolean" }, { type: "array", items: { type: "oneOf", options: [{ type: "string" }, { type: "number" }] } }] },
    label: { type: "text", description: { "zh-CN": "名称", en: "Label" } },
    unit: { type: "string", maxLength: 40 },
    minimum: { type: "number" },
    maximum: { type: "number" },
    source: { type: "string", maxLength: 400, description: { "zh-CN": "取值来源", en: "Where the value comes from" } },
    owner: { type: "string", maxLength: 80 },
    note: { type: "text" },
  },
  required: ["value"],
};

/** `policy`: who may be contacted, when and how often. */
export const policyShape: Extract<Shape, { type: "object" }> = {
  type: "object",
  description: { "zh-CN": "接触政策", en: "Contact policy" },
  properties: {
    jurisdiction: { type: "string", maxLength: 20, description: { "zh-CN": "法域", en: "Jurisdiction" } },
    note: { type: "text" },
    consent: { type: "object", properties: { mandatory: consent, service: consent, greeting: consent, marketing: consent }, description: { "zh-CN": "各类消息的同意要求", en: "Consent by class" } },
    doNotContact: classes,
    quietHours: { type: "array", items: { type: "object", properties: { id, classes, channels, from: time, to: time }, required: ["id", "classes", "from", "to"] }, description: { "zh-CN": "静默时段（客户所在时区）", en: "Quiet hours in the customer's zone" } },
    windows: { type: "array", items: { type: "object", properties: { id, when, channels, from: time, to: time }, required: ["id", "when", "channels", "from", "to"] }, description: { "zh-CN": "只在时段内可用的渠道", en: "Channels allowed only within hours" } },
    caps: { type: "array", items: { type: "object", properties: { id, classes, channels, rules: { type: "array", items: { type: "string" } }, max: count, days: count }, required: ["id", "classes", "max", "days"] }, description: { "zh-CN": "次数上限", en: "Contact caps" } },
    pauses: { type: "array", items: { type: "object", properties: { id, when, stops: classes, channels }, required: ["id", "when", "stops"] }, description: { "zh-CN": "暂停条件", en: "Pauses" } },
    suitability: {
      type: "object", properties: {}, description: { "zh-CN": "适当性规则", en: "Suitability presets" },
      additional: {
        type: "object",
        properties: { productRisk: { type: "string" }, customerRatings: { type: "array", minItems: 1, items: { type: "string" } }, assessedOn: { type: "string" }, validMonths: count, careAge: count, highRisk: count, birthDate: { type: "string" } },
        required: ["productRisk", "customerRatings", "assessedOn", "validMonths"],
      },
    },
    slotsPerDay: { type: "object", properties: {}, additional: count, description: { "zh-CN": "每人每日新任务数", en: "New tasks a day and person, by role" } },
    channelBudget: { type: "object", properties: {}, additional: count, description: { "zh-CN": "渠道每日额度", en: "Touches a day, by channel" } },
    holdoutKey: { type: "string", maxLength: 80, description: { "zh-CN": "对照组分组键", en: "Key that spreads control groups" } },
  },
};

const textParts: Shape = { type: "object", properties: {}, additional: { type: "object", properties: {}, additional: { type: "ref", ref: "json" } } };

/** One entry of `templates`. Texts are checked by the template checker. */
export const templateShape: Shape = {
  type: "object",
  description: { "zh-CN": "消息或任务模板", en: "A message or task template" },
  properties: {
    id,
    title: { type: "text" },
    note: { type: "text" },
    class: { type: "string", enum: ["mandatory", "service", "greeting", "marketing"], description: { "zh-CN": "消息类别", en: "Message class" } },
    message: { type: "object", properties: {}, additional: textParts, description: { "zh-CN": "渠道 → 语言 → 部分", en: "Channel → language → part" } },
    task: { type: "object", properties: {}, additional: { type: "object", properties: {}, additional: { type: "ref", ref: "json" } }, description: { "zh-CN": "语言 → title、brief", en: "Language → title, brief" } },
  },
  required: ["id"],
};

const dates: Shape = { type: "array", items: { type: "string", format: "date" } };

/** One entry of `calendars`. */
export const calendarShape: Shape = {
  type: "object",
  description: { "zh-CN": "工作日与节日", en: "Working days and named days" },
  properties: {
    base: { type: "string", format: "id", description: { "zh-CN": "在此日历之上增改；不写 from、to 时与其相同", en: "The calendar that this one adds to; from and to are its own where absent" } },
    from: { type: "string", format: "date" },
    to: { type: "string", format: "date" },
    off: dates,
    on: dates,
    named: { type: "object", properties: {}, additional: dates },
    source: { type: "string", maxLength: 400 },
  },
};

const json: Shape = { type: "ref", ref: "json" };

/** What any file of a pack may hold. */
export const packFileShape: Extract<Shape, { type: "object" }> = {
  type: "object",
  description: { "zh-CN": "规则包文件", en: "A file of a pack" },
  properties: { $schema: { type: "string" }, pack: packShape, model: json, parameters: { type: "object", properties: {}, additional: parameterShape }, conditions: { type: "object", properties: {}, additional: { type: "ref", ref: "condition" } }, facts: { type: "array", items: json }, rules: { type: "array", items: json }, templates: { type: "array", items: templateShape }, policy: policyShape, calendars: { type: "object", properties: {}, additional: calendarShape }, tests: { type: "array", items: json }, off: { type: "array", items: id, description: { "zh-CN": "叠加包停用的规则", en: "Rules that an overlay switches off" } } },
};
