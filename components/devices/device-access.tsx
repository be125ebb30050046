import { Badge } from '@/components/ui/badge'
import { type DevicePresetId, devicePreset } from '@/lib/access/device-presets'
import { RESOURCES, type Scope, scopeFact } from '@/lib/access/scopes'
import { reviewSentence } from '@/lib/tokens/review-sentence'
import type { DeviceOrganization } from './device-approval'

export type DeviceAccessProps = {
  preset: DevicePresetId
  place: Pick<DeviceOrganization, 'granted' | 'left' | 'roleLabel'>
  /** Epoch ms; null = never, undefined = not chosen yet. */
  expiresAt: number | null | undefined
}

/** What it asks for, in a sentence and to the letter. */
export function DeviceAccess({ preset, place, expiresAt }: DeviceAccessProps) {
  const { label, phrase } = devicePreset(preset)
  return (
    <section aria-label="Access" className="flex flex-col gap-2">
      <p className="text-sm">
        <span className="font-medium text-ink">Asks for {label}</span>
        <span className="text-muted">: it {phrase}.</span>
      </p>
      {expiresAt === undefined ? null : (
        <p className="text-muted text-sm" aria-live="polite">
          {reviewSentence({ scopes: [...place.granted], expiresAt })}
        </p>
      )}
      {place.left.length > 0 ? (
        <p className="text-muted text-sm">
          Your role, {place.roleLabel}, leaves out {place.left.length} of what it asked for:{' '}
          <span className="font-mono text-xs">{place.left.join(', ')}</span>.
        </p>
      ) : null}
      <details className="text-sm">
        <summary className="cursor-pointer py-1 text-muted">
          All {place.granted.length} scopes
        </summary>
        <dl className="mt-1 divide-y divide-subtle rounded-lg border border-subtle px-3">
          {byResource(place.granted).map(([resource, scopes]) => (
            <div
              key={resource}
              className="flex flex-wrap items-center justify-between gap-2 py-1.5"
            >
              <dt className="text-ink">{RESOURCES[resource].label}</dt>
              <dd className="flex flex-wrap gap-1">
                {scopes.map((scope) => (
                  <Badge key={scope} mono tone={toneOf(scope)}>
                    {scopeFact(scope).action}
                  </Badge>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

function byResource(scopes: readonly Scope[]) {
  const groups = new Map<keyof typeof RESOURCES, Scope[]>()
  for (const scope of scopes) {
    const { resource } = scopeFact(scope)
    groups.set(resource, [...(groups.get(resource) ?? []), scope])
  }
  return [...groups]
}

function toneOf(scope: Scope) {
  return scopeFact(scope).risk === 'high' ? 'warning' : 'neutral'
}
