import { chmodSync, chownSync, lchownSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Whether a user who is in no group but their own may pass through a directory and all above. */
export function isOpenTo(directory: string, uid: number): boolean {
  const { mode, uid: owner, gid } = statSync(directory)
  const passage = owner === uid ? 0o100 : gid === uid ? 0o010 : 0o001
  if ((mode & passage) === 0) return false
  const parent = dirname(directory)
  return parent === directory || isOpenTo(parent, uid)
}

/** Lets one user pass through (not list) a directory that is closed to others. As root only. */
export function grantPassage(directory: string, uid: number): void {
  const { mode, uid: owner } = statSync(directory)
  if (mode & 0o001) return
  chownSync(directory, owner, uid)
  chmodSync(directory, (mode & 0o700) | 0o010)
}

/** Gives a whole tree to one user; symlinks are not followed. As root only. */
export function chownTree(path: string, uid: number): void {
  lchownSync(path, uid, uid)
  if (!lstatSync(path).isDirectory()) return
  for (const name of readdirSync(path)) chownTree(join(path, name), uid)
}
