import type { Sensitivity } from "@evertend/core";
import type { CsvSample } from "@evertend/warehouse";
import { sensitivityOfHeading } from "./banking-glossary.js";
import { nameColumns, type NamedColumn } from "./name-columns.js";
import { profileColumn, type ColumnProfile } from "./profile-column.js";

/** A column with all that was found out about it. */
export interface ProposedField extends NamedColumn {
  readonly profile: ColumnProfile;
  readonly sensitivity: Sensitivity;
  /** The field as the model declares it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A model made from a file. */
export interface ProposedModel {
  readonly idField: string;
  /** Roles of the model to fields; tasks need `rm`. */
  readonly roles: Readonly<Record<string, string>>;
  readonly fields: readonly ProposedField[];
  /** The `model` section of a pack. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Choices are proposed only where this many rows were seen. */
const rowsForChoices = 20;
const order: readonly Sensitivity[] = ["public", "internal", "personal", "restricted"];

/**
 * Proposes a model for the columns of a file; `undefined` where no column can identify a customer.
 *
 * @param sample its header and first rows; choices (`enum`) are proposed only where it is complete
 */
export function proposeModel(sample: CsvSample, options: { readonly zone: string; readonly currency: string }): ProposedModel | undefined {
  const columns = nameColumns(sample.header);
  const profiles = columns.map((_, i) => profileColumn(cellsOf(sample, i)));
  const id = chooseId(columns, profiles);
  if (id === undefined) return undefined;
  const fields = columns.map((column, i): ProposedField => {
    const found = profiles[i] as ColumnProfile;
    const profile = i === id || isCode(column, found) ? { ...found, type: "text" as const, numbers: [] } : found;
    const sensitivity = [sensitivityOfHeading(column.heading), profile.sensitivity].reduce((a, b) => (order.indexOf(a) >= order.indexOf(b) ? a : b));
    return { ...column, profile, sensitivity, schema: schemaOf(column, profile, { sensitivity, currency: options.currency, isId: i === id, complete: sample.complete }) };
  });
  const idField = columns[id]?.name ?? "";
  const roles = rolesOf(fields, idField);
  const json = {
    id: "customers", zone: options.zone, currency: options.currency,
    entity: { name: "customer", id: idField, ...(Object.keys(roles).length === 0 ? {} : { roles }), properties: nest(fields) },
  };
  return { idField, roles, fields, json };
}

function* cellsOf(sample: CsvSample, index: number): Generator<string> {
  for (const row of sample.rows) yield row[index] ?? "";
}

/** Digits that name something and count nothing: phones, cards, codes. */
function isCode(column: NamedColumn, profile: ColumnProfile): boolean {
  if (profile.type !== "integer" && profile.type !== "number") return false;
  return profile.sensitivity !== "internal" || column.known?.use === "profile" || column.known?.use === "rm" || /号$|号码|编码|代码|编号|邮编|电话|code$|zip|postal|(^|[^a-z])no\.?$|number$|id$/i.test(column.heading);
}

/** A column that every row fills and no two rows share; one that is called so if there is one. */
function chooseId(columns: readonly NamedColumn[], profiles: readonly ColumnProfile[]): number | undefined {
  const fit = columns.map((column, i) => ({ column, i, profile: profiles[i] as ColumnProfile })).filter(({ profile }) => profile.unique && profile.missing === 0 && profile.present > 0);
  const score = ({ column, profile }: (typeof fit)[number]): number => {
    if (column.known?.use === "id" || /(^|[^a-z])id$|Id$|编号$|客户号$/.test(column.heading)) return 0;
    if (sensitivityOfHeading(column.heading) !== "internal" || profile.sensitivity !== "internal") return 3;
    return profile.type === "text" || profile.type === "integer" ? 1 : 2;
  };
  return fit.sort((a, b) => score(a) - score(b) || a.i - b.i)[0]?.i;
}

function schemaOf(column: NamedColumn, profile: ColumnProfile, about: { readonly sensitivity: Sensitivity; readonly currency: string; readonly isId: boolean; readonly complete: boolean }): Readonly<Record<string, unknown>> {
  const { type, values, present, missing } = profile;
  const isMoney = column.known?.use === "money" && (type === "number" || type === "integer");
  const mayBeNone = (type === "date" || type === "instant") && column.known?.use === "due" && missing > 0;
  const isChoice = about.complete && !about.isId && type === "text" && !profile.format && values !== undefined && values.length > 1 && present >= rowsForChoices && values.length * 3 <= present && column.known?.use !== "profile" && column.known?.use !== "rm" && values.every((value) => value.length <= 40);
  return {
    ...typeSchema(type, isMoney ? Math.max(2, profile.scale) : profile.scale),
    ...(profile.format ? { format: profile.format } : {}),
    ...(isChoice ? { enum: values } : {}),
    label: column.label,
    ...(isMoney ? { unit: about.currency } : {}),
    ...(about.sensitivity === "internal" ? {} : { sensitivity: about.sensitivity }),
    ...(mayBeNone ? { absent: "none" } : {}),
  };
}

function typeSchema(type: ColumnProfile["type"], scale: number): Readonly<Record<string, unknown>> {
  switch (type) {
    case "date":
      return { type: "string", format: "date" };
    case "instant":
      return { type: "string", format: "date-time" };
    case "list":
      return { type: "array", items: { type: "string" } };
    case "number":
      return { type: "number", scale };
    case "integer":
      return scale > 0 ? { type: "number", scale } : { type: "integer" };
    case "boolean":
      return { type: "boolean" };
    case "text":
      return { type: "string" };
  }
}

function rolesOf(fields: readonly ProposedField[], idField: string): Readonly<Record<string, string>> {
  const find = (test: (field: ProposedField) => boolean): string | undefined => fields.find((field) => field.name !== idField && test(field))?.name;
  const isText = (field: ProposedField): boolean => field.profile.type === "text" && field.profile.present > 0;
  const roles: Readonly<Record<string, string | undefined>> = {
    // Where nobody is named, the branch has the tasks.
    rm: find((field) => isText(field) && field.known?.name === "rm.id") ?? find((field) => isText(field) && field.known?.use === "rm") ?? find((field) => isText(field) && field.known?.name === "branch"),
    "address.sms": find((field) => field.profile.format === "phone"),
    "address.email": find((field) => field.profile.format === "email"),
    name: find((field) => isText(field) && field.known?.name === "name"),
  };
  return Object.fromEntries(Object.entries(roles).filter((role): role is [string, string] => role[1] !== undefined));
}

/** Dotted names as nested properties. */
function nest(fields: readonly ProposedField[]): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const { name, schema } of fields) {
    const parts = name.split(".");
    let level = root;
    for (const part of parts.slice(0, -1)) {
      const inner = (level[part] ??= { type: "object", properties: {} }) as { readonly properties?: Record<string, unknown> };
      level = inner.properties ?? {};
    }
    level[parts[parts.length - 1] as string] = schema;
  }
  return root;
}
