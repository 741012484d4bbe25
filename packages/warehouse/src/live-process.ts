import { readFileSync } from "node:fs";

/**
 * When a process began, in a form that only the system understands, so that another one that got the same number later
 * is told apart; `""` where the system does not say.
 */
export function processStart(pid: number): string {
  try {
    // /proc/<pid>/stat: "pid (name) state …"; the name may hold anything, field 22 counts from the number.
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** Whether the process `pid` that began at `start` (`""` = unknown) still runs on this machine. */
export function isProcessAlive(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, of another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = processStart(pid);
  return start === "" || now === "" || now === start;
}
