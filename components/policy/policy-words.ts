/** "90 days", "No maximum". */
export function lifetimeWords(maxLifetimeDays: number | null): string {
  if (maxLifetimeDays === null) return 'No maximum'
  return maxLifetimeDays === 1 ? '1 day' : `${maxLifetimeDays.toLocaleString('en-US')} days`
}

/** The rules that are on or off, in words. */
export const POLICY_RULES = {
  expiryRequired: {
    title: 'Expiry date',
    description: 'Whether a token may live without an end date.',
    label: 'Require an expiry date',
    meaning: {
      on: 'Required: every token must have an end date.',
      off: 'Optional: a token may be created without an end date.',
    },
  },
  bearerMinting: {
    title: 'Creating tokens by API',
    description:
      'Whether a program may create personal tokens, or signing secrets of inbound endpoints, with a token of its own.',
    label: 'Allow creating tokens by API',
    meaning: {
      on: 'Allowed for personal tokens, within their own scopes and life.',
      off: 'Off: tokens and signing secrets are created by people in the dashboard only.',
    },
  },
} as const
