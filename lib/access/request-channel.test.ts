import { describe, expect, it } from 'vitest'
import { channelOf } from '@/lib/access/request-channel'
import { ALL_SCOPES } from '@/lib/access/scopes'

describe('the channel of a request', () => {
  it('is that of a connector for exactly the powers that run something through one', () => {
    const connectors = ALL_SCOPES.filter((scope) => channelOf(scope, ALL_SCOPES) === 'CONNECTOR')
    expect(connectors).toEqual(['connectors:test', 'inbound:deliver', 'mcp:invoke'])
  })

  it('is that of a connector for whatever a token asks that can do nothing else', () => {
    expect(channelOf(null, ['inbound:deliver'])).toBe('CONNECTOR')
    expect(channelOf('keys:read', ['inbound:deliver', 'mcp:invoke'])).toBe('CONNECTOR')
    expect(channelOf(null, ['inbound:deliver', 'agents:read'])).toBe('API')
    expect(channelOf(null, [])).toBe('API')
  })
})
