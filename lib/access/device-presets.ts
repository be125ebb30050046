import { expandPreset, PRESET_IDS, type PresetId } from '@/lib/access/presets'
import { ALL_SCOPES, normalizeScopes, type Scope } from '@/lib/access/scopes'

/**
 * What a program may ask for when somebody signs it in on a device (docs/decisions/0018): a ladder, each step
 * holding the one below, and the four presets of tokens under their own names. Expanded when somebody approves;
 * only the scopes are stored.
 */
export const DEVICE_PRESET_IDS = [
  'observer',
  'operator',
  'developer',
  'maintainer',
  ...PRESET_IDS,
] as const
export type DevicePresetId = (typeof DEVICE_PRESET_IDS)[number]

/** The steps of the ladder from the lowest to the highest; `admin` is the preset of tokens by that name. */
export const DEVICE_LADDER = ['observer', 'operator', 'developer', 'maintainer', 'admin'] as const

const observer = expandPreset('read-only')

const operator = normalizeScopes([
  ...observer,
  'agents:execute',
  'agents:test',
  'tools:test',
  'llm_providers:test',
  'connectors:test',
  'triggers:fire',
  'participants:send',
  'traces:write',
])

const developer = normalizeScopes([
  ...operator,
  ...expandPreset('builder'),
  'skills:write',
  'triggers:write',
  'participants:write',
])

/** Deliveries and MCP calls carry their token in an address: such a token should hold nothing else. */
const NOT_FOR_DEVICES: readonly Scope[] = ['organization:write', 'inbound:deliver', 'mcp:invoke']
const maintainer = ALL_SCOPES.filter((scope) => !NOT_FOR_DEVICES.includes(scope))

interface DevicePreset {
  label: string
  /** Completes "It …". */
  phrase: string
  scopes: readonly Scope[]
}

const PRESETS: Record<DevicePresetId, DevicePreset> = {
  observer: { label: 'Observer', phrase: 'reads, and changes nothing', scopes: observer },
  operator: { label: 'Operator', phrase: 'reads, runs and tests', scopes: operator },
  developer: { label: 'Developer', phrase: 'builds agents, and runs them', scopes: developer },
  maintainer: {
    label: 'Maintainer',
    phrase: 'does all but change the organization’s settings',
    scopes: maintainer,
  },
  admin: {
    label: 'Admin',
    phrase: 'does everything, the organization’s settings too',
    scopes: expandPreset('admin'),
  },
  runner: {
    label: 'Runner',
    phrase: 'runs agents and writes traces, nothing else',
    scopes: expandPreset('runner'),
  },
  builder: {
    label: 'Builder',
    phrase: 'reads and writes what agents are built of',
    scopes: expandPreset('builder'),
  },
  'read-only': { label: 'Read-only', phrase: 'reads, and changes nothing', scopes: observer },
} satisfies Record<DevicePresetId | PresetId, DevicePreset>

export function devicePreset(id: DevicePresetId): DevicePreset {
  return PRESETS[id]
}
