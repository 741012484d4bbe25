import { generateCode, literal } from "./generate-code.js";
import { firstPlace, type IndexColumn } from "./index-column.js";
import type { IndexBlock, RuleIndex } from "./index-rules.js";
import type { NormalRecord } from "./value.js";

/** Marks the rules that are worth a look: see `RuleIndex`. */
export type Select = (record: NormalRecord, asOf: number, into: Int32Array) => void;

interface Handed {
  readonly tables: readonly Int32Array[];
  readonly maps: readonly ReadonlyMap<unknown, number>[];
  readonly sorted: readonly Float64Array[];
}

/** So many words are kept in variables; more of them go through the array. */
const mostVariables = 8;
/** So many thresholds are compared one by one in a tree; more are searched in their array. */
const mostBranches = 48;

/** Generates the selection of an index for one way of asking; `undefined` where the host forbids it. */
export function generateSelect(index: RuleIndex, sure: boolean): Select | undefined {
  const writer = new SelectWriter(sure);
  const blocks = index.blocks.map((block) => writer.block(block));
  const tables = writer.handed.tables.map((_, i) => `t${i} = tables[${i}]`);
  const source = `const { tables, maps, sorted } = g;
${tables.length > 0 ? `const ${tables.join(", ")};` : ""}
${writer.functions.join("\n")}
return (record, asOf, into) => { const s = record.slots, c = record.collections; ${blocks.map((name) => `${name}(s, c, asOf, into);`).join(" ")} };`;
  return generateCode<Handed, Select>("g", source)?.(writer.handed);
}

class SelectWriter {
  readonly handed: { readonly tables: Int32Array[]; readonly maps: ReadonlyMap<unknown, number>[]; readonly sorted: Float64Array[] } = { tables: [], maps: [], sorted: [] };
  readonly functions: string[] = [];

  constructor(readonly sure: boolean) {}

  /** Writes the function of one block, and gives its name. */
  block(block: IndexBlock): string {
    const words = block.all.length;
    const few = words <= mostVariables;
    const target = (w: number): string => (few ? `w${w}` : `into[${block.from + w}]`);
    // One statement a word, or a loop: `source` is a table and the row in it, both as text.
    const each = (op: string, table: string, at: string): string =>
      few ? Array.from({ length: words }, (_, w) => `${target(w)} ${op} ${table}[${at}${w === 0 ? "" : ` + ${w}`}];`).join(" ") : `for (let w = 0; w < ${words}; w++) into[${block.from} + w] ${op} ${table}[${at} + w];`;
    const rows = block.own.map((column, i) => `const v${i} = s[${column.slot}]; const r${i} = ${this.#row(column, `v${i}`)};`);
    const all = (w: string): string => [few ? String(block.all[Number(w)]) : `${this.#table(block.all)}[${w}]`, ...block.own.map((column, i) => `${this.#tableOf(column)}[r${i}${w === "0" ? "" : ` + ${w}`}]`)].join(" & ");
    const lines = [...rows, few ? `let ${Array.from({ length: words }, (_, w) => `w${w} = ${all(String(w))}`).join(", ")};` : `for (let w = 0; w < ${words}; w++) into[${block.from} + w] = ${all("w")};`];
    for (const { slot, columns, noItem } of block.collections) {
      const byItems = columns.map(({ column, others }) => this.#byItems(column, others, words, few, each));
      lines.push(`{ const items = c[${slot}];
  if (items === undefined) { ${this.sure ? each("&=", this.#table(noItem), "0") : ""} }
  else if (items.length === 0) { ${each("&=", this.#table(noItem), "0")} }
  else { ${byItems.join("\n  ")} } }`);
    }
    if (!this.sure) for (const { slot, each: ofEach } of block.collections) if (ofEach.some((word) => word !== 0)) lines.push(`if (c[${slot}] === undefined) { ${each("|=", this.#table(ofEach), "0")} }`);
    if (few) lines.push(Array.from({ length: words }, (_, w) => `into[${block.from + w}] = w${w};`).join(" "));
    const name = `block${this.functions.length}`;
    this.functions.push(`function ${name}(s, c, asOf, into) {\n${lines.join("\n")}\n}`);
    return name;
  }

  #byItems(column: IndexColumn, others: Int32Array, words: number, few: boolean, each: (op: string, table: string, at: string) => string): string {
    const loop = (body: string): string => `for (let i = 0; i < items.length; i++) { const v = items[i][${column.slot}]; const r = ${this.#row(column, "v")}; ${body} }`;
    if (few) {
      const all = Array.from({ length: words }, (_, w) => w);
      return `{ let ${all.map((w) => `a${w} = ${others[w]}`).join(", ")}; ${loop(all.map((w) => `a${w} |= ${this.#tableOf(column)}[r${w === 0 ? "" : ` + ${w}`}];`).join(" "))} ${all.map((w) => `w${w} &= a${w};`).join(" ")} }`;
    }
    const any = this.#table(new Int32Array(words));
    return `{ ${any}.set(${this.#table(others)}); ${loop(`for (let w = 0; w < ${words}; w++) ${any}[w] |= ${this.#tableOf(column)}[r + w];`)} ${each("&=", any, "0")} }`;
  }

  /** Where the row of a value begins. */
  #row(column: IndexColumn, value: string): string {
    const { words, sorted, hashed } = column;
    const known = sorted ? this.#place(column, sorted, column.age ? `(${value} - asOf)` : value) : this.#hashed(hashed, words, value);
    return `${value} === undefined ? 0 : ${value} === null ? ${words} : ${known}`;
  }

  #hashed(hashed: ReadonlyMap<unknown, number>, words: number, value: string): string {
    const other = firstPlace * words;
    if (hashed.size <= 3) return [...hashed].map(([constant, row]) => `${value} === ${literal(constant as string | boolean)} ? ${row * words} : `).join("") + String(other);
    this.handed.maps.push(new Map([...hashed].map(([constant, row]) => [constant, row * words] as const)));
    return `maps[${this.handed.maps.length - 1}].get(${value}) ?? ${other}`;
  }

