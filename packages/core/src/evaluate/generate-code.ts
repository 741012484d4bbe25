/**
 * The one place where text becomes code. What comes in was written by Evertend's own generators from a checked program:
 * names and texts of a pack stand in it only as JSON literals or are handed over as constants.
 */

/** A text or number as source: nothing in it can end the literal that it becomes. */
export function literal(value: string | number | boolean): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  // JSON allows two line separators that older parsers end a line at.
  return JSON.stringify(value).replace(/\u2028/g, "\\u2028").replace(/\u2029/g, "\\u2029");
}

/**
 * Compiles the body of a function that takes one argument. `undefined` where the host forbids code from strings (a
 * content security policy, Node's `--disallow-code-generation-from-strings`).
 */
export function generateCode<Argument, Result>(argument: string, body: string): ((value: Argument) => Result) | undefined {
  try {
    return new Function(argument, `"use strict";\n${body}`) as (value: Argument) => Result;
  } catch (error) {
    // Only a refusal may be passed over: code that does not parse is a bug.
    if (error instanceof SyntaxError) throw error;
    return undefined;
  }
}
