import { describe, expect, it } from 'vitest'
import { expandPreset } from '@/lib/access/presets'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'
import {
  isUrlCarriable,
  leakRisks,
  powersInWords,
  reviewSentence,
} from '@/lib/tokens/review-sentence'

const UNTIL = Date.UTC(2027, 1, 21, 9, 30)

const sentence = (scopes: readonly Scope[], expiresAt: number | null = UNTIL): string =>
  reviewSentence({ scopes, expiresAt })

describe('reviewSentence', () => {
  it('names what a Runner can do and when it ends', () => {
    expect(sentence(expandPreset('runner'))).toBe(
      'This token can run agents and write traces until 21 Feb 2027.',
    )
  })

  it('says when there is no end', () => {
    expect(sentence(['mcp:invoke'], null)).toBe(
      'This token can invoke MCP tools, and never expires.',
    )
  })

  it('says that no scope means no power', () => {
    expect(sentence([])).toContain('nothing yet')
  })

  it('sums up every read scope as reading everything', () => {
    expect(sentence(expandPreset('read-only'))).toBe(
      'This token can read everything until 21 Feb 2027.',
    )
  })

  it('sums up all 41 scopes, and all but a few by their exceptions', () => {
    expect(powersInWords(ALL_SCOPES)).toBe('do everything that a token can do')
    expect(powersInWords(ALL_SCOPES.filter((scope) => scope !== 'participants:send'))).toBe(
      'do everything that a token can do, except send messages to participants',
    )
  })

  it('merges reading and writing of the same things and counts a long list', () => {
    expect(powersInWords(expandPreset('builder'))).toBe(
      'read, create and change agents, revisions, integrations and 3 more kinds of resource; read traces; and write traces',
    )
  })

  it('puts what is most dangerous first', () => {
    expect(powersInWords(['agents:read', 'agents:execute'])).toBe('run agents and read agents')
  })

  it('is never empty and never longer than a sentence, whatever the scopes', () => {
    for (let size = 1; size <= ALL_SCOPES.length; size++) {
      const words = powersInWords(ALL_SCOPES.slice(0, size))
      expect(words.length).toBeGreaterThan(0)
      expect(words.length).toBeLessThan(320)
    }
  })
})

describe('leakRisks', () => {
  it('ranks the most dangerous resource first and covers every scope once', () => {
    const lines = leakRisks(['tools:read', 'agents:execute', 'agents:read', 'datasets:write'])
    expect(lines.map((line) => line.resource)).toEqual(['agents', 'datasets', 'tools'])
    expect(lines[0]?.sentence).toBe('run agents and read agents')
    expect(lines.flatMap((line) => line.scopes).sort()).toEqual(
      ['agents:execute', 'agents:read', 'datasets:write', 'tools:read'].sort(),
    )
  })
})

describe('isUrlCarriable', () => {
  it('allows a URL only for delivery alone', () => {
    expect(isUrlCarriable(['inbound:deliver'])).toBe(true)
    expect(isUrlCarriable(['inbound:deliver', 'agents:read'])).toBe(false)
    expect(isUrlCarriable([])).toBe(false)
  })
})
