import type { Lang } from "@evertend/core";
import { readLines } from "./read-lines.js";
import type { SourceFile } from "./source-file.js";

/** One record of a CSV file as it stands there. */
export interface CsvRecord {
  /** Line on which it starts. */
  readonly line: number;
  readonly fields: readonly string[];
  /** `open`: the file ended inside quotes. `quote`: something follows a closing quote. `encoding`: not UTF-8. */
  readonly fault?: "open" | "quote" | "encoding";
}

const longestRecord = 1 << 24;

/**
 * Reads a CSV file record by record, to take its header apart and to find the place of a fault; the bulk of the data is
 * read by DuckDB.
 */
export async function* csvRecords(file: Pick<SourceFile, "path" | "gzip">, delimiter: string, lang: Lang): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 0;
  let record = new RecordReader(1, delimiter);
  for await (const bytes of readLines(file, lang)) {
    line++;
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      yield { line, fields: [], fault: "encoding" };
      record = new RecordReader(line + 1, delimiter);
      continue;
    }
    if (line === 1 && text.startsWith("\uFEFF")) text = text.slice(1);
    if (record.take(text)) {
      if (!record.isBlank) yield record.done();
      record = new RecordReader(line + 1, delimiter);
    } else if (record.length > longestRecord) {
      yield record.done("quote");
      return;
    }
  }
  if (record.isOpen) yield record.done("open");
}

class RecordReader {
  readonly #fields: string[] = [];
  #field = "";
  #state: "start" | "plain" | "quoted" | "closed" = "start";
  #fault: "quote" | undefined;
  length = 0;

  constructor(readonly line: number, readonly delimiter: string) {}

  get isOpen(): boolean {
    return this.#state === "quoted";
  }

  get isBlank(): boolean {
    return this.#fields.length === 1 && this.#fields[0] === "" && this.length === 0;
  }

  /** Takes one line; true when the record ends with it. */
  take(line: string): boolean {
    if (this.isOpen) this.#field += "\n";
    const end = line.endsWith("\r") && !this.#endsQuoted(line) ? line.length - 1 : line.length;
    this.length += end;
    for (let i = 0; i < end; i++) {
      const character = line.charAt(i);
      if (this.#state === "quoted") {
        if (character !== '"') this.#field += character;
        else if (line.charAt(i + 1) === '"') this.#field += line.charAt(i++);
        else this.#state = "closed";
      } else if (character === this.delimiter) this.#endField();
      else if (character === '"' && this.#state === "start") this.#state = "quoted";
      else {
        if (this.#state === "closed") this.#fault = "quote";
        else this.#state = "plain";
        this.#field += character;
      }
    }
    if (this.isOpen) return false;
    this.#endField();
    return true;
  }

  done(fault?: CsvRecord["fault"]): CsvRecord {
    const first = fault ?? this.#fault;
    return { line: this.line, fields: this.#fields, ...(first === undefined ? {} : { fault: first }) };
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = "";
    this.#state = "start";
  }

  /** Whether the line's carriage return lies inside a quoted value: an odd number of quotes (doubled ones cancel out). */
  #endsQuoted(line: string): boolean {
    const quotes = line.split('"').length - 1;
    return (quotes % 2 === 1) !== this.isOpen;
  }
}
