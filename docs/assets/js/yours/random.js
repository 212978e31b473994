/**
 * The random numbers of the draws: PCG64 with the seed sequence of NumPy, so that a ranking is drawn here with the very
 * numbers that `macros/catalog/acceptability.py` draws.
 */

const POOL = 4;
const MASK = (1n << 128n) - 1n;
/** The multiplier in parts of 16 bits, the lowest first: products of such parts can be summed without loss. */
const [M0, M1, M2, M3, M4, M5, M6, M7] = [0xf645, 0x9fcc, 0xdf64, 0x4385, 0x5da4, 0x1fc6, 0xed05, 0x2360];
const WHOLE = 0x10000;

/** @typedef {[number, number, number, number, number, number, number, number]} Parts  a number of 128 bits */

/**
 * Return the parts of a number of 128 bits.
 * @param {bigint} number
 * @returns {Parts}
 */
function partsOf(number) {
  const parts = Array.from({ length: 8 }, (_, part) => Number((number >> BigInt(16 * part)) & 0xffffn));
  return /** @type {Parts} */ (parts);
}

/**
 * Return a number of a list that has it.
 * @param {ArrayLike<number>} numbers
 * @param {number} place
 * @returns {number}
 */
export const at = (numbers, place) => /** @type {number} */ (numbers[place]);

/**
 * Return a function that mixes one number of 32 bits after another.
 * @param {number} start
 * @param {number} multiplier
 * @returns {(value: number) => number}
 */
function hashing(start, multiplier) {
  let constant = start;
  return (value) => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, multiplier);
    const product = Math.imul(mixed, constant);
    return (product ^ (product >>> 16)) >>> 0;
  };
}

/**
 * Return eight numbers of 32 bits that two numbers lead to: what NumPy's `SeedSequence` generates.
 * @param {number} seed
 * @param {number} stream
 * @returns {number[]}
 */
export function seedWords(seed, stream) {
  const hash = hashing(0x43b0d7e5, 0x931e8875);
  const pool = [seed, stream, 0, 0].map(hash);
  for (let source = 0; source < POOL; source++) {
    for (let target = 0; target < POOL; target++) {
      if (source === target) continue;
      const other = hash(at(pool, source));
      const mixed = Math.imul(0xca01f9dd, at(pool, target)) - Math.imul(0x4973f715, other);
      pool[target] = (mixed ^ (mixed >>> 16)) >>> 0;
    }
  }
  const spread = hashing(0x8b51f9dd, 0x58f38ded);
  return Array.from({ length: 2 * POOL }, (_, place) => spread(at(pool, place % POOL)));
}

/**
 * Return a function that gives so many next numbers of a stream, each from 0 to 1.
 * @param {number} seed
 * @param {number} stream
 * @returns {(count: number) => Float64Array}
 */
export function uniform(seed, stream) {
  const words = seedWords(seed, stream).map(BigInt);
  const number = (/** @type {number[]} */ places) =>
    places.reduce((sum, place) => (sum << 32n) | (words[place] ?? 0n), 0n);
  const increment = ((number([5, 4, 7, 6]) << 1n) | 1n) & MASK;
  const added = partsOf(increment);
  const state = partsOf((number([1, 0, 3, 2]) + increment) & MASK);
  advance(state, added, new Float64Array(1)); // The first state gives no number.
  return (count) => advance(state, added, new Float64Array(count));
}

/**
 * Multiply the state and add to it, again and again, and return the numbers that it stands for on the way.
 * @param {Parts} state is changed
 * @param {Parts} added
 * @param {Float64Array} numbers are written
 * @returns {Float64Array}
 */
function advance(state, added, numbers) {
  const [a0, a1, a2, a3, a4, a5, a6, a7] = added;
  let [s0, s1, s2, s3, s4, s5, s6, s7] = state;
  for (let place = 0; place < numbers.length; place++) {
    const n7 = a7 + s0 * M7 + s1 * M6 + s2 * M5 + s3 * M4 + s4 * M3 + s5 * M2 + s6 * M1 + s7 * M0;
    const n6 = a6 + s0 * M6 + s1 * M5 + s2 * M4 + s3 * M3 + s4 * M2 + s5 * M1 + s6 * M0;
    const n5 = a5 + s0 * M5 + s1 * M4 + s2 * M3 + s3 * M2 + s4 * M1 + s5 * M0;
    const n4 = a4 + s0 * M4 + s1 * M3 + s2 * M2 + s3 * M1 + s4 * M0;
    const n3 = a3 + s0 * M3 + s1 * M2 + s2 * M1 + s3 * M0;
    const n2 = a2 + s0 * M2 + s1 * M1 + s2 * M0;
    const n1 = a1 + s0 * M1 + s1 * M0;
    let sum = a0 + s0 * M0;
    s0 = sum & 0xffff;
    s1 = (sum = n1 + Math.floor(sum / WHOLE)) & 0xffff;
    s2 = (sum = n2 + Math.floor(sum / WHOLE)) & 0xffff;
    s3 = (sum = n3 + Math.floor(sum / WHOLE)) & 0xffff;
    s4 = (sum = n4 + Math.floor(sum / WHOLE)) & 0xffff;
    s5 = (sum = n5 + Math.floor(sum / WHOLE)) & 0xffff;
    s6 = (sum = n6 + Math.floor(sum / WHOLE)) & 0xffff;
    s7 = (n7 + Math.floor(sum / WHOLE)) & 0xffff;
    const [low, high] = [(s0 ^ s4) | ((s1 ^ s5) << 16), (s2 ^ s6) | ((s3 ^ s7) << 16)];
    numbers[place] = turned(low, high, s7 >>> 10);
  }
  [state[0], state[1], state[2], state[3]] = [s0, s1, s2, s3];
  [state[4], state[5], state[6], state[7]] = [s4, s5, s6, s7];
  return numbers;
}

/**
 * Return the number from 0 to 1 whose first 53 bits are those of two halves, turned to the right.
 * @param {number} low
 * @param {number} high
 * @param {number} turn by so many bits
 * @returns {number}
 */
function turned(low, high, turn) {
  const rest = turn & 31;
  let [first, second] = turn & 32 ? [high, low] : [low, high];
  if (rest) {
    [first, second] = [(first >>> rest) | (second << (32 - rest)), (second >>> rest) | (first << (32 - rest))];
  }
  return ((second >>> 0) * 2 ** 21 + (first >>> 11)) * 2 ** -53;
}
