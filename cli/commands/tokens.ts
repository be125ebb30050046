import type { Style } from '../output'
import type { Column } from '../table'
import { ago, lower } from '../words'

/** Tokens as the API lists them: never with a secret. */
export interface Token {
  id: string
  name: string
  keyPrefix: string
  last4: string
  type: 'USER' | 'SERVICE_ACCOUNT'
  scopes: string[]
  ownerLabel: string
  createdBy: string
  createdAt: number
  effectiveExpiresAt: number | null
  lastUsedAt: number | null
  lastUsedIp: string | null
  state: string
  stateReason: string
  replacedById: string | null
}

const STATE_STYLES: Record<string, Style> = {
  ACTIVE: 'green',
  EXPIRING: 'yellow',
  OVERLAP: 'yellow',
  SUSPENDED: 'yellow',
  BLOCKED: 'red',
  REVOKED: 'red',
}

const LIVE = new Set(['ACTIVE', 'EXPIRING', 'OVERLAP', 'SUSPENDED', 'BLOCKED'])
export const isLive = ({ state }: Token) => LIVE.has(state)

export const maskedToken = ({ keyPrefix, last4 }: Pick<Token, 'keyPrefix' | 'last4'>) =>
  `${keyPrefix}…${last4}`

export const stateStyle = ({ state }: { state: string }): Style => STATE_STYLES[state] ?? 'dim'

export const TOKEN_COLUMNS: readonly Column<Token>[] = [
  { title: 'Name', text: ({ name }) => name, flexible: true },
  { title: 'State', text: ({ state }) => lower(state), style: stateStyle },
  { title: 'Owner', text: ({ ownerLabel }) => ownerLabel, flexible: true, from: 120 },
  { title: 'Scopes', text: ({ scopes }) => String(scopes.length), right: true, from: 110 },
  { title: 'Last used', text: ({ lastUsedAt }) => ago(lastUsedAt), from: 96 },
  { title: 'Expires', text: ({ effectiveExpiresAt }) => ago(effectiveExpiresAt), from: 60 },
  { title: 'Id', text: ({ id }) => id, style: () => 'dim', whole: true },
]
