import type { Calendar, Catalogue, Collection, Field } from "@evertend/core";
import { Sql, call, sql } from "./sql.js";
import type { SqlValue } from "./sql-answer.js";
import type { SqlDialect } from "./sql-dialect.js";
import { isRequired, type SqlLayout } from "./sql-layout.js";
import type { SqlScope } from "./sql-scope.js";
import type { SqlCalendar, SqlCollection } from "./sql-translator.js";
import type { PriorLevel } from "./translate-level.js";

/** A column that stands in the first stage. */
interface BaseColumn {
  readonly name: string;
  readonly sql: Sql;
}

/**
 * What statements begin with: the fields and collections that rules read, the context and the calendars, and what was
 * remembered. Columns that nobody reads in the end are left out.
 */
export class SqlBase {
  readonly columns: BaseColumn[] = [];
  /** Context collections as lists of one row, by name. */
  readonly contextLists = new Map<string, { readonly relation: string; readonly collection: Collection }>();
  /** Constant lists by name. */
  readonly tables = new Map<string, readonly (number | null)[]>();
  usesState = false;
  readonly #fields = new Map<number, SqlValue>();
  readonly #calendars = new Map<Calendar, SqlCalendar>();
  readonly #names = new Map<string, string>();
  readonly #tableNames = new Map<string, string>();

  constructor(readonly model: Catalogue, readonly dialect: SqlDialect, readonly layout: SqlLayout, readonly scope: SqlScope) {}

  field(slot: number): SqlValue {
    const known = this.#fields.get(slot);
    if (known) return known;
    const field = [...this.model.fields.values()].find((one) => one.slot === slot);
    if (!field) throw new Error(`no field ${slot}`);
    const value = this.#fieldValue(field);
    this.#fields.set(slot, value);
    return value;
  }

  #fieldValue(field: Field): SqlValue {
    const type = field.type === "date" ? "day" : field.type;
    const raw = new Sql([this.layout.field(field.name)]);
    const date = type === "day" ? this.#column(field.name, raw) : undefined;
    const value = type === "day" ? call("dayOfDate", raw) : type === "number" ? sql`CAST(${raw} AS ${call("cast", "number")})` : type === "text" ? call("textOf", raw) : raw;
    const read = this.#column(type === "day" ? `@day.${field.name}` : field.name, value);
    const required = field.name === this.model.idField || this.model.required.includes(field.name);
    return {
      sql: read, type, until: undefined,
      open: field.absent !== "none" && !required,
      none: field.absent === "none" && !required ? sql`(${read} IS NULL)` : false,
      ...(type === "list" ? { elements: field.elementType ?? "text" } : {}),
      ...(date ? { date } : {}),
    };
  }

  collection(collection: Collection): SqlCollection {
    const { dialect, layout } = this;
    if (collection.scope === "context") {
      const relation = layout.context(collection.name);
      const known = relation === undefined && !isRequired(this.model, collection) ? sql`FALSE` : undefined;
      if (dialect.items.kind === "lateral") return { items: { kind: "relation", relation: relation ?? emptyRelation(collection, dialect), ordinal: "@ordinal" }, known };
      const name = `@context.${collection.name}`;
      this.contextLists.set(name, { relation: relation ?? emptyRelation(collection, dialect), collection });
      return { items: { kind: "list", list: this.#column(name, new Sql([`k.${dialect.identifier(name)}`])), path: (field) => [field] }, known };
    }
    const where = layout.collection(collection.name);
    const known = (text: string): Sql | undefined => (isRequired(this.model, collection) ? undefined : this.#column(`@known.${collection.name}`, new Sql([text])));
    if (where.kind === "nested") return { items: { kind: "list", list: this.#column(collection.name, new Sql([where.list])), path: where.path }, known: known(`(${where.list} IS NOT NULL)`) };
    const given = where.known === undefined ? undefined : known(`COALESCE(${where.known}, FALSE)`);
    if (dialect.items.kind === "lateral") return { items: { kind: "relation", relation: where.relation, ordinal: "@ordinal", customer: { column: "@id", id: this.id } }, known: given };
    const name = collection.name;
    this.childLists.set(name, { relation: where.relation, collection });
    return { items: { kind: "list", list: this.#column(name, new Sql([`${this.childAlias(name)}.${dialect.identifier(name)}`])), path: (field) => [field] }, known: given };
  }

  /** Relations beside the entity whose rows are gathered into lists. */
  readonly childLists = new Map<string, { readonly relation: string; readonly collection: Collection }>();

  childAlias(name: string): string {
    return `g${[...this.childLists.keys()].indexOf(name)}`;
  }

  /** The customer's id. */
  get id(): Sql {
    const field = this.model.fields.get(this.model.idField);
    if (!field) throw new Error("a model has an id");
    return this.field(field.slot).sql;
  }

  prior(fact: string): PriorLevel {
    this.usesState = true;
    const text = (name: string): Sql => this.#column(`@state.${fact}/${name}`, call("textOf", new Sql([`st.${this.dialect.identifier(`${fact}/${name}`)}`])));
    const day = (name: string): Sql => this.#column(`@state.${fact}/${name}`, call("dayOfDate", new Sql([`st.${this.dialect.identifier(`${fact}/${name}`)}`])));
    return { level: text("level"), since: day("since"), previous: text("previous"), change: text("change"), below: day("below") };
  }

  calendar(calendar: Calendar): SqlCalendar {
    const known = this.#calendars.get(calendar);
    if (known) return known;
    const counts = [0, ...calendar.count];
    const workingDays = [...calendar.count].flatMap((count, i) => (count > (calendar.count[i - 1] ?? 0) ? [calendar.from + i] : []));
    const made = { calendar, counts: this.table(counts), workingDays: this.table(workingDays) };
    this.#calendars.set(calendar, made);
    return made;
  }

  table(values: readonly (number | null)[]): Sql {
    const key = values.join();
    const name = this.#tableNames.get(key) ?? `@list${this.tables.size + 1}`;
    this.#tableNames.set(key, name);
    this.tables.set(name, values);
    return this.#column(name, new Sql([`k.${this.dialect.identifier(name)}`]));
  }

  #column(of: string, value: Sql): Sql {
    const known = this.#names.get(of);
    // Databases cut names that are too long for them, and two could become one.
    const name = known ?? (of.length > 40 ? `@base${this.columns.length}` : of);
    if (known === undefined) {
      this.#names.set(of, name);
      this.columns.push({ name, sql: value });
    }
    return new Sql([{ part: "column", scope: this.scope, name }]);
  }
}

/** A context collection that nobody knows has no items. */
function emptyRelation(collection: Collection, dialect: SqlDialect): string {
  const columns = [...collection.fields.values()].map((field) => `CAST(NULL AS ${field.type === "date" ? "DATE" : dialect.types[field.type === "list" ? "text" : field.type]}) AS ${dialect.identifier(field.name)}`);
  return `(SELECT ${[...columns, `0 AS ${dialect.identifier("@ordinal")}`].join(", ")} WHERE FALSE)`;
}
