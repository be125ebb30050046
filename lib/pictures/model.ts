/** Facts about pictures that server and browser share. */

export const PICTURE_MAX_BYTES = 5 * 1024 * 1024

/** What may be uploaded. No SVG: it is a document that can hold scripts. */
export const PICTURE_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
] as const

/** What becomes of an upload, by the last part of its address. */
export const RENDITIONS = {
  '64.webp': { column: 'webp_64', mediaType: 'image/webp' },
  '256.webp': { column: 'webp_256', mediaType: 'image/webp' },
  '128.png': { column: 'png_128', mediaType: 'image/png' },
} as const
export type Rendition = keyof typeof RENDITIONS

export function isRendition(name: string): name is Rendition {
  return Object.hasOwn(RENDITIONS, name)
}

export const PICTURE_COMPLAINTS = {
  missing: 'Choose a picture.',
  large: 'The picture is larger than 5 MB. Choose a smaller one.',
  format: 'This is no picture that we can show. Choose a PNG, JPEG, WebP, GIF or AVIF file.',
  pixels: 'The picture has more than 40 million pixels. Choose a smaller one.',
  damaged: 'The picture is damaged or incomplete. Choose another file.',
} as const
