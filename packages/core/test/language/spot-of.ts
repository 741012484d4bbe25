import { Findings } from "../../src/diagnostics/findings.js";
import { parseJson } from "../../src/json/parse-json.js";
import { Spot } from "../../src/language/spot.js";

/** A JSON value as a file of a pack holds it, with what is found wrong with it. */
export function spotOf(json: unknown): { readonly json: unknown; readonly spot: Spot; readonly found: () => readonly string[] } {
  const findings = new Findings("en");
  const document = parseJson("file.json", JSON.stringify(json, null, 2), findings);
  if (!document) throw new Error("not JSON");
  return { json: document.value, spot: new Spot(document, "", findings), found: () => findings.sorted().map(({ code, pointer }) => `${code} ${pointer}`) };
}
