const roundConstants = Uint32Array.from(fractionalBits(64, 1 / 3))
const initialState = Uint32Array.from(fractionalBits(8, 1 / 2))

/**
 * SHA-256 of a text's UTF-8 bytes as lower-case hex. For keys only, where an answer is needed at once on runtimes that
 * have nothing but asynchronous digests; signatures never go through it.
 *
 * @see https://doi.org/10.6028/NIST.FIPS.180-4
 */
export function sha256Sync(text: string): string {
  const blocks = pad(new TextEncoder().encode(text))
  const state = initialState.slice()
  const schedule = new Uint32Array(64)
  for (let offset = 0; offset < blocks.byteLength; offset += 64) {
    for (let i = 0; i < 16; i += 1) schedule[i] = blocks.getUint32(offset + i * 4)
    compress(state, schedule)
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}

function pad(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(padded.length - 4, bytes.length * 8)
  return view
}

function compress(state: Uint32Array, w: Uint32Array): void {
  for (let i = 16; i < 64; i += 1) {
    const early = at(w, i - 15)
    const late = at(w, i - 2)
    const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
    const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
    w[i] = at(w, i - 16) + small0 + at(w, i - 7) + small1
  }
  const v = state.slice()
  for (let i = 0; i < 64; i += 1) {
    const [a, b, c, e, f, g] = [at(v, 0), at(v, 1), at(v, 2), at(v, 4), at(v, 5), at(v, 6)]
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = at(v, 7) + big1 + ((e & f) ^ (~e & g)) + at(roundConstants, i) + at(w, i)
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = big0 + ((a & b) ^ (a & c) ^ (b & c))
    v.copyWithin(1, 0, 7)
    v[4] = at(v, 4) + first
    v[0] = first + second
  }
  for (let i = 0; i < 8; i += 1) state[i] = at(state, i) + at(v, i)
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

function fractionalBits(count: number, exponent: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (isPrime(candidate)) found.push((candidate ** exponent % 1) * 0x100000000)
  }
  return found
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) {
    if (candidate % divisor === 0) return false
  }
  return true
}
