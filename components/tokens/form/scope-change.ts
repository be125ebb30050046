import { normalizeScopes, type Scope } from '@/lib/access/scopes'

/** True where both name the same scopes. */
export function sameScopes(a: readonly Scope[], b: readonly Scope[]): boolean {
  return normalizeScopes(a).join(' ') === normalizeScopes(b).join(' ')
}
