import type { Tone } from '@/components/ui/badge'
import type { LeakOutcome, LeakPlace, LeakResponse } from '@/lib/leaks/model'

/** Leak reports in words. */

export const OUTCOME_WORDS: Record<LeakOutcome, { label: string; tone: Tone; meaning: string }> = {
  REVOKED: {
    label: 'Revoked at once',
    tone: 'success',
    meaning: 'The token was alive when it was reported, and was revoked.',
  },
  NOTIFIED: {
    label: 'People told',
    tone: 'warning',
    meaning: 'The token was alive when it was reported; its owner and the admins were told.',
  },
  ALREADY_ENDED: {
    label: 'Had ended already',
    tone: 'neutral',
    meaning: 'The token was refused already when it was reported.',
  },
}

export const RESPONSE_WORDS: Record<LeakResponse, { title: string; tagline: string }> = {
  REVOKE: {
    title: 'Revoke it at once',
    tagline: 'Refused from the next call on. Its owner and the admins are told.',
  },
  NOTIFY: {
    title: 'Only tell people',
    tagline: 'It works until somebody acts. Its owner and the admins are told.',
  },
}

/** GitHub's words for where in it, as far as they need others. */
const KINDS: Readonly<Record<string, string>> = {
  content: 'a file',
  commit: 'a commit',
  pull_request_title: 'the title of a pull request',
  pull_request_description: 'a pull request',
  pull_request_comment: 'a comment on a pull request',
  issue_title: 'the title of an issue',
  issue_description: 'an issue',
  issue_comment: 'a comment on an issue',
  discussion_title: 'the title of a discussion',
  discussion_body: 'a discussion',
  discussion_comment: 'a comment on a discussion',
  commit_comment: 'a comment on a commit',
  gist_content: 'a gist',
  gist_comment: 'a comment on a gist',
  npm: 'an npm package',
}

/** "GitHub, in a commit", "A finder". */
export function sourceWords({ source, kind }: Pick<LeakPlace, 'source' | 'kind'>): string {
  if (source === 'ANYBODY') return 'A finder'
  return kind === null ? 'GitHub' : `GitHub, in ${KINDS[kind] ?? kind.replaceAll('_', ' ')}`
}

/** An address as people read it: without its scheme. */
export function addressWords(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '')
}
