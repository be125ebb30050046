import type { Tone } from '@/components/ui/badge'
import type { Delivery } from '@/lib/notifications/deliveries'

type EmailFate = Delivery['email']

const DECISION_WORDS: Record<EmailFate['decision'], string> = {
  INSTANT: 'At once',
  DAILY: 'Daily',
  OFF: 'Off',
  LOCKED: 'Always on',
}

/** What the person's choice was when it happened. */
export function decisionWords({ decision }: EmailFate): string {
  return DECISION_WORDS[decision]
}

export interface Fate {
  tone: Tone
  words: string
  /** Epoch ms of what the words speak of. */
  at: number | null
  /** What there is to know or to do about it. */
  hint: string | null
}

/**
 * What became of the e-mail.
 * @param emailAvailable whether this installation can send any
 */
export function fateOf(email: EmailFate, emailAvailable: boolean): Fate | null {
  switch (email.state) {
    case 'NONE':
      return null
    case 'SENT':
      return { tone: 'success', words: 'Sent', at: email.sentAt, hint: null }
    case 'FAILED':
      return {
        tone: 'danger',
        words: 'Not delivered',
        at: null,
        hint: `The mail server did not take it, and no further try is made${said(email)}`,
      }
    case 'DIGEST':
    case 'WAITING':
      if (!emailAvailable) {
        return {
          tone: 'warning',
          words: 'Not sent',
          at: null,
          hint: 'This installation sends no e-mail.',
        }
      }
      return email.state === 'DIGEST'
        ? { tone: 'info', words: 'In the next daily e-mail', at: null, hint: null }
        : {
            tone: 'warning',
            words: 'Waiting for the mail server',
            at: null,
            // Not what was said: it may tell where the mail server is.
            hint: email.problem && 'The last try did not work. It is tried again.',
          }
  }
}

/** In the words of the server that refused it. */
function said({ problem }: EmailFate): string {
  return problem === null ? '.' : `: ${problem}`
}
