import { parse, type ValueNode } from "@humanwhocodes/momoa";
import type { Findings } from "../diagnostics/findings.js";
import type { Place } from "../diagnostics/place.js";
import { confusableCharacter } from "./confusable-name.js";
import { findInJson, stringEnd } from "./find-in-json.js";
import { plainJson } from "./plain-json.js";
import { joinPointer, splitPointer } from "./pointer.js";
import { isReservedName } from "./reserved-name.js";

/** A parsed file that knows where its values stand. */
export interface JsonDocument {
  readonly file: string;
  /** Plain JSON data; keys that were reported as reserved are left out, of a repeated key the first is kept. */
  readonly value: unknown;
  /** Where the value at a JSON pointer stands; the nearest ancestor's place where there is no such value. */
  place(pointer: string): Place;
  /** Where the property name of the value at a JSON pointer stands; the value's place for items of an array. */
  keyPlace(pointer: string): Place;
}

/** Bounds of `parseJson`. */
export interface JsonLimits {
  /** UTF-8 bytes, 256 KiB if not given. */
  readonly bytes?: number;
  /** JSON levels, 24 if not given. */
  readonly depth?: number;
}

const defaultBytes = 256 * 1024;
const defaultDepth = 24;

/**
 * Parses a file of a pack or a model strictly and tells where each value stands. A byte order mark is skipped.
 *
 * Adds to `findings`: JSON_SYNTAX, FILE_TOO_LARGE, TOO_DEEP (then there is no document: `undefined`); DUPLICATE_KEY,
 * RESERVED_NAME, CONFUSABLE_NAME, NUMBER_RANGE, ID_MUST_BE_STRING (the rest of the document is still returned, so that
 * later checks find more). Never throws for any text.
 */
export function parseJson(file: string, text: string, findings: Findings, limits: JsonLimits = {}): JsonDocument | undefined {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const top: Place = { file, pointer: "", line: 1, column: 1 };
  const limit = limits.bytes ?? defaultBytes;
  const bytes = utf8Length(source, limit);
  if (bytes > limit) {
    findings.add("FILE_TOO_LARGE", top, { name: file, limit });
    return undefined;
  }
  const depth = limits.depth ?? defaultDepth;
  // Nearly every file is good, and of a good one places are asked seldom: the tree that knows them is made then.
  const plain = plainJson(source, depth);
  if (plain) return new LazyDocument(file, source, plain.value);
  const lines = lineStarts(source);
  const at = (pointer: string, offset: number): Place => ({ file, pointer, ...position(lines, offset) });
  const deep = findInJson(source, "too-deep", depth);
  if (deep !== undefined) {
    findings.add("TOO_DEEP", at(deep.pointer, deep.offset), { limit: depth });
    return undefined;
  }
  const control = findControlCharacter(source);
  if (control !== undefined) {
    const place = at("", control);
    findings.add("JSON_SYNTAX", place, { line: place.line, column: place.column, found: codePointOf(source, control) });
    return undefined;
  }
  let body: ValueNode;
  try {
    body = parse(source, { mode: "json" }).body;
  } catch (error) {
    reportSyntax(source, errorOffset(error, source), at, findings);
    return undefined;
  }
  return new LazyDocument(file, source, build(body, undefined, { source, findings, at }), body);
}

class LazyDocument implements JsonDocument {
  #body: ValueNode | undefined;
  #lines: readonly number[] | undefined;

  constructor(readonly file: string, readonly source: string, readonly value: unknown, body?: ValueNode) {
    this.#body = body;
  }

  place(pointer: string): Place {
    return this.#at(pointer, this.#offsets(pointer).value);
  }

  keyPlace(pointer: string): Place {
    const found = this.#offsets(pointer);
    return this.#at(pointer, found.whole ? found.key : found.value);
  }

