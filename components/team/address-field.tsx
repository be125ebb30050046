'use client'

import { CircleAlert, Info, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { cn } from '@/components/ui/class-names'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { endsAddress, parseAddressList } from './address-list'
import type { AddressNote, AddressNotes } from './address-notes'

export type AddressFieldProps = {
  id: string
  addresses: readonly string[]
  text: string
  notes: AddressNotes
  onChange: (part: { addresses?: string[]; text?: string }) => void
  error?: string | undefined
}

/** A list of addresses, typed or pasted; each becomes an entry that can be taken out again. */
export function AddressField({ id, addresses, text, notes, onChange, error }: AddressFieldProps) {
  function take(typed: string) {
    const added = parseAddressList(typed)
    onChange({ addresses: [...new Set([...addresses, ...added])], text: '' })
  }
  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault()
      take(text)
    } else if (event.key === 'Backspace' && text === '' && addresses.length > 0) {
      event.preventDefault()
      // Back into the field, where it can be mended.
      onChange({ addresses: addresses.slice(0, -1), text: addresses.at(-1) ?? '' })
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="E-mail addresses"
        description="Paste a list: commas, semicolons, new lines and names around addresses are fine."
        error={error}
        controlId={id}
      >
        <Textarea
          rows={2}
          value={text}
          autoFocus
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          placeholder="ada@example.com, Linus Berg <linus@example.com>"
          onChange={({ target: { value } }) =>
            endsAddress(value) ? take(value) : onChange({ text: value })
          }
          onKeyDown={press}
          onBlur={() => text.trim() !== '' && take(text)}
        />
      </Field>
      {addresses.length > 0 ? (
        <ul aria-label="People to invite" className="flex flex-wrap gap-1.5">
          {addresses.map((address) => (
            <Chip
              key={address}
              address={address}
              note={notes.get(address)}
              onRemove={() =>
                onChange({ addresses: addresses.filter((other) => other !== address) })
              }
            />
          ))}
        </ul>
      ) : null}
    </div>
  )
}

type ChipProps = { address: string; note: AddressNote | undefined; onRemove: () => void }

function Chip({ address, note, onRemove }: ChipProps) {
  const isProblem = note?.kind === 'problem'
  const Icon = isProblem ? CircleAlert : Info
  return (
    <li
      className={cn(
        'flex max-w-full items-center gap-2 rounded-md border py-1 pr-1 pl-2.5 text-sm',
        isProblem ? 'border-danger-line bg-danger-soft' : 'border-subtle bg-inset',
      )}
    >
      <span className="flex min-w-0 flex-col">
        <span className="truncate text-ink">{address}</span>
        {note ? (
          <span
            className={cn(
              'flex items-center gap-1 text-xs',
              isProblem ? 'text-danger-text' : 'text-muted',
            )}
          >
            <Icon aria-hidden className="size-3 shrink-0" />
            {note.text}
          </span>
        ) : null}
      </span>
      <button
        type="button"
        aria-label={`Remove ${address}`}
        onClick={onRemove}
        className="touch-target grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  )
}
