/**
 * The candidate that a mistyped name most likely meant: fewest edits (insert, delete, replace, swap neighbours; a
 * difference of case alone is half an edit), the alphabetically first of equals; `undefined` where nothing is near.
 * About a third of the letters may differ, at most 4.
 *
 * @example
 * closest("asets.total", ["assets.total", "age"]) // "assets.total"
 */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  if (name === "" || name.length > 120) return undefined;
  let best: string | undefined;
  let bestDistance = Math.min(4, Math.max(1, name.length / 3)) + 0.5;
  const folded = name.toLowerCase();
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > bestDistance) continue;
    const distance = editDistance(folded, candidate.toLowerCase(), bestDistance) + (candidate.toLowerCase() === folded ? 0.5 : 0);
    if (distance < bestDistance || (distance === bestDistance && best !== undefined && candidate < best)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance; anything above `bound` comes back as `Infinity`. */
function editDistance(a: string, b: string, bound: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let d = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (beforeLast[j - 2] ?? 0) + 1);
      row.push(d);
      if (d < least) least = d;
    }
    // A swap reaches back two rows, so one row above the bound is not yet the end; two would be. One more edit settles it.
    if (least > bound + 1) return Infinity;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? Infinity;
}
