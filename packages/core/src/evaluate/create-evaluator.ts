import { parseDay } from "../calendar/civil-date.js";
import type { Program } from "../lower/program.js";
import { CompiledEvaluator } from "./compiled-evaluator.js";
import type { Evaluator, EvaluatorOptions } from "./evaluator.js";

/** Compiles a program. Little is done before the first record, and more only when many come. */
export function createEvaluator(program: Program, options: EvaluatorOptions = {}): Evaluator {
  return new CompiledEvaluator(program, options);
}

/** Day number of an asOf given as text; throws where it is no date: callers check user input first. */
export function requireDay(text: string): number {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError("asOf must be a date written YYYY-MM-DD");
  return day;
}
