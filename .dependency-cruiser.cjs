/**
 * The fences between packages and inside core: `core ← every package ← cli`, each package entered through its door only.
 * test/fences/fences.test.ts plants a violation of every rule here and sees that it is caught.
 */

/** Packages that only core stands before. */
const middle = ["banking", "warehouse", "json-rules-engine", "outbox", "channel-[^/]+", "reports", "testing"].join("|");

/** Folders of core that know nothing of a decision, and those that make one. */
const ground = ["diagnostics", "json", "calendar", "model", "decision", "ports"].join("|");
const decision = ["evaluate", "policy", "arbitrate", "plan", "explain"].join("|");

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "core-imports-no-package",
      comment: "core is the ground: every package meets in its types and ports, so it imports none of them.",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: { path: "^packages/(?!core/)" },
    },
    {
      name: "package-imports-core-only",
      comment: "Packages meet through core's types and ports, never directly; only cli wires them together.",
      severity: "error",
      from: { path: `^packages/(${middle})/src/` },
      to: { path: "^packages/", pathNot: ["^packages/$1/", "^packages/core/"] },
    },
    {
      name: "nothing-imports-cli",
      comment: "cli is the last to know: it wires, and nobody builds on the wiring.",
      severity: "error",
      from: { path: "^packages/(?!cli/)" },
      to: { path: "^packages/cli/" },
    },
    {
      name: "package-is-known",
      comment: "A new package must be placed in the order above before it may import another.",
      severity: "error",
      from: { path: "^packages/([^/]+)/", pathNot: `^packages/(core|cli|${middle})/` },
      to: { path: "^packages/", pathNot: "^packages/$1/" },
    },
    {
      name: "no-relative-import-out-of-a-package",
      comment: "Another package is imported by its name, @evertend/<name>, as everybody outside does.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { pathNot: ["^packages/$1/", "(^|/)node_modules/"], dependencyTypes: ["local"] },
    },
    {
      name: "through-the-door",
      comment: "A package is entered through its index.ts (or package.json), never by a path inside it.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^packages/", pathNot: ["^packages/$1/", "^packages/[^/]+/(src/index\\.ts|dist/index\\.(js|cjs|d\\.ts)|package\\.json)$"] },
    },
    {
      name: "no-import-of-the-own-door",
      comment: "index.ts is for those outside; inside it would be a barrel.",
      severity: "error",
      from: { path: "^packages/([^/]+)/src/", pathNot: "^packages/[^/]+/src/(index|main)\\.ts$" },
      to: { path: "^packages/$1/src/index\\.ts$" },
    },
    {
      name: "core-ground-knows-no-decision",
      comment: "Diagnostics, JSON, calendars, the model and the shared types are read by the stages, not the other way round.",
      severity: "error",
      from: { path: `^packages/core/src/(${ground})/` },
      to: { path: `^packages/core/src/(${decision})/` },
    },
    {
      name: "core-folders-know-no-composition-root",
      comment: "engine.ts puts the stages together; a stage does not know of the whole.",
      severity: "error",
      from: { path: "^packages/core/src/[^/]+/" },
      to: { path: "^packages/core/src/(engine|index)\\.ts$" },
    },
    {
      name: "core-has-no-node",
      comment: "core runs in a browser.",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "source-imports-no-tests",
      comment: "What is published does not need what proves it.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { path: "(^|/)(test|scripts)/|\\.test\\.ts$", pathNot: "(^|/)node_modules/" },
    },
    {
      name: "dependency-is-declared",
      comment: "What src imports stands in that package's own dependencies: whoever installs the package needs it.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm", "npm-peer", "npm-optional", "type-only"] },
    },
    {
      name: "import-resolves",
      comment: "An import that leads nowhere hides from every other fence.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { couldNotResolve: true },
    },
    {
      name: "no-cycle",
      comment: "Files that import each other in a circle, types included, cannot be read one at a time.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|coverage)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "types", "import", "node", "default"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".d.ts", ".mjs", ".js", ".cjs", ".json"],
    },
    skipAnalysisNotInRules: true,
  },
};
