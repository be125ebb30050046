import type { DemoCall } from '@/prisma/seed/demo-organization'

/** What the programs of the demo organizations ask for, with latencies as they would be. */

export const EXECUTE_AGENT: DemoCall = {
  method: 'POST',
  path: '/agents/{agent}:execute',
  scope: 'agents:execute',
  weight: 10,
  latencyMs: 1850,
}
export const TEST_AGENT: DemoCall = {
  method: 'POST',
  path: '/agents/{agent}:test',
  scope: 'agents:test',
  weight: 6,
  latencyMs: 2400,
}
export const LIST_AGENTS: DemoCall = {
  method: 'GET',
  path: '/agents',
  scope: 'agents:read',
  weight: 3,
  latencyMs: 24,
}
export const UPDATE_AGENT: DemoCall = {
  method: 'PATCH',
  path: '/agents/{agent}',
  scope: 'agents:write',
  weight: 2,
  latencyMs: 61,
}
export const WRITE_TRACES: DemoCall = {
  method: 'POST',
  path: '/traces',
  scope: 'traces:write',
  weight: 12,
  latencyMs: 9,
}
export const LIST_EXECUTIONS: DemoCall = {
  method: 'GET',
  path: '/executions',
  scope: 'executions:read',
  weight: 5,
  latencyMs: 38,
}
export const READ_TRACE: DemoCall = {
  method: 'GET',
  path: '/traces/{trace}',
  scope: 'traces:read',
  weight: 4,
  latencyMs: 46,
}
export const CREATE_REVISION: DemoCall = {
  method: 'POST',
  path: '/agents/{agent}/revisions',
  scope: 'revisions:write',
  weight: 4,
  latencyMs: 88,
}
export const DEPLOY_REVISION: DemoCall = {
  method: 'POST',
  path: '/agents/{agent}/revisions/{revision}:deploy',
  scope: 'revisions:deploy',
  weight: 1,
  latencyMs: 640,
}
export const READ_DATASET: DemoCall = {
  method: 'GET',
  path: '/datasets/{dataset}',
  scope: 'datasets:read',
  weight: 3,
  latencyMs: 52,
}
export const UPLOAD_ASSET: DemoCall = {
  method: 'POST',
  path: '/assets',
  scope: 'assets:write',
  weight: 2,
  latencyMs: 210,
}
export const DELIVER_WEBHOOK: DemoCall = {
  method: 'POST',
  path: '/inbound/{connector}:deliver',
  scope: 'inbound:deliver',
  weight: 1,
  latencyMs: 17,
}
export const FIRE_TRIGGER: DemoCall = {
  method: 'POST',
  path: '/triggers/{trigger}:fire',
  scope: 'triggers:fire',
  weight: 1,
  latencyMs: 33,
}
export const CHECK_HEALTH: DemoCall = {
  method: 'GET',
  path: '/auth/health',
  scope: null,
  weight: 1,
  latencyMs: 2,
}
export const LIST_TOKENS: DemoCall = {
  method: 'GET',
  path: '/tokens',
  scope: 'keys:read',
  weight: 1,
  latencyMs: 7,
}
