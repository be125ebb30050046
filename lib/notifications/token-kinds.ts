import { localDate, localDateTime } from '@/lib/local-date'
import { type KindDefinition, type Place, pagePath } from '@/lib/notifications/kind'

interface NamedToken {
  tokenId: string
  tokenName: string
  /** Null for a personal token. */
  serviceAccountName: string | null
  /** Set for what the product made for an integration, whose name `tokenName` is then. */
  integrationId?: string | null
}

export type TokenChange =
  | 'MINTED'
  | 'ROTATED'
  | 'REVOKED'
  | 'UPDATED'
  | 'SCOPES_CHANGED'
  | 'IMPORTED'

export interface TokenFacts {
  'token-expiring': NamedToken & {
    displayPrefix: string
    /** Epoch ms at which it is really refused. */
    expiresAt: number
    /** The step: 30, 7 or 1. */
    days: number
  }
  /** By whom: an admin, or the token that did it. */
  'token-changed': NamedToken & { change: TokenChange; by: string; at: number }
  'token-leaked': NamedToken & {
    displayPrefix: string
    /** NOTIFIED: the organization wants it to go on working until somebody acts. */
    outcome: 'REVOKED' | 'NOTIFIED'
    source: 'GITHUB' | 'ANYBODY'
    /** Where, if GitHub says so. */
    url: string | null
    at: number
  }
  'retired-secret-used': NamedToken & {
    displayPrefix: string
    /** REFUSED: nothing else happened. REPLAYED: it asked to rotate again, and all its secrets were ended. */
    outcome: 'REFUSED' | 'REPLAYED'
    ip: string | null
    at: number
  }
}

const CHANGE_WORDS: Record<TokenChange, { title: string; verb: string }> = {
  MINTED: { title: 'was created for you', verb: 'created the token' },
  ROTATED: { title: 'was rotated', verb: 'rotated the token' },
  REVOKED: { title: 'was revoked', verb: 'revoked the token' },
  UPDATED: { title: 'was changed', verb: 'changed the token' },
  SCOPES_CHANGED: { title: 'has other scopes now', verb: 'changed the scopes of' },
  IMPORTED: { title: 'was imported for you', verb: 'imported the token' },
}

/** What programs do in numbers is told of once an hour (lib/tokens/notices.ts). */
function othersOf(change: TokenChange): string {
  if (change !== 'MINTED' && change !== 'ROTATED') return ''
  const verb = change === 'MINTED' ? 'creates' : 'rotates'
  return `Others that it ${verb} within the hour are not told of one by one. `
}

