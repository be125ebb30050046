import type Stripe from 'stripe'
import type { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest } from '@/lib/testing/stripe-fake/refusal'

const KEYS_MAX = 50
const KEY_MAX = 40
const VALUE_MAX = 500

/** Entries are added and changed one by one; an empty value takes its entry away. */
export function changedMetadata(metadata: Stripe.Metadata | null, params: Params): Stripe.Metadata {
  if (params.text('metadata') === '') return {}
  const all = { ...metadata, ...params.map('metadata') }
  const left = Object.entries(all).filter(([, value]) => value !== '')
  const isTooMuch = ([key, value]: [string, string]) =>
    key.length > KEY_MAX || value.length > VALUE_MAX
  if (left.length > KEYS_MAX || left.some(isTooMuch)) {
    throw invalidRequest(
      `Metadata holds up to ${KEYS_MAX} keys of ${KEY_MAX} characters, with values of ${VALUE_MAX}.`,
      'metadata',
    )
  }
  return Object.fromEntries(left)
}
