import type { SqlArrangement } from "./arrange-stages.js";
import { indent } from "./indent-sql.js";
import { Sql, type SqlPart, type SqlRows } from "./sql.js";
import type { SqlDialect, SqlType } from "./sql-dialect.js";
import type { SqlBlock, SqlDefinition, SqlScope } from "./sql-scope.js";

/** How many stages the rows of each scope have at the place where something is rendered. */
export type StagesAt = ReadonlyMap<SqlRows, number>;

/** A parameter of a statement. */
export interface SqlParameter {
  readonly value: string | number | boolean;
  readonly type: SqlType;
}

/** Prints pieces in the spelling of a dialect and numbers their parameters. */
export class SqlRenderer {
  readonly parameters: SqlParameter[] = [];
  readonly #places = new Map<string, number>();

  constructor(readonly dialect: SqlDialect, readonly arrangement: SqlArrangement) {}

  render(piece: Sql, at: StagesAt): string {
    return piece.parts.map((part) => this.#part(part, at)).join("");
  }

  #part(part: SqlPart, at: StagesAt): string {
    if (typeof part === "string") return part;
    switch (part.part) {
      case "bound":
        return this.dialect.parameter(this.#place(part), part.type);
      case "column": {
        const definition = this.arrangement.inPlace(part);
        return definition ? `(${this.#define(definition, at)})` : this.#read(part.scope, this.arrangement.stageOf(part), [part.name], at);
      }
      case "item":
        return this.#read(part.scope, 0, part.path, at);
      case "call":
        return this.#call(part, at);
      case "comment":
        return `/* ${harmless(part.text)} */\n`;
      case "spelled":
        return `(${part.spell(part.arguments.map((argument) => this.render(argument, at)))})`;
    }
  }

  #place({ value, type }: SqlParameter): number {
    const key = `${type}:${typeof value}:${String(value)}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.parameters.push({ value, type });
    this.#places.set(key, this.parameters.length);
    return this.parameters.length;
  }

  /** What a stage added lies as many steps inside as stages came after it, where items are structs in a list. */
  #read(scope: SqlRows, stage: number, path: readonly string[], at: StagesAt): string {
    const names = path.map((name) => this.dialect.identifier(name));
    if (!scope.outer) return ["c", ...names].join(".");
    if (this.dialect.items.kind === "lateral") return [variable(scope), ...(names.length === 0 ? [this.dialect.identifier(elementName)] : names)].join(".");
    const inside = new Array<string>(Math.max(0, (at.get(scope) ?? 0) - stage)).fill(this.dialect.identifier(innerName));
    return [variable(scope), ...inside, ...names].join(".");
  }

  #call({ name, arguments: given }: Extract<SqlPart, { part: "call" }>, at: StagesAt): string {
    const { dialect } = this;
    if (name === "cast") return dialect.types[given[0] as "text"];
    const texts = given.map((one) => (one instanceof Sql ? this.render(one, at) : one));
    if (name === "joinTexts") return dialect.joinTexts(texts.map((text) => `\n${indent(text)}`));
    const [a = "", b = ""] = texts;
    return name === "addMonths" || name === "contains" || name === "elementAt" || name === "matches" ? dialect[name](a, b) : name === "listText" ? dialect.listText(a, b as "text") : dialect[name](a);
  }

  /** One stage of a scope: what it selects beside what was there, and the subqueries that it joins. */
  stage(scope: SqlScope, stage: number, at: StagesAt): { readonly columns: readonly (readonly [name: string, value: string])[]; readonly joins: readonly string[] } {
    const before = new Map(at).set(scope, stage - 1);
    const here = this.arrangement.at(scope, stage);
    const lateral = this.dialect.items.kind === "lateral";
    const columns: (readonly [string, string])[] = [];
    const beside = new Map<SqlBlock, Extract<SqlDefinition, { kind: "aggregate" }>[]>();
    for (const definition of here) {
      if (definition.kind === "aggregate" && lateral) beside.set(definition.block, [...(beside.get(definition.block) ?? []), definition]);
      else if (definition.kind !== "items" || !lateral) columns.push([definition.column.name, this.#define(definition, before)]);
    }
    const joins = [...beside].map(([block, definitions], i) => {
      const alias = `b${block.scope.id}_${stage}_${i}`;
      for (const { column } of definitions) columns.push([column.name, `${alias}.${this.dialect.identifier(column.name)}`]);
      return `LEFT JOIN LATERAL (\n${indent(this.#subquery(block, definitions, before))}\n) ${alias} ON TRUE`;
    });
    return { columns, joins };
  }

  #define(definition: SqlDefinition, at: StagesAt): string {
    if (definition.kind === "value") return this.render(definition.sql, at);
    const { block } = definition;
    if (definition.kind === "items") return this.#list(block, at);
    const { items } = this.dialect;
    // Alone over its items, a figure is a subquery where its value stands.
    if (items.kind === "lateral") return `\n${indent(this.#subquery(block, [definition], at))}\n`;
    const list = this.arrangement.isColumn(definition.list) ? this.render(new Sql([definition.list]), at) : this.#list(block, at);
    return items.aggregate(definition.aggregate, list, variable(block.scope), this.render(definition.value, new Map(at).set(block.scope, this.arrangement.depth(block.scope))));
  }

