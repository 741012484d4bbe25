import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";
import type { FaultGateway, GatewayEffect, GatewayFault } from "@evertend/testing";
import { readMime } from "./read-mime.js";

/** One message that the server took. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string;
}

/** What the server answers at which step, instead of taking the message. */
export interface Answer {
  readonly at: "connect" | "from" | "to" | "data";
  readonly code: number;
  readonly text: string;
}

/** A real SMTP server on loopback that can be told to fail. */
export class SmtpGateway implements FaultGateway {
  readonly faults: readonly GatewayFault[] = ["refuse", "busy", "lose", "hang"];
  readonly received: ReceivedMail[] = [];
  connections = 0;
  /** Answers to the next messages, one each; when used up the server takes messages again. */
  readonly script: (Answer | null)[] = [];
  #fault: GatewayFault | null = null;
  #server: SMTPServer | null = null;

  async start(options: SMTPServerOptions = {}): Promise<number> {
    const server = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (_session, done) => {
        this.connections++;
        done(this.#answer("connect"));
      },
      onMailFrom: (_address, _session, done) => done(this.#answer("from")),
      onRcptTo: (address, _session, done) => {
        if (this.#fault === "hang") return;
        // The words of a real server: they repeat the address.
        if (this.#fault === "refuse") return done(reply(550, `5.1.1 <${address.address}> no such user`));
        if (this.#fault === "busy") return done(reply(451, `4.3.0 <${address.address}> try again later`));
        done(this.#answer("to"));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          if (this.#fault === "lose") return this.#drop();
          const answer = this.#answer("data");
          if (answer !== null) return done(answer);
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({
            from: mailFrom === false ? "" : mailFrom.address,
            to: rcptTo.map((recipient) => recipient.address),
            raw: Buffer.concat(chunks).toString("latin1"),
            secure: session.secure,
            user: String(session.user ?? ""),
          });
          done();
        });
      },
      ...options,
    });
    // A client that goes away in the middle is what some of the tests are about.
    server.on("error", () => undefined);
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#drop();
    if (server !== null) await new Promise<void>((resolve) => server.close(resolve));
  }

  set(fault: GatewayFault | null): void {
    this.#fault = fault;
  }

  reset(): void {
    this.#fault = null;
    this.received.length = 0;
    this.script.length = 0;
    this.connections = 0;
  }

  effects(): readonly GatewayEffect[] {
    return this.received.map(({ to, raw }) => {
      const { headers, bodies } = readMime(raw);
      return { key: /^<(.*)@/.exec(headers.get("message-id") ?? "")?.[1] ?? "", to: to.join(","), text: bodies["text/plain"] ?? "" };
    });
  }

  #answer(at: Answer["at"]): Error | null {
    const [next] = this.script;
    if (next === undefined) return null;
    // A step that the script lets pass uses up its turn once the message is through.
    if (next === null || next.at !== at) {
      if (next === null && at === "data") this.script.shift();
      return null;
    }
    this.script.shift();
    return reply(next.code, next.text);
  }

  #drop(): void {
    for (const connection of this.#server?.connections ?? []) (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
  }
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
