import { z } from 'zod'

/** Variables that hold several values, separated by commas. Parts of lib/env.ts. */
export const listVariable = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  )

/** Origins as URLs have them, so that they can be compared letter by letter. */
export const originsVariable = listVariable.refine(
  (entries) => entries.every((entry) => URL.canParse(entry) && new URL(entry).origin === entry),
  { message: 'must be origins such as http://10.0.0.5:8080, separated by commas' },
)
