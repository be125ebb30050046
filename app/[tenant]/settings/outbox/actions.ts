'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { listOutgoingEmails } from '@/lib/email/queries'

const PAGE_TOKEN_MAX = 4096

export const loadOutgoingEmails = action(
  z.strictObject({
    pageToken: z.string().max(PAGE_TOKEN_MAX),
    state: z.enum(['WAITING', 'SENT', 'FAILED']).nullable(),
  }),
  (ctx, { pageToken, state }) => listOutgoingEmails(ctx, { pageToken, state: state ?? undefined }),
)
