export { createJsonRulesEngineBackend, type JsonRulesEngineAnswer, type JsonRulesEngineBackend, type JsonRulesEngineBackendOptions } from "./create-backend.js";
export type { AsyncFacts } from "./load-async-fields.js";
export { plainPath } from "./plain-path.js";
export type { ScalarValue } from "./scalar-facts.js";
export { toJsonRulesEngine, type JsonRulesEngineRules, type ToJsonRulesEngineOptions } from "./to-json-rules-engine.js";
export { differences, type Difference, type DifferenceCode } from "./difference.js";
export { fromJsonRulesEngine, type FromJsonRulesEngineOptions, type ImportedRules } from "./from-json-rules-engine.js";
