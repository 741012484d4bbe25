import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig } from "tsup";
import type { Options } from "tsup";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Dependencies that exist as ES modules only: a CommonJS build carries them, so that `require` works everywhere. */
const esmOnly = ["@noble/hashes", "hucre"];

/** A dependency and all its paths, for tsup's lists. */
const allOf = (names: readonly string[]): RegExp[] =>
  names.map((name) => new RegExp(`^${name.replaceAll(/[.*+?^$(){}|[\]\\]/g, "\\$&")}($|/)`));

function configure(name: string): Options[] {
  const folder = join("packages", name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const index = join(folder, "src/index.ts");
  // Beside its door a package may have a program, and entries of threads, which are found by their name.
  const entries = Object.fromEntries(["src/main.ts", "src/run/batch-worker.ts"].map((file) => join(folder, file)).filter((file) => existsSync(file)).map((file) => [basename(file, ".ts"), file]));
  const shared: Options = {
    outDir: join(folder, "dist"),
    target: "es2022",
    // Anything of Node's in core is an error here too: it runs in a browser.
    platform: name === "core" ? "neutral" : "node",
    sourcemap: true,
    dts: false, // scripts/emit-declarations.ts: one pass over all packages instead of one compiler each
    silent: true,
  };
  return [
    {
      ...shared,
      name: `${name} esm`,
      entry: { index, ...entries },
      format: "esm",
      external: allOf(dependencies),
    },
    {
      ...shared,
      name: `${name} cjs`,
      entry: { index },
      format: "cjs",
      shims: true, // import.meta.url, by which a package finds its own data
      external: allOf(dependencies.filter((dependency) => !esmOnly.includes(dependency))),
      noExternal: allOf(esmOnly),
    },
  ];
}

export default defineConfig(() => {
  const names = readdirSync("packages")
    .filter((name) => existsSync(join("packages", name, "src/index.ts")))
    .sort();
  // Here, not by tsup's `clean`: two builds write into one folder, and neither may remove what the other wrote.
  for (const name of names) rmSync(join("packages", name, "dist"), { recursive: true, force: true });
  return names.flatMap(configure);
});
