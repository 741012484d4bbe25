import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { smtpFault } from "./smtp-fault.js";
import type { SmtpStage } from "./smtp-fault.js";
import type { SendOutcome } from "@evertend/core";

/** What a session needs; secrets are values here. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTLS: boolean;
  readonly ca: string | null;
  readonly heloName: string | null;
  readonly auth: { readonly user: string; readonly password: string } | null;
}

/** One message on the wire: its envelope is explicit, nothing is read from the headers. */
export interface WireMessage {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly raw: Buffer;
}

/** Kept short: nodemailer's own go up to ten minutes. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 } as const;

/** One connection to an SMTP server, for one message after another. */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  #open = true;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
    // Every step has its own listeners; this one keeps a late error from ending the process.
    connection.on("error", () => undefined);
    connection.on("end", () => {
      this.#open = false;
    });
  }

  /** Connects, sets up TLS and logs in. Rejects with nodemailer's error; the connection is closed then. */
  static async connect(Connection: typeof SMTPConnection, settings: SmtpSettings, signal: AbortSignal): Promise<SmtpSession> {
    const { host, port, secure, requireTLS, heloName, ca, auth } = settings;
    const connection = new Connection({
      host,
      port,
      secure,
      requireTLS: !secure && requireTLS,
      ignoreTLS: !secure && !requireTLS,
      ...(heloName === null ? {} : { name: heloName }),
      tls: { rejectUnauthorized: true, minVersion: "TLSv1.2", ...(ca === null ? {} : { ca }) },
      logger: false,
      ...timeouts,
    });
    const session = new SmtpSession(connection);
    const stop = (): void => session.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      await session.#step<undefined>((done) => connection.connect((error) => done(error ?? null, undefined)));
      if (auth !== null) {
        if (!connection.allowsAuth) throw Object.assign(new Error("the server offers no login"), { code: "EAUTH" });
        await session.#step((done) => connection.login({ credentials: { user: auth.user, pass: auth.password } }, (error) => done(error, true)));
      }
      return session;
    } catch (error) {
      session.close();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Whether the connection can take a further message. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends one message; never rejects. An abort while the content is on its way leaves it unknown. */
  async send(message: WireMessage, signal: AbortSignal): Promise<SendOutcome> {
    let stage: SmtpStage = "envelope";
    // The content is asked for only after the server has said that it takes it, which marks the point of no return.
    const content = new Readable({
      read() {
        stage = "handed-over";
        this.push(message.raw);
        this.push(null);
      },
    });
    const stop = (): void => this.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      await this.#step((done) =>
        this.#connection.send({ from: message.from, to: [message.to], size: message.raw.length }, content, (error) => done(error, true)),
      );
      return { key: message.key, outcome: "accepted", gatewayId: message.messageId };
    } catch (error) {
      if (this.#open) await this.#reset();
      return smtpFault(message.key, error, stage);
    } finally {
      signal.removeEventListener("abort", stop);
      content.destroy();
    }
  }

  /** Says QUIT and waits for the end, at most two seconds. */
  async quit(): Promise<void> {
    if (!this.#open) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.close();
        resolve();
      }, 2_000);
      this.#connection.once("end", () => {
        clearTimeout(timer);
        resolve();
      });
      this.#connection.quit();
    });
  }

  close(): void {
    this.#connection.close();
  }

  /** A refused message leaves an envelope behind; a session that cannot drop it is of no further use. */
  async #reset(): Promise<void> {
    try {
      await this.#step((done) => this.#connection.reset((error) => done(error, true)));
    } catch {
      this.close();
    }
  }

  /** A step fails by its callback, by the connection's error, or silently by its end. */
  #step<T>(run: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
    const connection = this.#connection;
    return new Promise<T>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        connection.off("error", onError);
        connection.off("end", onEnd);
        finish();
      };
      const onError = (error: Error): void => settle(() => reject(error));
      // The reason, if there is one, comes by callback just after the end.
      const onEnd = (): void => void setImmediate(() => settle(() => reject(Object.assign(new Error("the connection ended"), { code: "ECONNECTION" }))));
      connection.on("error", onError);
      connection.on("end", onEnd);
      run((error, value) => settle(() => (error ? reject(error) : resolve(value))));
    });
  }
}
