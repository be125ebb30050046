import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { EncodedPicture } from '@/lib/pictures/encode'
import { RENDITIONS, type Rendition } from '@/lib/pictures/model'

type Client = Pick<pg.PoolClient, 'query'>

/**
 * Keeps a picture, in the caller's transaction, which also says whose it is.
 * @returns its id: random and no UUIDv7, because it is all that guards the picture's public address
 */
export async function storePicture(client: Client, picture: EncodedPicture): Promise<string> {
  const id = randomUUID()
  await client.query(
    'INSERT INTO pictures (id, webp_64, webp_256, png_128) VALUES ($1, $2, $3, $4)',
    [id, picture.webp64, picture.webp256, picture.png128],
  )
  return id
}

/** Removes a picture that nobody shows any more; whoever still points at it loses it. */
export async function dropPicture(client: Client, id: string): Promise<void> {
  await client.query('DELETE FROM pictures WHERE id = $1', [id])
}

/** The bytes of one rendition, or null. @param id a UUID */
export async function findRendition(
  client: Client,
  id: string,
  rendition: Rendition,
): Promise<Buffer | null> {
  const { column } = RENDITIONS[rendition]
  const { rows } = await client.query<{ bytes: Buffer }>(
    `SELECT ${column} AS bytes FROM pictures WHERE id = $1`,
    [id],
  )
  return rows[0]?.bytes ?? null
}
