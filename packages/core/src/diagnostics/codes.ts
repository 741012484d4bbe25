import type { CodeEntry } from "./code-entry.js";
import { codesOfConditions } from "./codes-of-conditions.js";
import { codesOfKinds } from "./codes-of-kinds.js";
import { codesOfPacks } from "./codes-of-packs.js";
import { codesOfRecords } from "./codes-of-records.js";
import { codesOfRuns } from "./codes-of-runs.js";
import { codesOfTemplates } from "./codes-of-templates.js";

/**
 * Every diagnostic code with its severity and its texts. Placeholders come from one small vocabulary: `name` (the thing
 * at fault), `found`, `expected`, `allowed` (a list as text), `limit`, `from`, `to`, `other` (the second thing
 * involved), `suggestion` (did you mean), `detail`, `line`, `character`.
 */
export const codes = {
  ...codesOfPacks,
  ...codesOfConditions,
  ...codesOfKinds,
  ...codesOfTemplates,
  ...codesOfRecords,
  ...codesOfRuns,
} as const satisfies Record<string, CodeEntry>;

/** Name of a diagnostic code, e.g. `FACT_UNKNOWN`. */
export type DiagnosticCode = keyof typeof codes;
