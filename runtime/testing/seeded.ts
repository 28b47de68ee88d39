/** Draws that are the same for the same seed. */

/** A function that draws a whole number from 0 to `count`, exclusive. */
export type Draw = (count: number) => number;

/** Marsaglia's xorshift over 32 bits: plenty for an order of tasks. */
export function seeded(seed: number): Draw {
  // A state of nothing would stay nothing; the first draws spread what small seeds have in common.
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < 8; i++) next();
  return (count) => next() % count;
}
