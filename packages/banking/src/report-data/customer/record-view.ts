import { isObject } from "@evertend/core";

/**
 * Reads a record that a normaliser has accepted by dotted names. What is missing, or is not what was asked for, reads as
 * `undefined`: a pack's model need not have every field that a report shows.
 */
export class RecordView {
  constructor(readonly json: Readonly<Record<string, unknown>>) {}

  text(name: string): string | undefined {
    const value = this.#at(name);
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#at(name);
    return typeof value === "number" ? value : undefined;
  }

  /** Whether a mark is set; absent counts as not set. */
  flag(name: string): boolean {
    return this.#at(name) === true;
  }

  has(name: string): boolean {
    const value = this.#at(name);
    return value !== undefined && value !== null && value !== "";
  }

  /** The items of a collection; none where it is absent. */
  items(name: string): readonly RecordView[] {
    const value = this.#at(name);
    return Array.isArray(value) ? value.filter(isObject).map((item) => new RecordView(item)) : [];
  }

  texts(name: string): readonly string[] {
    const value = this.#at(name);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  #at(name: string): unknown {
    let value: unknown = this.json;
    for (const step of name.split(".")) {
      if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
      value = value[step];
    }
    return value;
  }
}
