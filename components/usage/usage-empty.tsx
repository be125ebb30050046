import { ChartColumn } from 'lucide-react'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { dayRange } from '@/lib/local-date'
import type { TimeRange } from '@/lib/usage/comparison'

export type UsageEmptyProps = { tenant: string; publicUrl: string; range: TimeRange }

/** What to do where nothing was counted: the two lines that any OpenTelemetry exporter needs. */
export function UsageEmpty({ tenant, publicUrl, range }: UsageEmptyProps) {
  return (
    <EmptyState
      icon={<ChartColumn />}
      title={`No model call was reported, ${dayRange(range)}`}
      description="Point an OpenTelemetry exporter here, with a token that may write traces. Its gen_ai spans are counted as they come."
      actions={
        <div className="flex max-w-full flex-col items-center gap-3">
          <CodeBlock
            label="Environment of your program"
            className="max-w-full text-left"
            code={`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${publicUrl}/v1/tenants/${tenant}/traces\nOTEL_EXPORTER_OTLP_TRACES_HEADERS="Authorization=Bearer fx_sat_…"`}
          />
          <LinkButton href={`/${tenant}/settings/api-access`}>Make a token</LinkButton>
        </div>
      }
    />
  )
}
