import { builtinModules } from "node:module";
import js from "@eslint/js";
import tseslint from "typescript-eslint";

const browserOnly = "core runs in a browser: no Node built-ins.";

/** What core may not touch, and what to do instead. */
const hostGlobals = {
  "core has no I/O and no host": ["process", "Buffer", "global", "require", "__dirname", "__filename", "window", "document", "navigator", "self", "localStorage"],
  "core has no I/O; the caller hands values in": ["fetch", "XMLHttpRequest", "WebSocket"],
  "core is synchronous": ["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate", "queueMicrotask", "requestAnimationFrame"],
  "core has no clock and no randomness": ["performance", "crypto"],
};

const codeGeneration = [
  { name: "eval", message: "core runs where code generation is forbidden." },
  { name: "Function", message: "core runs where code generation is forbidden." },
];

const clockAndChance = [
  { object: "Date", property: "now", message: "core has no clock: asOf and at are arguments." },
  { object: "Math", property: "random", message: "core has no randomness: hash the key instead." },
  { object: "DateTime", property: "now", message: "core has no clock: asOf and at are arguments." },
  { object: "DateTime", property: "local", message: "core does not know the host's zone: name the zone." },
  { object: "Settings", property: "defaultZone", message: "core does not know the host's zone: name the zone." },
  ...["localeCompare", "toLocaleString", "toLocaleDateString", "toLocaleTimeString", "toLocaleUpperCase", "toLocaleLowerCase"].map((property) => ({
    property,
    message: "The answer depends on the host's locale: same input must give the same bytes everywhere.",
  })),
];

const dateWithoutArgument = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "core has no clock: asOf and at are arguments." },
  { selector: "CallExpression[callee.name='Date']", message: "Date() reads the clock: asOf and at are arguments." },
];

const coreGlobals = Object.entries(hostGlobals).flatMap(([message, names]) => names.map((name) => ({ name, message: `${message}.` })));

export default tseslint.config(
  { ignores: ["**/dist/", "**/node_modules/", "coverage/", "out/", "docs/api/", "**/*.generated.*"] },
  js.configs.recommended,
  // Control characters in names, addresses and texts are what we look for.
  { rules: { "no-control-regex": "off" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // An implementation of an asynchronous port may have nothing to wait for.
      "@typescript-eslint/require-await": "off",
      eqeqeq: "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
    },
  },
  {
    files: ["packages/*/src/**/*.ts"],
    ignores: ["packages/cli/src/**"],
    rules: { "no-console": "error" },
  },
  {
    files: ["packages/core/src/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", { globals: [...coreGlobals, ...codeGeneration], checkGlobalObject: true }],
      "no-restricted-properties": ["error", ...clockAndChance],
      "no-restricted-syntax": ["error", ...dateWithoutArgument],
      "no-restricted-imports": ["error", {
        paths: builtinModules.map((name) => ({ name, message: browserOnly })),
        patterns: [{ group: ["node:*"], message: browserOnly }],
      }],
      "no-eval": "error",
      "no-new-func": "error",
      "@typescript-eslint/no-implied-eval": "error",
    },
  },
  {
    // The one file that may generate code; the engine falls back to closures where the host forbids it.
    files: ["packages/core/src/evaluate/generate-code.ts"],
    rules: {
      "no-restricted-globals": ["error", { globals: coreGlobals, checkGlobalObject: true }],
      "no-new-func": "off",
      "@typescript-eslint/no-implied-eval": "off",
    },
  },
  {
    // Tests hand in what the types forbid, and look into what comes back.
    files: ["**/test/**/*.ts", "**/*.test.ts", "examples/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["*.config.ts"],
    rules: { "no-restricted-exports": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", module: "writable", require: "readonly", URL: "readonly" } },
  },
);
