'use client'

import { History, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { useLateSearchParams } from '@/components/settings/use-late-search-params'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Metric, MetricVersion } from '@/lib/evaluation-metrics/model'
import { fieldsWords, type MetricSetting } from './metric-words'
import { useMetricActs } from './use-metric-acts'
import { VersionDiff } from './version-diff'

export type VersionsPanelProps = {
  metric: Metric
  /** The newest first. */
  versions: readonly MetricVersion[]
  setting: MetricSetting
  /** As the address has them; no number where it has none. */
  asked: { from: number; to: number }
}

/** Every version, and what differs between any two. */
export function VersionsPanel({ metric, versions, setting, asked }: VersionsPanelProps) {
  const acts = useMetricActs(setting.tenant, metric)
  const address = useLateSearchParams()
  const [pair, setPair] = useState(asked)
  const newest = versions[0]
  const after = versions.find(({ version }) => version === pair.to) ?? newest
  const before =
    versions.find(({ version }) => version === pair.from) ??
    versions.find(({ version }) => version === (after?.version ?? 0) - 1)
  const mayRestore = setting.mayWrite && !metric.isSystem && !metric.isDeprecated
  function compare(next: Partial<typeof pair>) {
    const chosen = { from: before?.version ?? 0, to: after?.version ?? 0, ...next }
    setPair(chosen)
    address.write({ from: String(chosen.from), to: String(chosen.to) })
  }
  if (!after || !before) {
    return (
      <EmptyState
        icon={<History />}
        title="One version so far"
        description={
          metric.isSystem
            ? 'A built-in metric changes with releases of the product only.'
            : 'Each change makes another one. Then the two can be compared here.'
        }
      />
    )
  }
  return (
    <div className="flex flex-col gap-6">
      <SectionCard
        title="Compare"
        actions={
          <div className="flex items-end gap-2">
            <VersionChoice
              label="From"
              versions={versions}
              value={before.version}
              onChange={(from) => compare({ from })}
            />
            <VersionChoice
              label="To"
              versions={versions}
              value={after.version}
              onChange={(to) => compare({ to })}
            />
          </div>
        }
      >
        <VersionDiff before={before} after={after} />
      </SectionCard>
      <SectionCard title="History" flush>
        <ol className="divide-y divide-subtle">
          {versions.map((version) => (
            <li
              key={version.version}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3 text-sm"
            >
              <span className="w-10 font-medium text-ink tabular-nums">v{version.version}</span>
              <span className="flex min-w-0 flex-1 basis-48 flex-col">
                <span className="text-ink">{storyOf(version)}</span>
                <span className="text-muted text-xs">
                  {version.createdBy}, <RelativeTime at={version.createdAt} now={setting.now} />
                </span>
              </span>
              {version.version === newest?.version ? (
                <Badge tone="success">Counts now</Badge>
              ) : mayRestore ? (
                <Button
                  size="sm"
                  aria-label={`Restore version ${version.version}`}
                  onClick={() => acts.restoreVersion(version.version)}
                  loading={acts.busy}
                >
                  <RotateCcw aria-hidden />
                  Restore
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      </SectionCard>
    </div>
  )
}

function storyOf({ version, restoredFrom, changed }: MetricVersion): string {
  if (restoredFrom !== null) return `Brought back version ${restoredFrom}`
  return version === 1 ? 'Created' : `Changed ${fieldsWords(changed)}`
}

type VersionChoiceProps = {
  label: string
  versions: readonly MetricVersion[]
  value: number
  onChange: (version: number) => void
}

function VersionChoice({ label, versions, value, onChange }: VersionChoiceProps) {
  return (
    <Field label={label}>
      <NativeSelect value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {versions.map(({ version }) => (
          <option key={version} value={version}>
            v{version}
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}
