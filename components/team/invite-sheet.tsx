'use client'

import { type FormEvent, useId, useState, useTransition } from 'react'
import { invite } from '@/app/[tenant]/settings/team/actions'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { RadioCards } from '@/components/ui/radio-cards'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import { Textarea } from '@/components/ui/textarea'
import type { Role } from '@/lib/access/roles'
import {
  INVITATION_MESSAGE_MAX,
  type InviteOutcome,
  type Member,
  type PendingInvitation,
  type SentInvitation,
} from '@/lib/team/model'
import { AddressField } from './address-field'
import { parseAddressList } from './address-list'
import { type AddressNotes, addressesProblem, notesAbout } from './address-notes'
import { InviteResults } from './invite-results'
import { ROLE_OPTIONS, type TeamFacts } from './team-facts'

export type InviteSheetProps = {
  facts: TeamFacts
  members: readonly Member[]
  invitations: readonly PendingInvitation[]
  onSent: (sent: SentInvitation[]) => void
  onClose: () => void
}

interface Draft {
  addresses: string[]
  /** Typed, not yet an entry of the list. */
  text: string
  role: Role
  message: string
}

const EMPTY: Draft = { addresses: [], text: '', role: 'MEMBER', message: '' }

/** Mount to open. Whom to ask and what they may do; then what became of each address. */
export function InviteSheet({ facts, members, invitations, onSent, onClose }: InviteSheetProps) {
  const [draft, setDraft] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [outcomes, setOutcomes] = useState<InviteOutcome[] | null>(null)
  const [sending, startTransition] = useTransition()
  const formId = useId()
  const guard = useUnsavedGuard(outcomes === null && draft !== EMPTY)
  const notes = notesAbout(draft.addresses, { members, invitations, refused: problem })
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part })
    setProblem(null)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (sending) return
    const addresses = [...new Set([...draft.addresses, ...parseAddressList(draft.text)])]
    change({ addresses, text: '' })
    setTried(true)
    if (addressesProblem(addresses)) {
      return document.getElementById(`${formId}-addresses`)?.focus()
    }
    startTransition(async () => {
      const { role, message } = draft
      const outcome = await attempt(() =>
        invite(facts.tenant, { emails: addresses, role, message }),
      )
      if (!outcome.ok) return setProblem(outcome.problem)
      setOutcomes(outcome.data)
      onSent(outcome.data.filter((one) => one.outcome !== 'already-member'))
    })
  }

  const requestClose = () => {
    if (!sending) guard.ask(onClose)
  }
  return (
    <Sheet open>
      <SheetContent size="lg" onRequestClose={requestClose}>
        {outcomes ? (
          <InviteResults outcomes={outcomes} facts={facts} onClose={onClose} />
        ) : (
          <>
            <SheetHeader
              title="Invite people"
              description={`To ${facts.organizationName}. ${facts.sendsEmail ? 'Each gets a link of their own by e-mail.' : 'This installation sends no e-mail: you get a link for each of them to hand over.'}`}
            />
            <SheetBody>
              <form
                id={formId}
                noValidate
                onSubmit={submit}
                className="flex flex-col gap-6"
                aria-label="Invite people"
              >
                <ProblemNotice problem={problem} title="Nobody was invited" />
                <InviteFields
                  draft={draft}
                  notes={notes}
                  change={change}
                  addressesId={`${formId}-addresses`}
                  addressesError={
                    (tried ? addressesProblem(draft.addresses) : undefined) ??
                    errorAt(problem, '/emails')
                  }
                  messageError={errorAt(problem, '/message')}
                />
              </form>
            </SheetBody>
            <SheetFooter>
              <Button onClick={requestClose}>Cancel</Button>
              <Button type="submit" form={formId} variant="primary" loading={sending}>
                {submitLabel(draft.addresses, notes)}
              </Button>
            </SheetFooter>
          </>
        )}
      </SheetContent>
      {guard.dialog}
    </Sheet>
  )
}

function submitLabel(addresses: readonly string[], notes: AddressNotes): string {
  const count = addresses.filter((address) => {
    const kind = notes.get(address)?.kind
    return kind === undefined || kind === 'info'
  }).length
  return count > 1 ? `Send ${count} invitations` : 'Send invitation'
}

type InviteFieldsProps = {
  draft: Draft
  notes: AddressNotes
  change: (part: Partial<Draft>) => void
  addressesId: string
  addressesError: string | undefined
  messageError: string | undefined
}

function InviteFields(props: InviteFieldsProps) {
  const { draft, notes, change, addressesId, addressesError, messageError } = props
  return (
    <>
      <AddressField
        id={addressesId}
        addresses={draft.addresses}
        text={draft.text}
        notes={notes}
        onChange={change}
        error={addressesError}
      />
      <Field label="Role" group>
        <RadioCards
          columns={1}
          options={ROLE_OPTIONS}
          value={draft.role}
          onValueChange={(role) => change({ role: role as Role })}
        />
      </Field>
      <Field label="Message" optional description="Shown with the invitation." error={messageError}>
        <Textarea
          value={draft.message}
          maxLength={INVITATION_MESSAGE_MAX}
          onChange={(event) => change({ message: event.target.value })}
        />
      </Field>
    </>
  )
}
