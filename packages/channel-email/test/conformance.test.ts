import { afterAll, beforeAll, test } from "vitest";
import { createEmailChannel } from "@evertend/channel-email";
import { runChannelConformance } from "@evertend/testing";
import { SmtpGateway } from "./smtp-gateway.js";

const gateway = new SmtpGateway();
let port = 0;
beforeAll(async () => {
  port = await gateway.start({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true, authOptional: true, onAuth: (auth, _session, done) => done(null, { user: auth.username }) });
});
afterAll(() => gateway.stop());

runChannelConformance(test, {
  channel: createEmailChannel(),
  gateway,
  secrets: { "env:SMTP_PASSWORD": "correct horse battery" },
  config: () => ({
    host: "127.0.0.1",
    port,
    requireTLS: false,
    from: { name: "示例银行", address: "care@bank.example" },
    auth: { user: "evertend", password: "env:SMTP_PASSWORD" },
    unsubscribe: { url: "https://bank.example/u?k={key}" },
  }),
});
