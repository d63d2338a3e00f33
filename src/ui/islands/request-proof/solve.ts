/**
 * Finds the number whose SHA-256 with the challenge begins with `bits` zero bits. Own code, because the browser's digest
 * is missing on plain HTTP and asynchronous elsewhere; what stands before the number is hashed only once.
 */
export function solve(challenge: string, bits: number): string {
  const prefix = new TextEncoder().encode(`${challenge}:`);
  const whole = prefix.length - (prefix.length % 64);
  const start = new Int32Array(INITIAL);
  for (let at = 0; at < whole; at += 64) compress(start, prefix.subarray(at, at + 64));
  const rest = prefix.subarray(whole);
  const state = new Int32Array(8);
  for (let number = 0; ; number++) {
    const digits = String(number);
    const block = lastBlocks(rest, digits, prefix.length);
    state.set(start);
    for (let at = 0; at < block.length; at += 64) compress(state, block.subarray(at, at + 64));
    if (beginsWithZeros(state, bits)) return digits;
  }
}

function lastBlocks(rest: Uint8Array, digits: string, prefixLength: number): Uint8Array {
  const length = rest.length + digits.length;
  const block = new Uint8Array(length + 9 <= 64 ? 64 : 128);
  block.set(rest);
  for (let index = 0; index < digits.length; index++) block[rest.length + index] = digits.charCodeAt(index);
  block[length] = 0x80;
  new DataView(block.buffer).setUint32(block.length - 4, (prefixLength + digits.length) * 8);
  return block;
}

function beginsWithZeros(state: Int32Array, bits: number): boolean {
  for (let word = 0, left = bits; left > 0; word++, left -= 32) {
    if (Math.clz32(state[word] as number) < Math.min(left, 32)) return false;
  }
  return true;
}

const INITIAL = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);

const words = new Int32Array(64);

function compress(state: Int32Array, block: Uint8Array): void {
  const view = new DataView(block.buffer, block.byteOffset, 64);
  for (let i = 0; i < 16; i++) words[i] = view.getInt32(i * 4);
  for (let i = 16; i < 64; i++) {
    const w15 = words[i - 15] as number;
    const w2 = words[i - 2] as number;
    const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
    const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
    words[i] = ((words[i - 16] as number) + s0 + (words[i - 7] as number) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (words[i] as number)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const turned = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = ((state[i] as number) + (turned[i] as number)) | 0;
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));
