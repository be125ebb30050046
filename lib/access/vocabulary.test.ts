import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandPreset, PRESET_IDS, presetOf } from '@/lib/access/presets'
import {
  ALL_SCOPES,
  isScope,
  normalizeScopes,
  RESOURCES,
  SCOPE_FACTS,
  scopeFact,
} from '@/lib/access/scopes'

/** The table of the product document "Tokens", written out by hand: it checks ours, not itself. */
const DOCUMENTED: Record<string, string[]> = {
  agents: ['read', 'write', 'execute', 'test'],
  revisions: ['read', 'write', 'deploy'],
  integrations: ['read', 'write'],
  tools: ['read', 'write', 'test'],
  executions: ['read'],
  traces: ['read', 'write'],
  skills: ['read', 'write'],
  llm_providers: ['read', 'write', 'test'],
  datasets: ['read', 'write'],
  assets: ['read', 'write'],
  triggers: ['read', 'write', 'fire'],
  participants: ['read', 'write', 'send'],
  connectors: ['read', 'write', 'test'],
  chat_users: ['read', 'write'],
  keys: ['read', 'write'],
  organization: ['read', 'write'],
  inbound: ['deliver'],
  mcp: ['invoke'],
}

describe('the vocabulary', () => {
  it('is the 18 resources and 41 scopes of the product document, in its order', () => {
    const documented = Object.entries(DOCUMENTED).flatMap(([resource, actions]) =>
      actions.map((action) => `${resource}:${action}`),
    )
    expect(ALL_SCOPES).toEqual(documented)
    expect(Object.keys(RESOURCES)).toHaveLength(18)
    expect(ALL_SCOPES).toHaveLength(41)
  })

  it('describes each scope, and enforces here what this product serves', () => {
    for (const fact of SCOPE_FACTS) {
      expect(fact.phrase).toMatch(/^[a-z]/)
      expect(fact.label).not.toBe('')
      expect(scopeFact(fact.id)).toBe(fact)
    }
    const here = SCOPE_FACTS.filter(({ enforcedBy }) => enforcedBy === 'here').map(({ id }) => id)
    expect(here).toEqual([
      'agents:read',
      'agents:write',
      'revisions:read',
      'revisions:write',
      'revisions:deploy',
      'keys:read',
      'keys:write',
      'organization:read',
      'organization:write',
    ])
  })

  it('knows a scope only to the letter', () => {
    const wrong = [
      'agents',
      'Agents:read',
      'AGENTS:READ',
      ' agents:read',
      'agents:read ',
      'agents:*',
    ]
    const inherited = ['constructor', '__proto__', 'toString', '']
    for (const text of [...wrong, ...inherited, 'agents:read,agents:write', 'agents:deploy']) {
      expect(isScope(text)).toBe(false)
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isScope(text)).toBe((ALL_SCOPES as readonly string[]).includes(text))
      }),
    )
  })
})

const someScopes = fc.array(fc.constantFrom(...ALL_SCOPES), { maxLength: 60 })

describe('the stored form of a set of scopes', () => {
  it('does not depend on order or repetition, and is stable', () => {
    fc.assert(
      fc.property(someScopes, fc.func(fc.integer()), (scopes, rank) => {
        const shuffled = [...scopes, ...scopes].sort((a, b) => rank(a) - rank(b))
        const normal = normalizeScopes(scopes)
        expect(normalizeScopes(shuffled)).toEqual(normal)
        expect(normalizeScopes(normal)).toEqual(normal)
        expect(new Set(normal)).toEqual(new Set(scopes))
        expect(normal).toEqual(ALL_SCOPES.filter((scope) => scopes.includes(scope)))
      }),
    )
  })
})

describe('presets', () => {
  it('expand to 2, 14, 16 and 41 scopes', () => {
    const sizes = PRESET_IDS.map((id) => [id, expandPreset(id).length])
    expect(sizes).toEqual([
      ['runner', 2],
      ['builder', 14],
      ['read-only', 16],
      ['admin', 41],
    ])
    expect(expandPreset('runner')).toEqual(['agents:execute', 'traces:write'])
    expect(expandPreset('read-only').every((scope) => scope.endsWith(':read'))).toBe(true)
    const builder = 'agents revisions integrations tools traces datasets assets'.split(' ')
    expect(expandPreset('builder')).toEqual(
      builder.flatMap((resource) => [`${resource}:read`, `${resource}:write`]),
    )
  })

  it('are recognised from their scopes in any order, and from nothing less or more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRESET_IDS),
        fc.func(fc.integer()),
        fc.constantFrom(...ALL_SCOPES),
        (id, rank, scope) => {
          const scopes = expandPreset(id)
          const shuffled = [...scopes, ...scopes].sort((a, b) => rank(a) - rank(b))
          expect(presetOf(shuffled)).toBe(id)
          const other = scopes.includes(scope)
            ? scopes.filter((held) => held !== scope)
            : [...scopes, scope]
          expect(presetOf(other)).toBeNull()
        },
      ),
    )
    expect(presetOf([])).toBeNull()
  })
})
