import { describe, expect, it } from 'vitest'
import { decodeTokenRows, encodeTokenRows, scopeBits } from '@/components/tokens/list/token-rows'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'
import { TOKEN_STATES, type TokenSummary } from '@/lib/tokens/model'

const MADE = Date.UTC(2026, 10, 21, 8, 0, 0)

function token(index: number, facts: Partial<TokenSummary> = {}): TokenSummary {
  const tail = index.toString(16).padStart(12, '0')
  return {
    id: `0195f0c2-7a3e-7${(index % 4096).toString(16).padStart(3, '0')}-b1ff-${tail}`,
    familyId: `0195f0c2-7a3e-7000-b1ff-${tail}`,
    name: `ci-runner-${index}`,
    type: 'USER',
    format: 'FX1',
    displayPrefix: `fx_pat_${(index * 7919).toString(36).padStart(4, '0').slice(-4)}`,
    last4: (index * 104_729).toString(36).padStart(4, '0').slice(-4),
    scopes: ALL_SCOPES.filter((_, at) => (index + at) % 5 === 0) as Scope[],
    owner: { type: 'user', id: `owner-${index % 40}`, label: `Person ${index % 40}` },
    createdBy: { id: null, label: `Person ${index % 40}` },
    createdAt: MADE - index * 60_000,
    modifiedAt: MADE,
    expiresAt: index % 3 === 0 ? null : MADE + index * 1000,
    effectiveExpiresAt: index % 3 === 0 ? null : MADE + index * 1000,
    revokedAt: null,
    endReason: null,
    endedBy: null,
    rotatedAt: null,
    replacedById: null,
    lastUsedAt: index % 2 === 0 ? MADE - 1000 : null,
    lastUsedIp: index % 2 === 0 ? `203.0.113.${index % 200}` : null,
    state: TOKEN_STATES[index % TOKEN_STATES.length] ?? 'active',
    stateReason: `Reason ${index % 8}.`,
    ...facts,
  }
}

describe('token rows', () => {
  it('come out as they went in', () => {
    const tokens = Array.from({ length: 500 }, (_, index) => token(index))
    const rows = decodeTokenRows(encodeTokenRows(tokens))
    expect(rows).toHaveLength(500)
    rows.forEach((row, index) => {
      const source = tokens[index]
      expect(row).toMatchObject({
        id: source?.id,
        name: source?.name,
        displayPrefix: source?.displayPrefix,
        last4: source?.last4,
        ownerId: source?.owner.id,
        ownerLabel: source?.owner.label,
        createdBy: source?.createdBy.label,
        createdAt: source?.createdAt,
        expiresAt: source?.effectiveExpiresAt,
        lastUsedAt: source?.lastUsedAt,
        lastUsedIp: source?.lastUsedIp,
        state: source?.state,
        stateReason: source?.stateReason,
      })
      expect(row.scopeSet.scopes).toEqual(source?.scopes)
    })
  })

  it('keeps all 41 scopes apart and knows presets and legacy keys', () => {
    const all = token(0, { scopes: [...ALL_SCOPES] })
    const legacy = token(1, { scopes: ['agents:execute', 'traces:write'], format: 'LEGACY' })
    const none = token(2, { scopes: [] })
    const [first, second, third] = decodeTokenRows(encodeTokenRows([all, legacy, none]))
    expect(first?.scopeSet).toMatchObject({ preset: 'admin', scopes: ALL_SCOPES })
    expect(second).toMatchObject({ legacy: true, scopeSet: { preset: 'runner' } })
    expect(third).toMatchObject({ legacy: false, scopeSet: { preset: null, scopes: [] } })
    expect(scopeBits(ALL_SCOPES)).toBe(2 ** 41 - 1)
  })

  it('packs nothing and names of many scripts', () => {
    expect(decodeTokenRows(encodeTokenRows([]))).toEqual([])
    const [row] = decodeTokenRows(encodeTokenRows([token(1, { name: 'Zürich, 東京 — "ci"' })]))
    expect(row?.name).toBe('Zürich, 東京 — "ci"')
  })

  it('stays under 1.5 MB for 10,000 tokens', () => {
    const tokens = Array.from({ length: 10_000 }, (_, index) => token(index))
    expect(JSON.stringify(encodeTokenRows(tokens)).length).toBeLessThan(1_500_000)
  })
})