export const TOKEN_KINDS: { [Kind in keyof TokenFacts]: KindDefinition<TokenFacts[Kind]> } = {
  'token-expiring': {
    label: 'Token expires soon',
    description:
      '30 days, 7 days and 1 day before a token of yours ends. Admins hear it of service accounts too.',
    group: 'Your tokens',
    inApp: true,
    email: 'INSTANT',
    locked: null,
    words: (facts, place) => ({
      title: `${nameOf(facts)} expires on ${localDate(facts.expiresAt, place.timeZone)}`,
      body: `The token ${facts.displayPrefix}… ${whose(facts, place)} is refused from ${localDateTime(facts.expiresAt, place.timeZone)} on. Rotate it before then, or let it end if nothing uses it.`,
      action: openToken(facts, place),
    }),
  },
  'token-changed': {
    label: 'Token changed by somebody else',
    description:
      'When an admin, or another token, creates, rotates, changes or revokes a token of yours.',
    group: 'Your tokens',
    inApp: true,
    email: 'INSTANT',
    locked: null,
    words: (facts, place) => ({
      title: `${nameOf(facts)} ${CHANGE_WORDS[facts.change].title}`,
      body: `${facts.by} ${CHANGE_WORDS[facts.change].verb} ${facts.tokenName} ${whose(facts, place)} on ${localDateTime(facts.at, place.timeZone)}. ${othersOf(facts.change)}If you do not expect this, revoke what you do not know and tell an admin.`,
      action: openToken(facts, place),
    }),
  },
  'token-leaked': {
    label: 'Token reported as leaked',
    description:
      'When the secret of a token of yours was found where it does not belong. Admins hear it of every token.',
    group: 'Security',
    inApp: true,
    email: 'INSTANT',
    locked: 'Whoever found the secret can use it.',
    words: (facts, place) => ({
      title:
        facts.outcome === 'REVOKED'
          ? `${nameOf(facts)} was reported as leaked and revoked`
          : `${nameOf(facts)} was reported as leaked and still works`,
      body: `${whoFound(facts, place)} ${
        facts.outcome === 'REVOKED'
          ? 'It was revoked at once: programs that use it are refused. Give them a new token, and take the secret out of where it was found.'
          : 'Your organization decided that reported tokens go on working: rotate or revoke it now, and take the secret out of where it was found.'
      }`,
      action: openToken(facts, place),
    }),
  },
  'retired-secret-used': {
    label: 'Retired secret used',
    description: 'When somebody presents the secret of a token that has ended.',
    group: 'Security',
    inApp: true,
    email: 'INSTANT',
    locked: 'Somebody who holds an old secret may hold a new one too.',
    words: (facts, place) => ({
      title:
        facts.outcome === 'REPLAYED'
          ? `${nameOf(facts)} was ended: its old secret was used to rotate again`
          : `A retired secret of ${nameOf(facts)} was used`,
      body:
        facts.outcome === 'REPLAYED'
          ? `The secret ${facts.displayPrefix}… ${whose(facts, place)} had been rotated already, so two parties hold it. ${fromWhere(facts, place)} Every secret of the token was ended. Create a new one for the program that needs it.`
          : `The secret ${facts.displayPrefix}… ${whose(facts, place)} has ended and was refused. ${fromWhere(facts, place)} If it is a program of yours, give it the new secret. If not, the old one has leaked.`,
      action: openToken(facts, place),
    }),
  },
}

function openToken({ tokenId, integrationId }: NamedToken, place: Place) {
  if (integrationId) {
    const path = pagePath(place, `settings/integrations/${integrationId}?tab=mcp`)
    return { label: 'Open the integration', path }
  }
  return { label: 'Open the token', path: pagePath(place, `settings/api-access/tokens/${tokenId}`) }
}

function whose(
  { serviceAccountName, integrationId, tokenName }: NamedToken,
  { organizationName }: Place,
): string {
  const ofAccount =
    serviceAccountName === null ? '' : `of the service account ${serviceAccountName} `
  const owner = integrationId
    ? `by which MCP clients call the integration ${tokenName} `
    : ofAccount
  return `${owner}in ${organizationName ?? 'your organization'}`
}

/** A service account's tokens are often called alike: "First token of nightly-evals". */
function nameOf({ tokenName, serviceAccountName, integrationId }: NamedToken): string {
  if (serviceAccountName === null || integrationId) return tokenName
  return `${tokenName} of ${serviceAccountName}`
}

function whoFound(facts: TokenFacts['token-leaked'], place: Place): string {
  const secret = `the secret ${facts.displayPrefix}… ${whose(facts, place)}`
  const when = localDateTime(facts.at, place.timeZone)
  if (facts.source === 'ANYBODY') {
    return `Somebody who holds ${secret} reported it as leaked on ${when}. Admins see where in the Leaks tab of API Access.`
  }
  const where = facts.url === null ? 'in public' : `in public at ${facts.url}`
  return `GitHub found ${secret} ${where} on ${when}.`
}

function fromWhere({ ip, at }: { ip: string | null; at: number }, { timeZone }: Place): string {
  return `It came ${ip === null ? '' : `from ${ip} `}on ${localDateTime(at, timeZone)}.`
}
