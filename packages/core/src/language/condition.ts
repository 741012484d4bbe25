import type { ShiftUnit } from "../lower/node.js";
import type { Decorator, BaseOperator } from "./operators.js";
import type { PathStep } from "./parse-path.js";
import type { Spot } from "./spot.js";

/** A condition as written, with its places. */
export type Condition = { readonly spot: Spot } & (
  | { readonly kind: "all" | "any"; readonly items: readonly Condition[]; readonly name?: string }
  | { readonly kind: "not"; readonly item: Condition }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "leaf"; readonly left: Expression; readonly decorators: readonly Decorator[]; readonly operator: BaseOperator | { readonly plugin: string }; readonly right: Expression | undefined }
  | { readonly kind: "quantifier"; readonly quantifier: "some" | "every" | "none"; readonly over: string; readonly where: Condition | undefined }
  | { readonly kind: "count"; readonly over: string; readonly where: Condition | undefined; readonly operator: BaseOperator; readonly right: Expression }
);

/** A value as written. */
export type Expression = { readonly spot: Spot } & (
  | { readonly kind: "literal"; readonly value: string | number | boolean | readonly (string | number | boolean)[] }
  | { readonly kind: "param"; readonly name: string }
  | { readonly kind: "fact"; readonly name: string; readonly path: readonly PathStep[] }
  | { readonly kind: "asOf"; readonly unit: ShiftUnit; readonly amount: Expression | undefined; readonly calendar: string | undefined }
  | { readonly kind: "arithmetic"; readonly operation: "add" | "subtract" | "multiply" | "divide"; readonly items: readonly Expression[] }
);