  #place(column: IndexColumn, sorted: Float64Array, value: string): string {
    if (sorted.length <= mostBranches) return `(${this.#branches(column, sorted, 0, sorted.length, value)})`;
    this.handed.sorted.push(sorted);
    const name = `find${this.functions.length}`;
    this.functions.push(`function ${name}(v) {
  const list = sorted[${this.handed.sorted.length - 1}];
  let low = 0, high = ${sorted.length};
  while (low < high) { const middle = (low + high) >>> 1; if (list[middle] < v) low = middle + 1; else high = middle; }
  return (${firstPlace} + 2 * low + (low < ${sorted.length} && list[low] === v ? 1 : 0)) * ${column.words};
}`);
    return `${name}(${value})`;
  }

  /** Halves the thresholds until the place of the value is found; places with the same rules are one. */
  #branches(column: IndexColumn, sorted: Float64Array, from: number, to: number, value: string): string {
    const row = (place: number): number => (firstPlace + place) * column.words;
    if (this.#same(column, row(2 * from), row(2 * to))) {
      let one = true;
      for (let place = 2 * from; place < 2 * to && one; place++) one = this.#same(column, row(place), row(place + 1));
      if (one) return String(row(2 * from));
    }
    if (from + 1 === to) {
      const [below, on, above] = [row(2 * from), row(2 * from + 1), row(2 * to)];
      const limit = literal(sorted[from] as number);
      if (this.#same(column, on, above)) return `${value} < ${limit} ? ${below} : ${above}`;
      if (this.#same(column, on, below)) return `${value} <= ${limit} ? ${below} : ${above}`;
      return `${value} < ${limit} ? ${below} : ${value} === ${limit} ? ${on} : ${above}`;
    }
    const middle = (from + to) >>> 1;
    return `${value} < ${literal(sorted[middle] as number)} ? (${this.#branches(column, sorted, from, middle, value)}) : (${this.#branches(column, sorted, middle, to, value)})`;
  }

  #same(column: IndexColumn, a: number, b: number): boolean {
    const table = this.sure ? column.sure : column.possible;
    for (let w = 0; w < column.words; w++) if (table[a + w] !== table[b + w]) return false;
    return true;
  }

  #tableOf(column: IndexColumn): string {
    return this.#table(this.sure ? column.sure : column.possible);
  }

  #table(table: Int32Array): string {
    const known = this.handed.tables.indexOf(table);
    if (known >= 0) return `t${known}`;
    this.handed.tables.push(table);
    return `t${this.handed.tables.length - 1}`;
  }
}
