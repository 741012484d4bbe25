// The parser alone: the package's main entry brings the compiler, which generates code, and Node's require hooks.
declare module "handlebars/dist/cjs/handlebars/compiler/base.js" {
  export function parse(source: string): unknown;
}
