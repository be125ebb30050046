import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isUuid } from '@/lib/ids'
import { encodePicture } from '@/lib/pictures/encode'
import { PICTURE_COMPLAINTS, PICTURE_MAX_BYTES } from '@/lib/pictures/model'
import { pictureFormSchema } from '@/lib/pictures/schema'
import { dropPicture, findRendition, storePicture } from '@/lib/pictures/store'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const RED = { r: 255, g: 0, b: 0 }
const BLUE = { r: 0, g: 0, b: 255 }

const plain = (width: number, height: number, background = RED) =>
  sharp({ create: { width, height, channels: 3, background } })

/** Left half red, right half blue. */
const twoColours = () =>
  plain(200, 100).composite([
    {
      input: { create: { width: 100, height: 100, channels: 3, background: BLUE } },
      left: 100,
      top: 0,
    },
  ])

async function colourAt(picture: Buffer, x: number, y: number) {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const start = (y * info.width + x) * info.channels
  return [...data.subarray(start, start + 3)].map((value) => (value > 127 ? 255 : 0))
}

describe('what becomes of a picture', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
    'takes %s and makes three squares',
    async (format) => {
      const made = await encodePicture(await plain(300, 120).toFormat(format).toBuffer())
      const sizes = await Promise.all(
        [made.webp64, made.webp256, made.png128].map(async (picture) => {
          const facts = await sharp(picture).metadata()
          return `${facts.format} ${facts.width}x${facts.height}`
        }),
      )
      expect(sizes).toEqual(['webp 64x64', 'webp 256x256', 'png 128x128'])
    },
  )

  it('turns it upright and leaves every word about it behind', async () => {
    const upload = await twoColours()
      .withExif({ IFD0: { Copyright: 'Ada', ImageDescription: 'at home' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect((await sharp(upload).metadata()).orientation).toBe(6)
    const { png128, webp256 } = await encodePicture(upload)
    // Turned a quarter to the right: what was left is now above.
    expect(await colourAt(png128, 64, 10)).toEqual([255, 0, 0])
    expect(await colourAt(png128, 64, 118)).toEqual([0, 0, 255])
    for (const picture of [png128, webp256]) {
      const facts = await sharp(picture).metadata()
      expect([facts.exif, facts.icc, facts.xmp, facts.orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ])
    }
  })

  it('shows the first frame of an animation', async () => {
    const frames = Buffer.concat([
      await plain(20, 20, RED).raw().toBuffer(),
      await plain(20, 20, BLUE).raw().toBuffer(),
    ])
    const animation = await sharp(frames, {
      raw: { width: 20, height: 40, channels: 3, pageHeight: 20 },
    })
      .gif()
      .toBuffer()
    expect((await sharp(animation).metadata()).pages).toBe(2)
    const { png128 } = await encodePicture(animation)
    expect(await colourAt(png128, 64, 64)).toEqual([255, 0, 0])
    expect(await colourAt(png128, 64, 120)).toEqual([255, 0, 0])
  })
})

const crcOf = (bytes: Buffer) => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crcOf(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/** A small file that would be a wall of pixels. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * 200))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'

describe('what is refused', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, keyof typeof PICTURE_COMPLAINTS]>([
    ['nothing', () => Buffer.alloc(0), 'missing'],
    ['SVG', () => Buffer.from(SVG), 'format'],
    ['SVG behind an XML declaration', () => Buffer.from(`<?xml version="1.0"?>${SVG}`), 'format'],
    ['PDF', () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'), 'format'],
    ['TIFF', () => plain(9, 9).tiff().toBuffer(), 'format'],
    ['a page', () => Buffer.from('<!doctype html><p>Hello'), 'format'],
    ['a picture of 100,000 × 100,000', () => bomb(100_000), 'pixels'],
    ['more than 5 MB', () => Buffer.alloc(PICTURE_MAX_BYTES + 1, 1), 'large'],
    [
      'a truncated PNG',
      async () => {
        const whole = await sharp(Buffer.from(noise(200 * 200 * 3)), {
          raw: { width: 200, height: 200, channels: 3 },
        })
          .png()
          .toBuffer()
        return whole.subarray(0, whole.length / 2)
      },
      'damaged',
    ],
    [
      'a truncated JPEG',
      async () => {
        const whole = await sharp(Buffer.from(noise(200 * 200 * 3)), {
          raw: { width: 200, height: 200, channels: 3 },
        })
          .jpeg()
          .toBuffer()
        return whole.subarray(0, whole.length / 2)
      },
      'damaged',
    ],
  ])('%s', async (_name, make, complaint) => {
    await expect(encodePicture(await make())).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ pointer: '/picture', detail: PICTURE_COMPLAINTS[complaint] }],
    })
  })

  it('and the next picture is taken all the same', async () => {
    const good = await plain(9, 9).png().toBuffer()
    const [bad, next] = await Promise.allSettled([
      encodePicture(Buffer.from(SVG)),
      encodePicture(good),
    ])
    expect([bad.status, next.status]).toEqual(['rejected', 'fulfilled'])
  })
})

/** The same bytes each time, and nothing that compresses. */
function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return state & 255
  })
}

describe('the form', () => {
  const formWith = (picture: Blob | string) => {
    const form = new FormData()
    form.set('picture', picture)
    return form
  }

  it('gives the bytes of the file', async () => {
    const { picture } = await pictureFormSchema.parseAsync(formWith(new Blob(['abc'])))
    expect(Buffer.from(picture).toString()).toBe('abc')
  })

  it.each([
    ['without a file', new FormData(), PICTURE_COMPLAINTS.missing],
    ['with a text', formWith('abc'), PICTURE_COMPLAINTS.missing],
    ['with an empty file', formWith(new Blob([])), PICTURE_COMPLAINTS.missing],
    [
      'with too large a file',
      formWith(new Blob([new Uint8Array(PICTURE_MAX_BYTES + 1)])),
      PICTURE_COMPLAINTS.large,
    ],
  ])('%s is refused at /picture', async (_name, form, message) => {
    const outcome = await pictureFormSchema.safeParseAsync(form)
    expect(outcome.error?.issues).toMatchObject([{ path: ['picture'], message }])
  })
})

describe('the store', () => {
  let product: ProductFixture
  beforeAll(async () => {
    product = await createProductFixture()
  })
  afterAll(() => product.close())

  it('keeps a picture under a random id until it is dropped', async () => {
    const { pool } = product.db
    const picture = await encodePicture(await plain(9, 9).png().toBuffer())
    const id = await storePicture(pool, picture)
    expect(isUuid(id)).toBe(true)
    // Version 4: nothing of it follows from another one.
    expect(id.charAt(14)).toBe('4')
    expect(await findRendition(pool, id, '64.webp')).toEqual(picture.webp64)
    expect(await findRendition(pool, id, '256.webp')).toEqual(picture.webp256)
    expect(await findRendition(pool, id, '128.png')).toEqual(picture.png128)
    await dropPicture(pool, id)
    expect(await findRendition(pool, id, '64.webp')).toBeNull()
  })
})
