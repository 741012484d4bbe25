/** The part of Handlebars' syntax tree that the checks read. */
export interface HandlebarsProgram {
  readonly body: readonly HandlebarsStatement[];
  readonly blockParams?: readonly string[];
  /** Set on the program of an `{{else if}}`. */
  readonly chained?: boolean;
}

interface Located {
  readonly loc: { readonly start: { readonly line: number } };
}

/** `a.b` in a template. `data` is `@a`, `depth` counts `../`. */
export interface HandlebarsPath extends Located {
  readonly type: "PathExpression";
  readonly data: boolean;
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}

/** Anything that may stand where a path may. */
export type HandlebarsExpression =
  | HandlebarsPath
  | (Located & { readonly type: "NumberLiteral"; readonly value: number })
  | (Located & { readonly type: "StringLiteral" | "BooleanLiteral" | "UndefinedLiteral" | "NullLiteral" | "SubExpression" });

/** `{{a}}`, `{{money a 2}}`. */
export interface HandlebarsMustache extends Located {
  readonly type: "MustacheStatement";
  readonly path: HandlebarsExpression;
  readonly params: readonly HandlebarsExpression[];
  readonly hash?: unknown;
  readonly escaped: boolean;
}

/** `{{#if a}} … {{else}} … {{/if}}`; of `{{^a}}` only `inverse` is set. */
export interface HandlebarsBlock extends Located {
  readonly type: "BlockStatement";
  readonly path: HandlebarsExpression;
  readonly params: readonly HandlebarsExpression[];
  readonly hash?: unknown;
  readonly program?: HandlebarsProgram;
  readonly inverse?: HandlebarsProgram;
}

/** One statement of a program. */
export type HandlebarsStatement =
  | (Located & { readonly type: "ContentStatement"; readonly value: string })
  | (Located & { readonly type: "CommentStatement" })
  | (Located & { readonly type: "PartialStatement" | "PartialBlockStatement"; readonly name: HandlebarsExpression })
  | (Located & { readonly type: "Decorator" | "DecoratorBlock"; readonly path: HandlebarsExpression })
  | HandlebarsMustache
  | HandlebarsBlock;
