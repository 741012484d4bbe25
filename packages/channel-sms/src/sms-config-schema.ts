/** JSON Schema of the configuration of the SMS channel. It holds no secret: a hand-off needs none. */
export const smsConfigSchema = {
  type: "object",
  additionalProperties: false,
  required: [],
  properties: {
    signature: {
      type: "string",
      maxLength: 40,
      description: { "zh-CN": "签名，放在每条短信开头，例如【示例银行】", en: "Signature in front of every text, such as 【示例银行】" },
    },
    optOut: {
      type: "object",
      additionalProperties: { type: "string", minLength: 1, maxLength: 60 },
      properties: {},
      description: { "zh-CN": "各语言的退订用语；营销短信必须带", en: "How to refuse, by locale; marketing must carry it" },
    },
    maxCharacters: {
      type: "integer",
      minimum: 1,
      maximum: 2000,
      description: { "zh-CN": "整条短信（含签名和退订用语）的最多字符数", en: "Longest text in characters, signature and opt-out text included" },
    },
    templates: {
      type: "object",
      additionalProperties: { type: "string", minLength: 1, maxLength: 100 },
      properties: {},
      description: { "zh-CN": "模板名到网关已审核模板编号的对应", en: "Approved template of the gateway by template id" },
    },
    transport: {
      type: "object",
      additionalProperties: false,
      required: ["kind", "directory"],
      properties: {
        kind: { type: "string", enum: ["handoff"], description: { "zh-CN": "handoff：写批次文件交给本行短信平台", en: "handoff: batch files for the bank's own SMS platform" } },
        directory: { type: "string", minLength: 1, description: { "zh-CN": "批次文件所在目录", en: "Folder of the batch files" } },
      },
      description: { "zh-CN": "如何发送；只渲染时不需要", en: "How to send; not needed to render" },
    },
  },
} as const;
