import type { Bilingual } from "@evertend/core";
import { findInGlossary, type GlossaryEntry } from "./banking-glossary.js";

/** A column with the name and labels of its field. */
export interface NamedColumn {
  readonly heading: string;
  /** Dotted ASCII name. */
  readonly name: string;
  readonly label: Bilingual;
  readonly known: GlossaryEntry | undefined;
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]{0,63}(\.[A-Za-z_][A-Za-z0-9_]{0,63}){0,3}$/;
const reserved = new Set(["asOf", "param", "product", "occurrence", "__proto__", "constructor", "prototype"]);

/**
 * Names the fields of a file's columns: a heading that can be a name stays one; others are looked up in the glossary,
 * made of their English words, or numbered (`field1`). The heading becomes the label, by which the column is found again.
 */
export function nameColumns(headings: readonly string[]): readonly NamedColumn[] {
  const stays = (heading: string): boolean => isName(heading) && !headings.some((other) => heading.startsWith(`${other}.`));
  // A heading that stays as it is must find its place free.
  const taken = new Set(headings.filter(stays));
  const labels = new Set(headings);
  // A label that another column has too would no longer tell which one is meant.
  const own = (label: string | undefined, heading: string): string => {
    if (label === undefined || labels.has(label)) return heading;
    labels.add(label);
    return label;
  };
  return headings.map((heading, i) => {
    const known = findInGlossary(heading);
    const name = stays(heading) ? heading : free(known?.name ?? fromWords(heading) ?? `field${i + 1}`, taken);
    taken.add(name);
    const chinese = /\p{Script=Han}/u.test(heading);
    const label = chinese ? { "zh-CN": heading, en: own(known?.label.en ?? name, heading) } : { "zh-CN": own(known?.label["zh-CN"], heading), en: heading };
    return { heading, name, label, known };
  });
}

function isName(text: string): boolean {
  return identifier.test(text) && !text.split(".").some((part) => reserved.has(part)) && (text.includes(".") || !reserved.has(text));
}

/** `Customer ID` → `customerId`. */
function fromWords(heading: string): string | undefined {
  const words = heading.replace(/\(.*?\)/g, " ").split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  if (words.length === 0 || /[^\p{ASCII}]/u.test(heading)) return undefined;
  const name = words.map((word, i) => (i === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())).join("").slice(0, 64);
  return isName(name) ? name : undefined;
}

/** The name, or the first free one after it; a field cannot be a value and hold others. */
function free(name: string, taken: ReadonlySet<string>): string {
  const clashes = (text: string): boolean => [...taken].some((other) => other.toLowerCase() === text.toLowerCase() || other.startsWith(`${text}.`) || text.startsWith(`${other}.`));
  if (!clashes(name)) return name;
  for (let n = 2; ; n++) {
    const next = `${name.replace(/\./g, "_")}${n}`;
    if (!clashes(next)) return next;
  }
}