  #offsets(pointer: string): ReturnType<typeof offsetsOf> {
    return offsetsOf((this.#body ??= parse(this.source, { mode: "json" }).body), pointer);
  }

  #at(pointer: string, offset: number): Place {
    return { file: this.file, pointer, ...position((this.#lines ??= lineStarts(this.source)), offset) };
  }
}

/** Where the value at a pointer stands, or its nearest ancestor that there is. Asked for what is reported only. */
function offsetsOf(body: ValueNode, pointer: string): { readonly value: number; readonly key: number; readonly whole: boolean } {
  let node = body;
  let key = node.loc.start.offset;
  for (const step of splitPointer(pointer)) {
    const member = node.type === "Object" ? node.members.find((one) => nameOf(one) === step) : undefined;
    const element = node.type === "Array" && /^(0|[1-9]\d*)$/.test(step) ? node.elements[Number(step)]?.value : undefined;
    const next = member?.value ?? element;
    if (!next) return { value: node.loc.start.offset, key, whole: false };
    node = next;
    key = (member?.name ?? next).loc.start.offset;
  }
  return { value: node.loc.start.offset, key, whole: true };
}

/** In JSON mode every name is a string; identifiers exist in JSON5 only. */
function nameOf(member: Extract<ValueNode, { type: "Object" }>["members"][number]): string {
  return member.name.type === "String" ? member.name.value : member.name.name;
}

/** The way down to a value; its pointer is written out only where something is reported. */
interface Way {
  readonly up: Way | undefined;
  readonly step: string | number;
}

function pointerOf(way: Way | undefined): string {
  return way === undefined ? "" : joinPointer(pointerOf(way.up), way.step);
}

interface BuildContext {
  readonly source: string;
  readonly findings: Findings;
  readonly at: (pointer: string, offset: number) => Place;
}

/** Recursion is bounded: the text was found shallow before it was parsed. */
function build(node: ValueNode, way: Way | undefined, context: BuildContext): unknown {
  switch (node.type) {
    case "Object":
      return buildObject(node, way, context);
    case "Array":
      return node.elements.map((element, i) => build(element.value, { up: way, step: i }, context));
    case "String":
      reportHalfCharacter(node.value, way, node.loc.start.offset, context);
      return node.value;
    case "Number":
      return buildNumber(context.source.slice(node.loc.start.offset, node.loc.end.offset), way, node.loc.start.offset, context);
    case "Boolean":
      return node.value;
    default:
      return null;
  }
}

function buildObject(node: Extract<ValueNode, { type: "Object" }>, way: Way | undefined, context: BuildContext): unknown {
  const object: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const member of node.members) {
    const name = nameOf(member);
    const inner: Way = { up: way, step: name };
    const place = (): Place => context.at(pointerOf(inner), member.name.loc.start.offset);
    if (seen.has(name)) context.findings.add("DUPLICATE_KEY", place(), { name });
    const character = confusableCharacter(name);
    if (character !== undefined) context.findings.add("CONFUSABLE_NAME", place(), { name, character });
    const reserved = isReservedName(name);
    if (reserved) context.findings.add("RESERVED_NAME", place(), { name });
    const value = build(member.value, inner, context);
    // The one name that assigning would not make a member is reserved.
    if (!reserved && !seen.has(name)) object[name] = value;
    seen.add(name);
  }
  return object;
}

function buildNumber(text: string, way: Way | undefined, offset: number, context: BuildContext): number {
  const value = Number(text);
  const most = Number.MAX_SAFE_INTEGER;
  if (/^-?\d+$/.test(text)) {
    if (!Number.isSafeInteger(value)) context.findings.add("ID_MUST_BE_STRING", context.at(pointerOf(way), offset), { name: text });
  } else if (Math.abs(value) > most || (value === 0 && /^-?[\d.]*[1-9]/.test(text))) {
    // Beyond 2^53 numbers have gaps; 1e-400 is not 0 but would become it.
    context.findings.add("NUMBER_RANGE", context.at(pointerOf(way), offset), { found: text, from: -most, to: most });
  }
  return value === 0 ? 0 : value;
}

function reportHalfCharacter(value: string, way: Way | undefined, offset: number, context: BuildContext): void {
  if (!mayHoldHalf(value) || !/\p{Cs}/u.test(value)) return;
  const place = context.at(pointerOf(way), offset);
  context.findings.add("JSON_SYNTAX", place, { line: place.line, column: place.column, found: "\\uD800-\\uDFFF" });
}

function mayHoldHalf(value: string): boolean {
  for (let i = 0; i < value.length; i++) if ((value.charCodeAt(i) & 0xf800) === 0xd800) return true;
  return false;
}

/**
 * Where the parser stopped. For a text that ends too early it names the last value before the end, or the start; the end
 * is what helps.
 */
function errorOffset(error: unknown, source: string): number {
  const end = source.trimEnd().length;
  if (!(error instanceof Error) || !("offset" in error) || typeof error.offset !== "number") return end;
  if (error.message.startsWith("Unexpected end of input")) return end;
  const isLastValue = isScalar(source.slice(error.offset, end)) && endsOpen(source);
  return isLastValue ? end : Math.min(error.offset, end);
}

function isScalar(text: string): boolean {
  try {
    return typeof JSON.parse(text) !== "object" || text === "null";
  } catch {
    return false;
  }
}

/** Whether more brackets were opened than closed. */
function endsOpen(source: string): boolean {
  let level = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 0x22) i = stringEnd(source, i);
    else if (c === 0x7b || c === 0x5b) level++;
    else if (c === 0x7d || c === 0x5d) level--;
  }
  return level > 0;
}

function reportSyntax(source: string, offset: number, at: BuildContext["at"], findings: Findings): void {
  const blank = /^[ \t\r\n]*$/.test(source);
  const ended = source.slice(offset).trim() === "";
  const place = at("", blank ? 0 : offset);
  const ends = { "zh-CN": "文本在此处中断", en: "the text ends too early" }[findings.lang];
  const empty = { "zh-CN": "文件为空", en: "the file is empty" }[findings.lang];
  const unexpected = /^(?:[A-Za-z0-9_]{1,20}|.)/u.exec(source.slice(offset))?.[0] ?? "";
  findings.add("JSON_SYNTAX", place, { line: place.line, column: place.column, ...(blank ? { detail: empty } : ended ? { detail: ends } : { found: unexpected }) });
}

/** Offset of the first control character inside a string, which JSON forbids and the parser lets pass. */
function findControlCharacter(source: string): number | undefined {
  for (let i = 0; i < source.length; i++) {
    if (source.charCodeAt(i) !== 0x22) continue;
    const end = stringEnd(source, i);
    for (i++; i < end; i++) if (source.charCodeAt(i) < 0x20) return i;
  }
  return undefined;
}

function codePointOf(source: string, offset: number): string {
  return "U+" + source.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
}

/** UTF-8 length; not counted where the number of UTF-16 units says enough about `limit`: none takes more than 3 bytes. */
function utf8Length(text: string, limit: number): number {
  if (text.length > limit || text.length * 3 <= limit) return text.length;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c >= 0xd800 && c <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 0x0a || (c === 0x0d && source.charCodeAt(i + 1) !== 0x0a)) starts.push(i + 1);
  }
  return starts;
}

/** Line and column, from 1, of an offset: binary search for the last line that starts at or before it. */
function position(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
