'use client'

import { useId } from 'react'
import type { TextForm } from '@/components/settings/use-text-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SwitchField } from '@/components/ui/switch'
import { Textarea } from '@/components/ui/textarea'
import { KIND_WORDS } from '@/components/usage/usage-words'
import { AHEAD_DAYS_MAX, BACKDATED_DAYS_MAX } from '@/lib/model-pricing/limits'
import {
  LONG_KINDS,
  OPTIONAL_KINDS,
  type OwnPriceDraft,
  type OwnPriceField,
} from './own-price-draft'
import { asWider, dayValue } from './own-price-words'

const DAY_MS = 86_400_000

export type OwnPriceFieldsProps = {
  form: TextForm<OwnPriceDraft>
  /** The price is for exactly this; only when and how much may be changed. */
  locked: boolean
  now: number
}

/** Everything that an own price says. */
export function OwnPriceFields({ form, locked, now }: OwnPriceFieldsProps) {
  return (
    <>
      <NameFields form={form} locked={locked} />
      <Field
        label="From"
        required
        error={form.errorOf('validFrom')}
        description="A UTC day, with whose beginning the price begins. A day in the past changes no call that was counted: you can correct those afterwards."
      >
        <Input
          className="max-w-60"
          {...form.bind('validFrom')}
          type="date"
          suffix="UTC"
          min={dayValue(now - BACKDATED_DAYS_MAX * DAY_MS)}
          max={dayValue(now + AHEAD_DAYS_MAX * DAY_MS)}
        />
      </Field>
      <fieldset className="flex min-w-0 flex-col gap-4">
        <legend className="mb-3 font-medium text-base text-ink">Dollars per 1M tokens</legend>
        <div className="grid gap-4 sm:grid-cols-2">
          <Amount form={form} name="rates/input" label={KIND_WORDS.input} required />
          <Amount form={form} name="rates/output" label={KIND_WORDS.output} required />
          {OPTIONAL_KINDS.map((kind) => (
            <Amount
              key={kind}
              form={form}
              name={`rates/${kind}`}
              label={KIND_WORDS[kind]}
              description={`Left empty, it costs the same ${asWider(kind)}.`}
            />
          ))}
          <Amount
            form={form}
            name="rates/call"
            label="Each call"
            description="Dollars for the call itself. Leave empty for none."
          />
        </div>
      </fieldset>
      <LongContextFields form={form} />
      <Field
        label="Note"
        optional
        description="Where the price comes from, such as a contract."
        error={form.errorOf('note')}
      >
        <Textarea {...form.bind('note')} maxLength={500} />
      </Field>
    </>
  )
}

function NameFields({ form, locked }: Pick<OwnPriceFieldsProps, 'form' | 'locked'>) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Provider"
        required
        error={form.errorOf('provider')}
        description={locked ? undefined : 'As your programs send it.'}
      >
        <Input {...form.bind('provider')} readOnly={locked} autoComplete="off" spellCheck={false} />
      </Field>
      <Field
        label="Model"
        required
        error={form.errorOf('model')}
        description={locked ? undefined : 'Also one that the list does not know.'}
      >
        <Input {...form.bind('model')} readOnly={locked} autoComplete="off" spellCheck={false} />
      </Field>
      <Field
        label="Agent"
        optional
        error={form.errorOf('agent')}
        description="Leave empty for all agents. A price for an agent counts before one for all."
      >
        <Input {...form.bind('agent')} readOnly={locked} autoComplete="off" spellCheck={false} />
      </Field>
    </div>
  )
}

function LongContextFields({ form }: Pick<OwnPriceFieldsProps, 'form'>) {
  const titleId = useId()
  const on = form.values.hasLongContext === 'yes'
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-4">
      <h3 id={titleId} className="sr-only">
        Long contexts
      </h3>
      <SwitchField
        label="Other prices for long contexts"
        description="Where the input of a call has more tokens than a limit, all of the call costs these."
        checked={on}
        onCheckedChange={(checked) => form.change({ hasLongContext: checked ? 'yes' : '' })}
      />
      {on ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Above"
            required
            error={form.errorOf('longContext/above')}
            className="sm:col-span-2 sm:max-w-60"
          >
            <Input {...form.bind('longContext/above')} inputMode="numeric" suffix="tokens" />
          </Field>
          {LONG_KINDS.map((kind) => (
            <Amount
              key={kind}
              form={form}
              name={`longContext/${kind}`}
              label={`${KIND_WORDS[kind]} above the limit`}
              description="Leave empty where it stays the same."
            />
          ))}
        </div>
      ) : null}
    </section>
  )
}

type AmountProps = {
  form: TextForm<OwnPriceDraft>
  name: OwnPriceField
  label: string
  required?: boolean | undefined
  description?: string | undefined
}

function Amount({ form, name, label, required = false, description }: AmountProps) {
  return (
    <Field
      label={label}
      required={required}
      optional={!required}
      error={form.errorOf(name)}
      description={description}
    >
      <Input {...form.bind(name)} inputMode="decimal" autoComplete="off" prefix="$" />
    </Field>
  )
}
