'use client'

import { useId } from 'react'
import { NativeSelect } from '@/components/ui/native-select'
import type { Span } from '@/lib/usage/series'
import { useUsageAddress } from './usage-toolbar'
import { type BarsBy, type SplitBy, USAGE_NAMES, type UsageView } from './usage-view'
import { BY_WORDS, SPAN_WORDS, SPLIT_WORDS } from './usage-words'

export type ChartChoicesProps = { view: UsageView; span: Span; spans: readonly Span[] }

/** Any two at once: what the bars are, and what their colours are. */
export function ChartChoices({ view, span, spans }: ChartChoicesProps) {
  const { show } = useUsageAddress()
  const splits: SplitBy[] = [
    'none',
    ...USAGE_NAMES.filter((name) => name !== view.by),
    ...(view.measure === 'tokens' ? (['kind'] as const) : []),
  ]
  return (
    <>
      <Choice
        label="By"
        value={view.by === 'time' ? span : view.by}
        options={[
          ...spans.map((one) => ({ value: one, words: SPAN_WORDS[one] })),
          ...USAGE_NAMES.map((name) => ({ value: name, words: BY_WORDS[name] })),
        ]}
        onChoose={(chosen) => {
          const time = spans.find((one) => one === chosen)
          const by: BarsBy = USAGE_NAMES.find((name) => name === chosen) ?? 'time'
          const split = view.split === by ? otherThan(by) : view.split
          show({ ...view, by, split, span: time && time !== spans[0] ? time : null })
        }}
      />
      <Choice
        label="split by"
        value={view.split}
        options={splits.map((value) => ({ value, words: SPLIT_WORDS[value] }))}
        onChoose={(chosen) => {
          const split = splits.find((one) => one === chosen)
          if (split) show({ ...view, split })
        }}
      />
    </>
  )
}

function otherThan(by: BarsBy): SplitBy {
  return by === 'model' ? 'agent' : 'model'
}

type ChoiceProps = {
  label: string
  value: string
  options: readonly { value: string; words: string }[]
  onChoose: (value: string) => void
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="whitespace-nowrap text-muted text-sm">
        {label}
      </label>
      <NativeSelect id={id} value={value} onChange={(event) => onChoose(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </NativeSelect>
    </span>
  )
}
