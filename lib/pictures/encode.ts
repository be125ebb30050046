import sharp from 'sharp'
import { type DomainError, invalid } from '@/lib/errors'
import { PICTURE_COMPLAINTS, PICTURE_MAX_BYTES } from '@/lib/pictures/model'

const PIXELS_MAX = 40_000_000
const SECONDS_MAX = 10

// Whatever is not named here never reaches a decoder: SVG and PDF are programs more than pictures.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadPng',
    'VipsForeignLoadJpeg',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
  ],
})

export interface EncodedPicture {
  webp64: Buffer
  webp256: Buffer
  png128: Buffer
}

/** One at a time in a process: forty million pixels are up to 160 MB while they are read. */
let turn: Promise<unknown> = Promise.resolve()

/**
 * Makes our three squares of a picture from outside: turned upright, cropped around the middle, first
 * frame only, and drawn anew, so that neither metadata (places, names) nor anything hidden survives.
 * @throws DomainError invalid at `/picture`: too large, no picture of a kind we take, damaged
 */
export function encodePicture(bytes: Uint8Array): Promise<EncodedPicture> {
  const done = turn.then(() => draw(bytes))
  turn = done.catch(() => undefined)
  return done
}

async function draw(bytes: Uint8Array): Promise<EncodedPicture> {
  if (bytes.length === 0) throw refusal('missing')
  if (bytes.length > PICTURE_MAX_BYTES) throw refusal('large')
  try {
    const square = (side: number) =>
      sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error', pages: 1 })
        .timeout({ seconds: SECONDS_MAX })
        .autoOrient()
        .resize(side, side, { fit: 'cover' })
    // In turn, as the pictures are: each reads the whole upload.
    const webp256 = await square(256).webp({ quality: 85 }).toBuffer()
    const webp64 = await square(64).webp({ quality: 85 }).toBuffer()
    const png128 = await square(128).png().toBuffer()
    return { webp64, webp256, png128 }
  } catch (error) {
    throw refusal(complaintOf(error))
  }
}

function complaintOf(error: unknown): keyof typeof PICTURE_COMPLAINTS {
  const message = error instanceof Error ? error.message : ''
  if (/unsupported image format/.test(message)) return 'format'
  return /pixel limit/.test(message) ? 'pixels' : 'damaged'
}

function refusal(complaint: keyof typeof PICTURE_COMPLAINTS): DomainError {
  return invalid([{ pointer: '/picture', detail: PICTURE_COMPLAINTS[complaint] }])
}
