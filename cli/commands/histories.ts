import type { Column } from '../table'
import { ago, lower } from '../words'

/** What tokens and service accounts have in common: what was done to them, and what they did. */

export const LIMIT_HELP = 'at most this many, newest first'
export const LIMIT_DEFAULT = '50'

export interface AuditEvent {
  id: string
  eventType: string
  createdAt: number
  actor: string
  details: string
  request: { ip: string | null; channel: string }
}

const DANGER = new Set(['REVOKED', 'ACCOUNT_REVOKED', 'USED_WHILE_REVOKED'])

export const EVENT_COLUMNS: readonly Column<AuditEvent>[] = [
  { title: 'When', text: ({ createdAt }) => ago(createdAt), whole: true },
  {
    title: 'Event',
    text: ({ eventType }) => lower(eventType),
    style: ({ eventType }) => (DANGER.has(eventType) ? 'red' : undefined),
  },
  { title: 'By', text: ({ actor }) => actor, flexible: true },
  { title: 'From', text: ({ request }) => request.ip ?? request.channel, from: 70 },
  {
    title: 'Details',
    text: ({ details }) => details.replaceAll(/["{}]/g, '').replaceAll(/([:,])(?=\S)/g, '$1 '),
    flexible: true,
    from: 90,
  },
]

export interface ActivityEvent {
  id: string
  createdAt: number
  method: string
  path: string
  statusCode: number
  latencyMs: number
  remoteIp: string | null
  actor: string
}

export const ACTIVITY_COLUMNS: readonly Column<ActivityEvent>[] = [
  { title: 'When', text: ({ createdAt }) => ago(createdAt) },
  {
    title: 'Status',
    text: ({ statusCode }) => String(statusCode),
    style: ({ statusCode }) => (statusCode < 400 ? 'green' : statusCode < 500 ? 'yellow' : 'red'),
  },
  { title: 'Method', text: ({ method }) => method },
  { title: 'Path', text: ({ path }) => path, flexible: true },
  { title: 'ms', text: ({ latencyMs }) => latencyMs.toFixed(0), right: true, from: 80 },
  { title: 'From', text: ({ remoteIp }) => remoteIp ?? '', from: 100 },
]
