export { openOutputs } from "./output/open-outputs.js";
export type { LineOutput, Outputs } from "./output/open-outputs.js";
export { readCsvSample } from "./source/read-csv-sample.js";
export type { CsvSample } from "./source/read-csv-sample.js";
export { openSource } from "./source/open-source.js";
export type { ColumnKind, SourceOptions, WarehouseSource } from "./source/source-options.js";
export { openFileState } from "./state/open-file-state.js";
export type { FileStateStore } from "./state/open-file-state.js";
