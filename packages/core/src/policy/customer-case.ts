import { parseDay } from "../calendar/civil-date.js";
import { isZone, parseInstant } from "../calendar/zone-table.js";
import { sha256Hex, type Sha256 } from "../json/hash.js";
import type { Lang } from "../diagnostics/diagnostic.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import type { NormalContext, Value } from "../evaluate/value.js";
import type { Program } from "../lower/program.js";
import type { Consent } from "../ports/consent.js";
import type { ContactEntry } from "../ports/contact-entry.js";
import type { CustomerState } from "../ports/customer-state.js";
import { contactLog } from "./contact-log.js";
import type { LoggedContact } from "./contact-log.js";

/** What a case is opened from. */
export interface CaseInput {
  readonly program: Program;
  readonly evaluation: Evaluation;
  readonly context: NormalContext;
  readonly state: CustomerState | undefined;
  /** Civil date, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** ISO instant with offset. */
  readonly at: string;
  readonly recordContacts: readonly ContactEntry[];
  readonly consents: readonly Consent[];
  /** For keys and draws, where the host has a faster one than core's own. */
  readonly sha256?: Sha256 | undefined;
}

/** One customer on one day, with all that policy asks about again and again looked up once. */
export interface CustomerCase {
  readonly program: Program;
  readonly evaluation: Evaluation;
  readonly context: NormalContext;
  readonly state: CustomerState | undefined;
  readonly consents: readonly Consent[];
  readonly customerId: string;
  /** Day number, and the same as text. */
  readonly asOf: number;
  readonly asOfText: string;
  /** Epoch ms. */
  readonly at: number;
  /** Zone of the customer, or of the bank where the record names none. */
  readonly zone: string;
  /** Language of messages to the customer. */
  readonly locale: Lang;
  readonly log: readonly LoggedContact[];
  readonly doNotContact: boolean;
  readonly sha256: Sha256;
}

/** Opens a case. Throws where `asOf` or `at` is no date or instant: callers check what users type. */
export function customerCase(input: CaseInput): CustomerCase {
  const { program, evaluation, state } = input;
  const { asOf, at } = instantsOf(input);
  const zone = readRole(program, evaluation, "zone");
  const locale = readRole(program, evaluation, "locale");
  return {
    program,
    evaluation,
    context: input.context,
    state,
    consents: input.consents,
    customerId: evaluation.record.id,
    asOf,
    asOfText: input.asOf,
    at,
    zone: typeof zone === "string" && isZone(zone) ? zone : program.model.zone,
    locale: locale === "zh-CN" || locale === "en" ? locale : program.pack.locale,
    log: contactLog(input.recordContacts, state?.contacts ?? []),
    doNotContact: readRole(program, evaluation, "doNotContact") === true,
    sha256: input.sha256 ?? sha256Hex,
  };
}

/** Day number and epoch ms of a case. Throws where `asOf` or `at` is no date or instant. */
export function instantsOf({ asOf: dayText, at: instantText }: Pick<CaseInput, "asOf" | "at">): { readonly asOf: number; readonly at: number } {
  const asOf = parseDay(dayText);
  const at = parseInstant(instantText);
  if (asOf === undefined || typeof at === "string") throw new Error("asOf must be a civil date and at an instant with offset");
  return { asOf, at };
}

/** The value of the field that the model gives a role to; `undefined` where the role or the value is absent. */
export function readRole(program: Program, evaluation: Evaluation, role: string): Value {
  const name = program.model.roles.get(role);
  return name === undefined ? undefined : evaluation.read(name);
}
