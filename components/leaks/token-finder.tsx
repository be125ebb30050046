'use client'

import { useRef, useState } from 'react'
import { identify } from '@/app/[tenant]/settings/api-access/leak-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard, SectionFooter } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import type { useRevocation } from '@/components/tokens/use-revocation'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { useEarlyInput } from '@/components/ui/use-early-input'
import type { IdentifiedToken } from '@/lib/leaks/identify'
import { FoundTokens } from './found-tokens'

export type TokenFinderProps = {
  tenant: string
  now: number
  revocation: ReturnType<typeof useRevocation>
}

/**
 * Whose token is this? The text is in this component until the answer is there, and nowhere else: the field has
 * no name, so that no browser ever puts it into an address or offers it again.
 */
export function TokenFinder({ tenant, now, revocation }: TokenFinderProps) {
  const [text, setText] = useState('')
  const [empty, setEmpty] = useState(false)
  const [found, setFound] = useState<IdentifiedToken[] | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const save = useSave()
  useEarlyInput(field, text, (control) => setText(control.value))

  function find() {
    setFound(null)
    setEmpty(text.trim() === '')
    if (text.trim() === '') return field.current?.focus()
    save.run(
      () => identify(tenant, { text }),
      (answer) => {
        setFound(answer)
        setText('')
      },
    )
  }
  const complaint = empty ? 'Paste the text that holds the token.' : errorAt(save.problem, '/text')
  return (
    <form
      noValidate
      method="post"
      onSubmit={(event) => {
        event.preventDefault()
        if (!save.saving) find()
      }}
    >
      <SectionCard
        title="Whose token is this?"
        description="Found a token in a log, a chat or a repository? Paste it, or the lines around it."
        footer={
          <SectionFooter
            hint="Nothing is kept: the text is compared once, by digest, and forgotten."
            actions={
              <Button type="submit" variant="primary" loading={save.saving}>
                Find
              </Button>
            }
          />
        }
      >
        <div className="flex flex-col gap-4">
          <Field label="Text with tokens in it" hideLabel error={complaint}>
            <Textarea
              ref={field}
              mono
              rows={3}
              value={text}
              placeholder="fx_pat_…"
              autoComplete="off"
              autoCapitalize="off"
              autoCorrect="off"
              spellCheck={false}
              data-1p-ignore
              data-lpignore="true"
              onChange={(event) => {
                setText(event.target.value)
                setEmpty(false)
                save.touch()
              }}
            />
          </Field>
          {complaint === undefined ? (
            <ProblemNotice problem={save.problem} title="The text was not looked through" />
          ) : null}
          <div aria-live="polite" className="-mt-4 not-empty:mt-0">
            {found ? (
              <FoundTokens tenant={tenant} now={now} found={found} revocation={revocation} />
            ) : null}
          </div>
        </div>
      </SectionCard>
    </form>
  )
}
