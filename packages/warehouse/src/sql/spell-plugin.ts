import type { SqlSpelling } from "@evertend/core";
import { Sql } from "./sql.js";
import type { SqlValue } from "./sql-answer.js";
import type { SqlTranslator } from "./sql-translator.js";

/** The SQL that a plugin gives for its code; `undefined` where it has none for the dialect. */
export function spellPlugin(id: string, spelling: SqlSpelling | undefined, values: readonly SqlValue[], { dialect }: SqlTranslator): Sql | undefined {
  // Asked once beforehand, so that what a plugin does not know is refused while the pack is compiled.
  if (!spelling || spelling(dialect, values.map(() => "NULL")) === undefined) return undefined;
  return new Sql([{
    part: "spelled", id, arguments: values.map((value) => value.sql),
    spell(parts) {
      const text = spelling(dialect, parts);
      if (text === undefined) throw new Error(`the plugin spells "${id}" for ${dialect} only sometimes`);
      return text;
    },
  }]);
}
