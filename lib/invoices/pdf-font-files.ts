import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Weights that documents are set in. */
export const WEIGHTS = ['Regular', 'Medium', 'SemiBold'] as const
export type Weight = (typeof WEIGHTS)[number]

/**
 * Where the font of a weight is on this machine. Geist may be embedded (SIL Open Font License 1.1). Asked of node at
 * run time, because the server is bundled and the package is not.
 */
export function geistFile(weight: Weight): string {
  const entry = createRequire(join(process.cwd(), 'package.json')).resolve('geist/font/sans')
  return join(dirname(entry), 'fonts', 'geist-sans', `Geist-${weight}.ttf`)
}
