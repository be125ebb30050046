import { headers } from 'next/headers'
import type { RequestFacts } from '@/lib/context'
import { newId } from '@/lib/ids'

const USER_AGENT_MAX = 512

/** Where a dashboard request came from. server.ts writes these two headers over whatever was sent. */
export async function requestFacts(): Promise<RequestFacts> {
  const sent = await headers()
  return {
    id: sent.get('x-request-id') || newId(),
    channel: 'dashboard',
    ip: sent.get('x-fruxon-client-ip') || null,
    userAgent: sent.get('user-agent')?.slice(0, USER_AGENT_MAX) ?? null,
  }
}
