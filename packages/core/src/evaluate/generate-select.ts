import { generateCode, literal } from "./generate-code.js";
import { firstPlace, type IndexColumn } from "./index-column.js";
import type { IndexBlock, RuleIndex } from "./index-rules.js";
import type { NormalRecord } from "./value.js";

/**
 * Marks the rules that are worth a look, as `RuleIndex` does: those that may be true in `sure`, and where the selection
 * was made for both, those that are not false for ever in `possible`.
 */
export type Select = (record: NormalRecord, asOf: number, sure: Int32Array, possible: Int32Array) => void;

/** One of the two answers of a selection. */
interface Answer {
  readonly sure: boolean;
  /** Names of its words: of the result, and of what some item allows. */
  readonly word: string;
  readonly any: string;
  readonly into: string;
}

const sureAnswer: Answer = { sure: true, word: "w", any: "a", into: "sure" };
const possibleAnswer: Answer = { sure: false, word: "x", any: "b", into: "possible" };

interface Handed {
  readonly tables: readonly Int32Array[];
  readonly maps: readonly ReadonlyMap<unknown, number>[];
  readonly sorted: readonly Float64Array[];
}

/** So many words are kept in variables; more of them go through the array. */
const mostVariables = 8;
/** So many thresholds are compared one by one in a tree; more are searched in their array. */
const mostBranches = 48;

/** Generates the selection of an index, of what is sure or of both; `undefined` where the host forbids it. */
export function generateSelect(index: RuleIndex, both: boolean): Select | undefined {
  const writer = new SelectWriter(both ? [sureAnswer, possibleAnswer] : [sureAnswer]);
  const blocks = index.blocks.map((block) => writer.block(block));
  const tables = writer.handed.tables.map((_, i) => `t${i} = tables[${i}]`);
  const source = `const { tables, maps, sorted } = g;
${tables.length > 0 ? `const ${tables.join(", ")};` : ""}
${writer.functions.join("\n")}
return (record, asOf, sure, possible) => { const s = record.slots, c = record.collections; ${blocks.map((name) => `${name}(s, c, asOf, sure, possible);`).join(" ")} };`;
  return generateCode<Handed, Select>("g", source)?.(writer.handed);
}

const wordsOf = (count: number): readonly number[] => Array.from({ length: count }, (_, w) => w);

class SelectWriter {
  readonly handed: { readonly tables: Int32Array[]; readonly maps: ReadonlyMap<unknown, number>[]; readonly sorted: Float64Array[] } = { tables: [], maps: [], sorted: [] };
  readonly functions: string[] = [];

  constructor(readonly answers: readonly Answer[]) {}

  /** Writes the function of one block, and gives its name. */
  block(block: IndexBlock): string {
    const words = block.all.length;
    const few = words <= mostVariables;
    const rows = block.own.map((column, i) => `const v${i} = s[${column.slot}]; const r${i} = ${this.#row(column, `v${i}`)};`);
    const lines = [...rows, ...this.answers.map((answer) => this.#byOwn(block, answer, few))];
    for (const collection of block.collections) lines.push(this.#byCollection(block, collection, few));
    // Rules that speak of each item are unknown where the items are.
    for (const answer of this.answers) {
      if (answer.sure) continue;
      for (const { slot, each } of block.collections) if (each.some((word) => word !== 0)) lines.push(`if (c[${slot}] === undefined) { ${this.#eachWord(block, answer, few, "|=", this.#table(each))} }`);
    }
    if (few) for (const { word, into } of this.answers) lines.push(wordsOf(words).map((w) => `${into}[${block.from + w}] = ${word}${w};`).join(" "));
    const name = `block${this.functions.length}`;
    this.functions.push(`function ${name}(s, c, asOf, sure, possible) {\n${lines.join("\n")}\n}`);
    return name;
  }

  /** One statement a word, or a loop, that brings the words of a table into those of an answer. */
  #eachWord(block: IndexBlock, { word, into }: Answer, few: boolean, op: string, table: string): string {
    const words = block.all.length;
    return few ? wordsOf(words).map((w) => `${word}${w} ${op} ${table}[${w}];`).join(" ") : `for (let w = 0; w < ${words}; w++) ${into}[${block.from} + w] ${op} ${table}[w];`;
  }

  /** What the record's own fields allow. */
  #byOwn(block: IndexBlock, answer: Answer, few: boolean): string {
    const words = block.all.length;
    const columns = block.own.map((column, i) => [this.#tableOf(column, answer), `r${i}`] as const);
    const tables = (w: string): string => columns.map(([table, row]) => ` & ${table}[${row} + ${w}]`).join("");
    if (few) return `let ${wordsOf(words).map((w) => `${answer.word}${w} = ${block.all[w]}${tables(String(w))}`).join(", ")};`;
    return `for (let w = 0; w < ${words}; w++) ${answer.into}[${block.from} + w] = ${this.#table(block.all)}[w]${tables("w")};`;
  }

  #byCollection(block: IndexBlock, { slot, columns, noItem }: IndexBlock["collections"][number], few: boolean): string {
    const none = (answers: readonly Answer[]): string => answers.map((answer) => this.#eachWord(block, answer, few, "&=", this.#table(noItem))).join(" ");
    return `{ const items = c[${slot}];
  if (items === undefined) { ${none(this.answers.filter(({ sure }) => sure))} }
  else if (items.length === 0) { ${none(this.answers)} }
  else { ${columns.map(({ column, others }) => this.#byItems(block, column, others, few)).join("\n  ")} } }`;
  }

  #byItems(block: IndexBlock, column: IndexColumn, others: Int32Array, few: boolean): string {
    const words = block.all.length;
    const loop = (body: string): string => `for (let i = 0; i < items.length; i++) { const v = items[i][${column.slot}]; const r = ${this.#row(column, "v")}; ${body} }`;
    const { answers } = this;
    if (few) {
      const all = wordsOf(words);
      return `{ let ${answers.flatMap(({ any }) => all.map((w) => `${any}${w} = ${others[w]}`)).join(", ")}; ${loop(answers.flatMap((answer) => all.map((w) => `${answer.any}${w} |= ${this.#tableOf(column, answer)}[r + ${w}];`)).join(" "))} ${answers.flatMap(({ any, word }) => all.map((w) => `${word}${w} &= ${any}${w};`)).join(" ")} }`;
    }
    const any = answers.map((answer) => ({ answer, table: this.#table(new Int32Array(words)) }));
    return `{ ${any.map(({ table }) => `${table}.set(${this.#table(others)});`).join(" ")} ${loop(`for (let w = 0; w < ${words}; w++) { ${any.map(({ answer, table }) => `${table}[w] |= ${this.#tableOf(column, answer)}[r + w];`).join(" ")} }`)} ${any.map(({ answer, table }) => this.#eachWord(block, answer, few, "&=", table)).join(" ")} }`;
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
    return this.answers.every(({ sure }) => {
      const table = sure ? column.sure : column.possible;
      for (let w = 0; w < column.words; w++) if (table[a + w] !== table[b + w]) return false;
      return true;
    });
  }

  #tableOf(column: IndexColumn, { sure }: Answer): string {
    return this.#table(sure ? column.sure : column.possible);
  }

  #table(table: Int32Array): string {
    const known = this.handed.tables.indexOf(table);
    if (known >= 0) return `t${known}`;
    this.handed.tables.push(table);
    return `t${this.handed.tables.length - 1}`;
  }
}
