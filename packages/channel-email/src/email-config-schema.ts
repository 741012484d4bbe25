const mailboxSchema = { type: "string", minLength: 3, maxLength: 254 } as const;

/** JSON Schema of the configuration of the e-mail channel. */
export const emailConfigSchema = {
  type: "object",
  additionalProperties: false,
  required: ["host", "port", "from"],
  properties: {
    host: { type: "string", minLength: 1, maxLength: 253, description: { "zh-CN": "SMTP 服务器", en: "SMTP server" } },
    port: { type: "integer", minimum: 1, maximum: 65535, description: { "zh-CN": "端口，通常 587（STARTTLS）或 465（TLS）", en: "Port, usually 587 (STARTTLS) or 465 (TLS)" } },
    secure: { type: "boolean", description: { "zh-CN": "连接即用 TLS（465 端口）", en: "TLS from the first byte (port 465)" } },
    requireTLS: { type: "boolean", description: { "zh-CN": "必须 STARTTLS，默认 true；只有本机地址可以为 false", en: "STARTTLS is a must, true by default; false on loopback hosts only" } },
    ca: { type: "string", secret: true, description: { "zh-CN": "私有 CA 证书（PEM）的引用，如 file:/etc/ssl/bank-ca.pem", en: "Reference to a private CA in PEM, such as file:/etc/ssl/bank-ca.pem" } },
    heloName: { type: "string", minLength: 1, maxLength: 253, description: { "zh-CN": "EHLO 时报出的主机名", en: "Host name to say in EHLO" } },
    from: {
      type: "object",
      additionalProperties: false,
      required: ["address"],
      properties: { name: { type: "string", maxLength: 100 }, address: mailboxSchema },
      description: { "zh-CN": "发件人", en: "Sender" },
    },
    replyTo: { ...mailboxSchema, description: { "zh-CN": "回复地址", en: "Where answers go" } },
    auth: {
      type: "object",
      additionalProperties: false,
      required: ["user", "password"],
      properties: { user: { type: "string", minLength: 1, maxLength: 254 }, password: { type: "string", secret: true } },
      description: { "zh-CN": "登录；password 写引用，如 env:SMTP_PASSWORD", en: "Login; password is a reference such as env:SMTP_PASSWORD" },
    },
    unsubscribe: {
      type: "object",
      additionalProperties: false,
      required: [],
      properties: {
        mailto: { ...mailboxSchema, description: { "zh-CN": "收退订邮件的邮箱", en: "Mailbox for requests to unsubscribe" } },
        url: { type: "string", minLength: 12, maxLength: 500, description: { "zh-CN": "一键退订地址，https，含 {key}", en: "One-click address: https, with {key} in it" } },
      },
      description: { "zh-CN": "退订方式；营销邮件必须有", en: "How to unsubscribe; marketing must have one" },
    },
    postalAddress: { type: "string", minLength: 1, maxLength: 300, description: { "zh-CN": "邮寄地址，写在营销和问候邮件末尾", en: "Postal address at the end of marketing and greetings" } },
  },
} as const;
