import { v7 } from 'uuid'

/** A new UUIDv7: unique, and sorted by time of making. */
export function newId(): string {
  return v7()
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True for the text form of a UUID of any version. */
export function isUuid(value: string): boolean {
  return UUID.test(value)
}
