import { AsyncLocalStorage, createHook } from "node:async_hooks";

/** What keeps a process alive, or a machine busy, until somebody lets go of it. */
const kinds = new Set(["Timeout", "TCPWRAP", "TCPSERVERWRAP", "PIPEWRAP", "PIPESERVERWRAP", "UDPWRAP", "FSEVENTWRAP", "STATWATCHER", "PROCESSWRAP", "SIGNALWRAP", "WORKER", "MESSAGEPORT"]);

/**
 * Runs work and tells which timers and handles that it started, itself or through what it called, are still there.
 * What others start at the same time, such as a test runner or a server under test, does not count; nor does what has
 * been told not to keep the process alive.
 *
 * @returns A function that lists the kinds still open, and one that ends the watch.
 */
export async function trackHandles(work: () => Promise<void>): Promise<{ readonly open: () => readonly string[]; readonly stop: () => void }> {
  const mine = new AsyncLocalStorage<true>();
  const alive = new Map<number, { readonly type: string; readonly resource: object }>();
  const hook = createHook({
    init(id, type, _trigger, resource: object) {
      if (kinds.has(type) && mine.getStore() === true) alive.set(id, { type, resource });
    },
    destroy: (id) => void alive.delete(id),
  });
  hook.enable();
  const watch = {
    open: () => [...alive.values()].filter(({ resource }) => holds(resource)).map(({ type }) => type).sort(),
    stop: () => void hook.disable(),
  };
  try {
    await mine.run(true, work);
    return watch;
  } catch (error) {
    watch.stop();
    throw error;
  }
}

function holds(resource: object): boolean {
  return !("hasRef" in resource) || typeof resource.hasRef !== "function" || (resource.hasRef as () => boolean)();
}
