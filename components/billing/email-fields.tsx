'use client'

import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { DetailsFieldsProps } from './details-form'

/** As many as the server takes. */
const EMAILS_MAX = 5

/** Where invoices go: one address a row. */
export function EmailFields({ draft: { emails }, change, errorOf }: DetailsFieldsProps) {
  const put = (place: number, email: string) =>
    change({ emails: emails.map((one, at) => (at === place ? email : one)) })
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">Billing e-mails</legend>
      <p className="text-muted text-xs">
        Invoices and reminders go to all of them. The first one is printed on invoices.
      </p>
      {emails.map((email, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; the text in it changes
        <div key={place} className="flex items-start gap-2">
          <Field
            label={`Billing e-mail ${place + 1}`}
            hideLabel
            error={errorOf(`emails/${place}`)}
            className="flex-1"
          >
            <Input
              name={`emails/${place}`}
              type="email"
              inputMode="email"
              autoComplete="email"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="billing@example.com"
              value={email}
              onChange={({ target }) => put(place, target.value)}
            />
          </Field>
          {emails.length > 1 ? (
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove billing e-mail ${place + 1}`}
              onClick={() => change({ emails: emails.filter((_, at) => at !== place) })}
            >
              <X aria-hidden />
            </Button>
          ) : null}
        </div>
      ))}
      {emails.length < EMAILS_MAX ? (
        <Button
          variant="link"
          className="w-fit"
          onClick={() => change({ emails: [...emails, ''] })}
        >
          <Plus aria-hidden />
          Add another address
        </Button>
      ) : null}
    </fieldset>
  )
}
