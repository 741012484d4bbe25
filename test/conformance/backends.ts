import type { Backend } from "./backend.js";
import { compiledBackend, generatedBackend, indexedBackend } from "./compiled-backend.js";
import { duckdbBackend, duckdbNarrowBackend, duckdbTablesBackend } from "./duckdb-backend.js";
import { jsonRulesEngineBackend } from "./json-rules-engine-backend.js";
import { postgresBackend } from "./postgres-backend.js";
import { sparkBackend } from "./spark-backend.js";

/** All back-ends: the corpus runs through each of them, and random packs get the same answers from each. */
export const backends: readonly Backend[] = [compiledBackend, generatedBackend, indexedBackend, duckdbBackend, duckdbTablesBackend, duckdbNarrowBackend, postgresBackend, sparkBackend, jsonRulesEngineBackend];
