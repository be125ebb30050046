'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import {
  bringBackVersion,
  copyMetric,
  reviveMetric,
} from '@/app/[tenant]/settings/evaluation-metrics/metric-actions'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { notify } from '@/components/ui/notify'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { metricHref } from './metric-words'

/** What is done with a metric at once, without a form. */
export function useMetricActs(tenant: string, metric: Metric) {
  const router = useRouter()
  const [busy, startTransition] = useTransition()
  const metricId = metric.id

  function act(
    call: () => Promise<Outcome<Metric>>,
    words: { done: string; failed: string },
    onDone: (metric: Metric) => void = () => router.refresh(),
  ) {
    startTransition(async () => {
      const answer = await attempt(call)
      if (answer.ok) {
        notify.success(words.done)
        onDone(answer.data)
      } else notify.error(words.failed, { description: answer.problem.message })
    })
  }
  return {
    busy,
    clone: () =>
      act(
        () => copyMetric(tenant, { metricId }),
        { done: `${metric.name} cloned`, failed: 'Not cloned' },
        (copy) => router.push(metricHref(tenant, copy.id)),
      ),
    restore: () =>
      act(() => reviveMetric(tenant, { metricId }), {
        done: `${metric.name} restored`,
        failed: 'Not restored',
      }),
    restoreVersion: (version: number) =>
      act(() => bringBackVersion(tenant, { metricId, version }), {
        done: `Version ${version} is back as version ${metric.version + 1}`,
        failed: 'Not restored',
      }),
  }
}
