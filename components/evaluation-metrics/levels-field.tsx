'use client'

import { Plus, X } from 'lucide-react'
import { FieldErrorText } from '@/components/settings/field-error-text'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { LEVELS_MAX, LEVELS_MIN } from '@/lib/evaluation-metrics/limits'
import { type LevelDraft, type MetricDraft, withLevel } from './metric-draft'

export type LevelsFieldProps = {
  draft: MetricDraft
  onChange: (change: Partial<MetricDraft>) => void
  /** By row and part: "2/score". */
  errorAt: (place: string) => string | undefined
}

/** The scale: a row for each level, from the lowest to the highest, and the one from which on it passes. */
export function LevelsField({ draft, onChange, errorAt }: LevelsFieldProps) {
  const { levels, passId } = draft
  const change = (id: number, part: Partial<LevelDraft>) =>
    onChange({ levels: levels.map((level) => (level.id === id ? { ...level, ...part } : level)) })
  function remove(id: number) {
    const rest = levels.filter((level) => level.id !== id)
    onChange({ levels: rest, passId: id === passId ? (rest.at(-1)?.id ?? 0) : passId })
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">Scale</legend>
      <p className="text-muted text-xs">
        From the lowest score to the highest. The judge reads every level; answers pass from the
        marked one on.
      </p>
      <ol className="flex flex-col gap-2">
        {levels.map((level, index) => (
          <li
            key={level.id}
            className="flex flex-col gap-2 rounded-md border border-subtle bg-canvas p-2.5"
          >
            <div className="flex flex-wrap items-center gap-2">
              <Input
                aria-label={`Score of level ${index + 1}`}
                name={`levels/${index}/score`}
                inputMode="numeric"
                className="w-14"
                value={level.score}
                aria-invalid={errorAt(`${index}/score`) ? true : undefined}
                onChange={(event) => change(level.id, { score: event.target.value })}
              />
              <Input
                aria-label={`Name of level ${index + 1}`}
                name={`levels/${index}/label`}
                className="min-w-28 flex-1"
                placeholder="Good"
                value={level.label}
                aria-invalid={errorAt(`${index}/label`) ? true : undefined}
                onChange={(event) => change(level.id, { label: event.target.value })}
              />
              <label className="flex items-center gap-1.5 text-ink text-xs">
                <input
                  type="radio"
                  name="pass"
                  checked={level.id === passId}
                  onChange={() => onChange({ passId: level.id })}
                  className="size-4 appearance-none rounded-full border border-control bg-surface checked:border-5 checked:border-accent"
                />
                Passes from here
              </label>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove level ${index + 1}`}
                disabled={levels.length <= LEVELS_MIN}
                onClick={() => remove(level.id)}
              >
                <X aria-hidden />
              </Button>
            </div>
            <Textarea
              aria-label={`What level ${index + 1} means`}
              name={`levels/${index}/description`}
              rows={1}
              className="min-h-8"
              placeholder="What an answer of this level is like"
              value={level.description}
              onChange={(event) => change(level.id, { description: event.target.value })}
            />
            <FieldErrorText id={`level-${level.id}-error`}>
              {errorAt(`${index}/score`) ??
                errorAt(`${index}/label`) ??
                errorAt(`${index}/description`)}
            </FieldErrorText>
          </li>
        ))}
      </ol>
      {levels.length < LEVELS_MAX ? (
        <Button className="w-fit" onClick={() => onChange({ levels: withLevel(draft) })}>
          <Plus aria-hidden />
          Add a level
        </Button>
      ) : null}
    </fieldset>
  )
}