  /** The items of a block as a list, with what its stages add. */
  #list(block: SqlBlock, at: StagesAt): string {
    const { items } = this.dialect;
    if (items.kind !== "list" || block.items.kind !== "list") throw new Error("the layout has no list here");
    let text = this.render(block.items.list, at);
    for (let stage = 1; stage <= this.arrangement.depth(block.scope); stage++) {
      const { columns } = this.stage(block.scope, stage, at);
      text = items.transform(text, variable(block.scope), items.struct([[innerName, variable(block.scope)], ...columns]));
    }
    return text;
  }

  #subquery(block: SqlBlock, definitions: readonly Extract<SqlDefinition, { kind: "aggregate" }>[], at: StagesAt): string {
    const { dialect } = this;
    if (dialect.items.kind !== "lateral") throw new Error("subqueries beside rows need a dialect with lateral joins");
    const { items: kind } = dialect;
    const x = variable(block.scope);
    let from = this.#relation(block, at);
    for (let stage = 1; stage <= this.arrangement.depth(block.scope); stage++) {
      const { columns, joins } = this.stage(block.scope, stage, at);
      if (columns.length === 0) continue;
      const added = columns.map(([name, value]) => `${value} AS ${dialect.identifier(name)}`);
      from = `(\n${indent([`SELECT ${x}.*,`, indent(added.join(",\n")), `FROM ${from}`, ...joins, ...(dialect.barrier === "" ? [] : [dialect.barrier])].join("\n"))}\n) ${x}`;
    }
    const inside = new Map(at).set(block.scope, this.arrangement.depth(block.scope));
    // A figure over nothing but values of the row outside would be taken for one of the query outside: its value gets a
    // column of the items' own first.
    const outer = definitions.flatMap(({ value, column }) => (this.#reads(value, block.scope) ? [] : [[column, value] as const]));
    if (outer.length > 0) from = `(\n${indent([`SELECT ${x}.*,`, indent(outer.map(([{ name }, value]) => `${this.render(value, inside)} AS ${dialect.identifier(name)}`).join(",\n")), `FROM ${from}`].join("\n"))}\n) ${x}`;
    const own = new Set(outer.map(([column]) => column));
    const figures = definitions.map(({ aggregate, value, column }) => {
      const name = dialect.identifier(column.name);
      return `${kind.aggregate(aggregate, own.has(column) ? `${x}.${name}` : this.render(value, inside), this.#order(block))} AS ${name}`;
    });
    return [`SELECT`, indent(figures.join(",\n")), `FROM ${from}`].join("\n");
  }

  /** Whether a piece reads a row of a scope, when what is written in place is written. */
  #reads(piece: Sql, scope: SqlRows): boolean {
    return piece.some((part) => {
      if (part.part !== "column") return part.part === "item" && part.scope === scope;
      const definition = this.arrangement.inPlace(part);
      if (!definition) return part.scope === scope;
      // The subquery of a figure in place is read where it stands, whatever rows it is about.
      return definition.kind === "value" && this.#reads(definition.sql, scope);
    });
  }

  #order({ items, scope }: SqlBlock): string {
    return items.kind === "relation" ? `${variable(scope)}.${this.dialect.identifier(items.ordinal)}` : "";
  }

  #relation({ items, scope }: SqlBlock, at: StagesAt): string {
    const { dialect } = this;
    const x = variable(scope);
    if (items.kind === "list") {
      if (dialect.items.kind !== "lateral") throw new Error("a list beside rows needs a dialect with lateral joins");
      return dialect.items.elements(this.render(items.list, at), x, elementName);
    }
    if (!items.customer) return `${items.relation} ${x}`;
    return `(SELECT i.* FROM ${items.relation} i WHERE i.${dialect.identifier(items.customer.column)} = ${this.render(items.customer.id, at)}) ${x}`;
  }
}

/** Name of the item before a stage, inside what the stage makes of it. */
const innerName = "p";
const elementName = "@element";

function variable(scope: SqlRows): string {
  return `x${scope.id}`;
}

/** A text that stays inside its comment, on one line: letters, digits and what ids are made of; all else is a dot. */
function harmless(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} _:/-]/gu, ".").replaceAll(/\/{2,}|-{2,}/g, ".").slice(0, 200);
}
