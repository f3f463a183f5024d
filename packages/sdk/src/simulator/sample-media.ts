import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'

/** A picture of a cup, drawn by formula: PNG, 320 × 240. */
export function drawSampleImage(): Uint8Array {
  const width = 320
  const height = 240
  const rows: number[] = []
  for (let y = 0; y < height; y += 1) {
    rows.push(0)
    for (let x = 0; x < width; x += 1) rows.push(...pixelAt(x, y))
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.from(rows))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** A voice note of silence: Ogg with Opus, mono; `seconds` long, default 3. */
export function recordSampleVoice(seconds = 3): Uint8Array {
  const frames = Math.min(255, Math.round(seconds * 50))
  const head = Buffer.concat([
    Buffer.from('OpusHead', 'latin1'),
    Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]),
  ])
  const tags = Buffer.concat([
    Buffer.from('OpusTags', 'latin1'),
    Buffer.from([4, 0, 0, 0]),
    Buffer.from('none', 'latin1'),
    Buffer.alloc(4),
  ])
  const silence = Buffer.from([0xf8, 0xff, 0xfe])
  return new Uint8Array(
    Buffer.concat([
      oggPage({ flags: 2, granule: 0, sequence: 0, packets: [head] }),
      oggPage({ flags: 0, granule: 0, sequence: 1, packets: [tags] }),
      oggPage({
        flags: 4,
        granule: frames * 960,
        sequence: 2,
        packets: Array.from({ length: frames }, () => silence),
      }),
    ]),
  )
}

function pixelAt(x: number, y: number): readonly [number, number, number] {
  const isCup = x > 100 && x < 205 && y > 90 && y < 185 - ((x - 152) / 14) ** 2 / 3
  const ring = Math.hypot(x - 205, y - 130)
  const isHandle = x >= 200 && ring > 18 && ring < 30
  const isCoffee = ((x - 152) / 50) ** 2 + ((y - 96) / 9) ** 2 < 1
  const isSaucer = ((x - 155) / 92) ** 2 + ((y - 190) / 11) ** 2 < 1
  if (isCoffee) return [92, 54, 32]
  if (isCup || isHandle) return [246, 240, 230]
  if (isSaucer) return [214, 200, 184]
  const shade = Math.round((y / 240) * 50)
  return [226 - shade, 170 - shade, 120 - shade]
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE((reflectedCrc(body) ^ 0xffffffff) >>> 0)
  return Buffer.concat([length, body, check])
}

/** CRC-32 of PNG, before the final inversion. */
function reflectedCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return crc >>> 0
}

function oggPage(page: {
  readonly flags: number
  readonly granule: number
  readonly sequence: number
  readonly packets: readonly Buffer[]
}): Buffer {
  const head = Buffer.alloc(27)
  head.write('OggS', 0, 'latin1')
  head.writeUInt8(page.flags, 5)
  head.writeUInt32LE(page.granule, 6)
  head.writeUInt32LE(1, 14)
  head.writeUInt32LE(page.sequence, 18)
  head.writeUInt8(page.packets.length, 26)
  const sizes = Buffer.from(page.packets.map((packet) => packet.length))
  const bytes = Buffer.concat([head, sizes, ...page.packets])
  bytes.writeUInt32LE(oggCrc(bytes), 22)
  return bytes
}

/** CRC-32 of Ogg: not reflected, start 0, polynomial 0x04c11db7 (RFC 3533 §6). */
function oggCrc(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc & 0x80000000 ? 0x04c11db7 : 0)
  }
  return crc >>> 0
}
