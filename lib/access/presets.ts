import { ALL_SCOPES, normalizeScopes, type Scope } from '@/lib/access/scopes'

/** Presets expand at mint; only the scopes are stored, so editing this table widens no old token. */
export const PRESET_IDS = ['runner', 'builder', 'read-only', 'admin'] as const
export type PresetId = (typeof PRESET_IDS)[number]

export interface Preset {
  id: PresetId
  label: string
  tagline: string
  description: string
  intent: string
  scopes: readonly Scope[]
}

const BUILDER_RESOURCES = [
  'agents',
  'revisions',
  'integrations',
  'tools',
  'traces',
  'datasets',
  'assets',
] as const

export const PRESETS: readonly Preset[] = [
  {
    id: 'runner',
    label: 'Runner',
    tagline: 'Run agents in production',
    description: 'Executes agents and writes traces. Nothing else.',
    intent: 'Production execution from your backend',
    scopes: normalizeScopes(['agents:execute', 'traces:write']),
  },
  {
    id: 'builder',
    label: 'Builder',
    tagline: 'Build and sync content',
    description:
      'Reads and writes agents, revisions, integrations, tools, traces, datasets and assets.',
    intent: 'CI pipelines, codegen, content sync',
    scopes: normalizeScopes(
      BUILDER_RESOURCES.flatMap((resource): Scope[] => [`${resource}:read`, `${resource}:write`]),
    ),
  },
  {
    id: 'read-only',
    label: 'Read-only',
    tagline: 'Look, never touch',
    description: 'Every read scope, including the list of tokens.',
    intent: 'Dashboards, observability, audits',
    scopes: ALL_SCOPES.filter((scope) => scope.endsWith(':read')),
  },
  {
    id: 'admin',
    label: 'Admin',
    tagline: 'Everything',
    description: 'Every scope. Avoid it in long-lived deployments.',
    intent: 'One-off operations; avoid in long-lived deployments',
    scopes: ALL_SCOPES,
  },
]

/** The preset's scopes. */
export function expandPreset(id: PresetId): readonly Scope[] {
  const preset = PRESETS.find((candidate) => candidate.id === id)
  if (!preset) throw new RangeError(`Unknown preset ${id}`)
  return preset.scopes
}

/** Which preset a set of scopes equals, or null ("Custom"). Derived, never stored. */
export function presetOf(scopes: Iterable<Scope>): PresetId | null {
  const wanted = normalizeScopes(scopes).join(' ')
  return PRESETS.find((preset) => preset.scopes.join(' ') === wanted)?.id ?? null
}
