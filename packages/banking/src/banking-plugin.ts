import { definePlugin } from "@evertend/core";
import type { Plugin } from "@evertend/core";
import { caseKind } from "./kinds/case.js";
import { cadence } from "./kinds/cadence.js";
import { event } from "./kinds/event.js";
import { occasion } from "./kinds/occasion.js";
import { offer } from "./kinds/offer.js";
import { reminder } from "./kinds/reminder.js";
import { scorecard } from "./kinds/scorecard.js";
import { tier } from "./kinds/tier.js";
import { watch } from "./kinds/watch.js";

/**
 * The kinds of rules that a bank's relationship work needs, for `createEnvironment`.
 *
 * @example
 * ```ts
 * const environment = createEnvironment([bankingPlugin]);
 * ```
 */
export const bankingPlugin: Plugin = definePlugin({ name: "banking", kinds: [cadence, caseKind, event, occasion, offer, reminder, scorecard, tier, watch] });
