import type { Clause } from "./clause.js";
import { addressFaults } from "./clauses/address-faults.js";
import { cancel } from "./clauses/cancel.js";
import { characterLimit } from "./clauses/character-limit.js";
import { closeTwice } from "./clauses/close-twice.js";
import { configRefused } from "./clauses/config-refused.js";
import { contract } from "./clauses/contract.js";
import { gatewayFaults } from "./clauses/gateway-faults.js";
import { nothingLeft } from "./clauses/nothing-left.js";
import { nothingPersonal } from "./clauses/nothing-personal.js";
import { outcomesInOrder } from "./clauses/outcomes-in-order.js";
import { partialBatch } from "./clauses/partial-batch.js";
import { renderFaults } from "./clauses/render-faults.js";
import { renderPure } from "./clauses/render-pure.js";
import { sameKeyTwice } from "./clauses/same-key-twice.js";
import { secretsByReference } from "./clauses/secrets-by-reference.js";
import { segmentLimits } from "./clauses/segment-limits.js";
import { sendNeverThrows } from "./clauses/send-never-throws.js";

/** Every clause, in the order in which they run. A further clause is one file and one line here. */
export const conformanceClauses: readonly Clause[] = [
  contract,
  renderPure,
  renderFaults,
  addressFaults,
  characterLimit,
  segmentLimits,
  configRefused,
  secretsByReference,
  outcomesInOrder,
  sameKeyTwice,
  partialBatch,
  sendNeverThrows,
  gatewayFaults,
  cancel,
  nothingPersonal,
  closeTwice,
  nothingLeft,
];
