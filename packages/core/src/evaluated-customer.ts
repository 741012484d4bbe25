import { formatDay } from "./calendar/civil-date.js";
import type { Match, Unknown } from "./decision/decision.js";
import type { Evaluation } from "./evaluate/evaluation.js";
import { keep } from "./evaluate/record-evaluation.js";
import type { NormalRecord } from "./evaluate/value.js";
import type { Sha256 } from "./json/hash.js";
import type { Program } from "./lower/program.js";
import { consentsOf, contactsOf } from "./normalise/merge-contacts.js";
import { recordHash } from "./normalise/normalise-record.js";
import type { Consent } from "./ports/consent.js";
import type { ContactEntry } from "./ports/contact-entry.js";
import type { Kept } from "./ports/customer-state.js";

type Json = Readonly<Record<string, unknown>>;

/** A customer that was evaluated, put into words when somebody asks: most customers are decided nothing about. */
export class EvaluatedCustomer {
  readonly customerId: string;
  #matches: readonly Match[] | undefined;
  #facts: Readonly<Record<string, Kept>> | undefined;
  #contacts: readonly ContactEntry[] | undefined;
  #consents: readonly Consent[] | undefined;

  constructor(readonly program: Program, readonly evaluation: Evaluation, readonly json: Json) {
    this.customerId = evaluation.record.id;
  }

  get matches(): readonly Match[] {
    return (this.#matches ??= this.evaluation.matches.map((match) => ({ customerId: this.customerId, ruleId: match.rule.id, subject: match.subject, occurrence: match.occurrence, until: match.until === Infinity ? null : formatDay(match.until) })));
  }

  get unknowns(): readonly Unknown[] {
    return this.evaluation.unknowns;
  }

  get facts(): Readonly<Record<string, Kept>> {
    return (this.#facts ??= Object.fromEntries(this.program.facts.map((fact, i) => [fact.id, keep(this.evaluation.facts[i], fact.type === "date")])));
  }

  get contacts(): readonly ContactEntry[] {
    return (this.#contacts ??= contactsOf(this.program.model, this.json));
  }

  get consents(): readonly Consent[] {
    return (this.#consents ??= consentsOf(this.program.model, this.json));
  }
}

/** A record with the hash of what it came as, worked out when evidence asks for it. */
export class HashedRecord implements NormalRecord {
  readonly id: string;
  readonly slots: NormalRecord["slots"];
  readonly collections: NormalRecord["collections"];
  readonly #json: unknown;
  #hash: string | undefined;

  constructor(normal: NormalRecord, json: unknown, readonly sha256: Sha256 | undefined) {
    this.id = normal.id;
    this.slots = normal.slots;
    this.collections = normal.collections;
    this.#json = json;
  }

  get hash(): string {
    return (this.#hash ??= recordHash(this.#json, this.sha256));
  }
}
