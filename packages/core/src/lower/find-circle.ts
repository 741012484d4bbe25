import type { LevelState } from "./rule-program.js";

/**
 * Derived facts that read each other in a circle, as indexes from the first to where it closes. It looks at what facts
 * are made of in the end: facts that a rule's kind brings, and the faces of a level, are known by name before they are
 * lowered, so that a circle through them cannot be seen on the way.
 */
export function findCircle(nodes: readonly unknown[], levels: readonly LevelState[]): readonly number[] | undefined {
  const done = new Set<number>();
  const open: number[] = [];

  function visitFact(index: number): readonly number[] | undefined {
    if (done.has(index)) return undefined;
    const at = open.indexOf(index);
    if (at >= 0) return [...open.slice(at), index];
    open.push(index);
    const found = visit(nodes[index]);
    open.pop();
    done.add(index);
    return found;
  }

  function visit(node: unknown): readonly number[] | undefined {
    if (typeof node !== "object" || node === null) return undefined;
    const one = node as Readonly<Record<string, unknown>>;
    if (one["op"] === "fact") return visitFact(Number(one["fact"]));
    if (one["op"] === "level") return visit({ ...levels[Number(one["state"])] });
    for (const [key, value] of Object.entries(one)) {
      // Neither holds nodes, and both are large.
      if (key === "range" || key === "calendar") continue;
      const found = visit(value);
      if (found) return found;
    }
    return undefined;
  }

  for (let i = 0; i < nodes.length; i++) {
    const found = visitFact(i);
    if (found) return found;
  }
  return undefined;
}
