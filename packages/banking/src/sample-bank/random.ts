/** A stream of numbers that a seed decides: the same seed gives the same stream on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Log-normal: half of the values lie below `median`; a larger `spread` makes a heavier tail. */
  logNormal(median: number, spread: number): number;
}

/** Opens the stream of a text seed. The generator is Marsaglia's xorshift with 128 bits of state. */
export function createRandom(seed: string): Random {
  const state = [hash(`${seed}/0`), hash(`${seed}/1`), hash(`${seed}/2`), hash(`${seed}/3`) | 1] as [number, number, number, number];
  const step = (): number => {
    const t = state[0] ^ (state[0] << 11);
    state[0] = state[1];
    state[1] = state[2];
    state[2] = state[3];
    state[3] = (state[3] ^ (state[3] >>> 19) ^ t ^ (t >>> 8)) >>> 0;
    return state[3];
  };
  for (let i = 0; i < 8; i++) step();
  const next = (): number => step() / 4294967296;
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
    // The sum of twelve uniform numbers is close enough to a normal one.
    logNormal: (median, spread) => {
      let z = -6;
      for (let i = 0; i < 12; i++) z += next();
      return median * exponential(z * spread);
    },
  };
}

/** e to the x by plain arithmetic: the last digits of Math.exp may differ from one engine to the next. */
function exponential(x: number): number {
  const small = x / 1024;
  let value = 1;
  for (let term = 1, i = 1; i <= 8; i++) value += term *= small / i;
  for (let i = 0; i < 10; i++) value *= value;
  return value;
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
