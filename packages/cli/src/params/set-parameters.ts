import { formatPackFile, isObject, type ConditionForm, type PackFiles } from "@evertend/core";
import type { ParameterChange } from "./read-params-sheet.js";

/** The files of a pack in which parameters change, as `evertend fmt` lays them out. */
export function setParameters(files: PackFiles, changes: readonly ParameterChange[]): PackFiles {
  const byName = new Map(changes.map((change) => [change.name, change] as const));
  return Object.fromEntries(Object.entries(files).flatMap(([file, text]) => {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (!isObject(json) || !isObject(json["parameters"])) return [];
    const own = json["parameters"];
    if (!Object.keys(own).some((name) => byName.has(name))) return [];
    const parameters = Object.fromEntries(Object.entries(own).map(([name, one]) => {
      const change = byName.get(name);
      return [name, change && isObject(one) ? changed(one, change) : one];
    }));
    return [[file, formatted(JSON.stringify({ ...json, parameters }), formOf(file, text), file)]];
  }));
}

function changed(json: Readonly<Record<string, unknown>>, { value, source, owner }: ParameterChange): Readonly<Record<string, unknown>> {
  const out: Record<string, unknown> = { ...json };
  if (value !== undefined) out["value"] = value;
  for (const [key, text] of [["source", source], ["owner", owner]] as const) {
    if (text === "") delete out[key];
    else if (text !== undefined) out[key] = text;
  }
  return out;
}

/** Conditions in the same file stay as they are written: long where the file is in the long form as it stands. */
function formOf(file: string, text: string): ConditionForm {
  const long = formatPackFile(text, { form: "long", file });
  const short = formatPackFile(text, { form: "short", file });
  return "text" in long && long.text === text && !("text" in short && short.text === text) ? "long" : "short";
}

function formatted(text: string, form: ConditionForm, file: string): string {
  const result = formatPackFile(text, { form, file });
  if ("diagnostics" in result) throw new Error(`${file} cannot be formatted`);
  return result.text;
}
