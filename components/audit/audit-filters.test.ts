import { describe, expect, it } from 'vitest'
import {
  auditQueryString,
  coreAuditFilters,
  NO_FILTERS,
  parseAuditFilters,
} from '@/components/audit/audit-filters'

const ACTOR = '0190a5b4-0000-7000-8000-000000000001'

describe('the filters of the audit log in the address', () => {
  it('come back as they were written', () => {
    const filters = {
      eventTypes: ['MINTED' as const, 'ROTATED' as const],
      actorId: ACTOR,
      targetId: null,
      search: 'prod server & more',
      from: '2026-01-01',
      to: '2026-01-31',
    }
    const params = new URLSearchParams(auditQueryString(filters))
    const read = Object.fromEntries([...params.keys()].map((key) => [key, params.getAll(key)]))
    expect(parseAuditFilters(read)).toEqual(filters)
  })

  it('leave out what is not understood instead of failing', () => {
    const read = parseAuditFilters({
      type: ['MINTED', 'NOT_A_TYPE'],
      actor: "'; drop table",
      from: '2026-02-31',
      to: 'yesterday',
    })
    expect(read).toEqual({ ...NO_FILTERS, eventTypes: ['MINTED'] })
  })

  it('give one text for one meaning', () => {
    expect(auditQueryString(NO_FILTERS)).toBe('')
    expect(auditQueryString(parseAuditFilters({ type: ['ROTATED', 'MINTED', 'MINTED'] }))).toBe(
      'type=MINTED&type=ROTATED',
    )
  })

  it('cover whole UTC days, the last one to its end', () => {
    const day = { ...NO_FILTERS, from: '2026-03-01', to: '2026-03-01' }
    const { from, to } = coreAuditFilters(day)
    expect(from).toBe(Date.UTC(2026, 2, 1))
    expect(to).toBe(Date.UTC(2026, 2, 2))
  })
})
