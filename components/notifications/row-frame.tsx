import { type ReactNode, useId } from 'react'
import { cn } from '@/components/ui/class-names'
import type { KindPreference } from '@/lib/notifications/preferences'
import { preferenceRowId } from './preferences-href'

/** Event, in app, e-mail. */
export const ROW_COLUMNS = 'grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_4rem_12.5rem]'

export type RowFrameProps = {
  preference: Pick<KindPreference, 'kind' | 'label' | 'description'>
  highlighted: boolean
  inApp: ReactNode
  email: ReactNode
  /** Beside the label. */
  state?: ReactNode | undefined
  /** Below the description. */
  note: ReactNode
  /** Nothing to choose: on a narrow screen the note says all. */
  fixed?: boolean | undefined
}

/** One kind and its two channels, side by side or, on a narrow screen, one below the other. */
export function RowFrame({
  preference,
  highlighted,
  inApp,
  email,
  state,
  note,
  fixed = false,
}: RowFrameProps) {
  const id = useId()
  return (
    <li
      id={preferenceRowId(preference.kind)}
      className={cn('scroll-mt-24 px-5 py-4', highlighted && 'bg-accent-soft')}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser */}
      <div role="group" aria-labelledby={id} className={ROW_COLUMNS}>
        <div className="flex min-w-0 flex-col gap-0.5 text-sm">
          <span className="flex items-center gap-3">
            <span id={id} className="font-medium text-ink">
              {preference.label}
            </span>
            {state}
          </span>
          <span className="text-muted">{preference.description}</span>
          {note}
        </div>
        <Channel name="In app" onlyWide={fixed}>
          {inApp}
        </Channel>
        <Channel name="E-mail" onlyWide={fixed}>
          {email}
        </Channel>
      </div>
    </li>
  )
}

type ChannelProps = { name: string; onlyWide: boolean; children: ReactNode }

/** On a wide screen the head of the table names it. */
function Channel({ name, onlyWide, children }: ChannelProps) {
  return (
    <div
      className={cn(
        'flex items-center justify-between gap-3 sm:min-h-8 sm:items-start sm:justify-start sm:pt-0.5',
        onlyWide && 'max-sm:hidden',
      )}
    >
      <span aria-hidden className="text-muted text-sm sm:hidden">
        {name}
      </span>
      {children}
    </div>
  )
}
