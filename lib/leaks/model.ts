import type { TokenSummary } from '@/lib/tokens/model'

/** Pure rules of leak reports; isomorphic. All times are epoch ms. */

/** Different places that are kept of one token; further ones are only counted. */
export const PLACES_MAX = 10
export const URL_MAX = 2000
export const COMMENT_MAX = 500

/** GITHUB: its secret scanning, signed. ANYBODY: the open report endpoint. */
export type LeakSource = 'GITHUB' | 'ANYBODY'

export const LEAK_RESPONSES = ['REVOKE', 'NOTIFY'] as const
/** What an organization wants done with a live token that is reported. */
export type LeakResponse = (typeof LEAK_RESPONSES)[number]

export interface LeakPolicy {
  onLeak: LeakResponse
}

export const LEAK_OUTCOMES = ['REVOKED', 'NOTIFIED', 'ALREADY_ENDED'] as const
/** What was done when it was reported. */
export type LeakOutcome = (typeof LEAK_OUTCOMES)[number]

/** Where a secret was seen. Never holds the secret. */
export interface Sighting {
  source: LeakSource
  /** GitHub's word for where in it: `content`, `commit`, `issue_title`… */
  kind: string | null
  url: string | null
  /** Of whoever reported it, unverified. */
  comment: string | null
}

/** All reports of the same place. */
export interface LeakPlace extends Sighting {
  reports: number
  firstAt: number
  lastAt: number
}

/** All reports of one secret. */
export interface LeakReport {
  token: TokenSummary
  outcome: LeakOutcome
  reports: number
  firstReportedAt: number
  lastReportedAt: number
  /** Newest first, at most PLACES_MAX. */
  places: LeakPlace[]
}

function isSamePlace(place: LeakPlace, { source, kind, url }: Sighting): boolean {
  return place.source === source && place.kind === kind && place.url === url
}

/** The places with one more sighting, and whether it is a place that was not known. */
export function withSighting(
  places: readonly LeakPlace[],
  sighting: Sighting,
  at: number,
): { places: LeakPlace[]; isNew: boolean } {
  const known = places.find((place) => isSamePlace(place, sighting))
  if (known) {
    const again = {
      ...known,
      comment: known.comment ?? sighting.comment,
      reports: known.reports + 1,
      lastAt: at,
    }
    return { places: [again, ...places.filter((place) => place !== known)], isNew: false }
  }
  if (places.length >= PLACES_MAX) return { places: [...places], isNew: false }
  const place = { ...sighting, reports: 1, firstAt: at, lastAt: at }
  return { places: [place, ...places], isNew: true }
}

/** What was done is never undone by a later report that found nothing left to do. */
export function mergedOutcome(before: LeakOutcome | null, now: LeakOutcome): LeakOutcome {
  return before === null || now === 'REVOKED' || before === 'ALREADY_ENDED' ? now : before
}

/** True where less is done with a leaked token than before. */
export function loosensLeakPolicy(before: LeakPolicy, after: LeakPolicy): boolean {
  return before.onLeak === 'REVOKE' && after.onLeak === 'NOTIFY'
}
