'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { setWebhookSecret } from '@/app/[tenant]/settings/inbound/actions'
import { rotateReceiverSecret } from '@/app/[tenant]/settings/inbound/subscriber-actions'
import { errorAt, type Outcome } from '@/components/settings/action-outcome'
import { FormSheet } from '@/components/settings/form-sheet'
import {
  SecretReveal,
  SecretRevealDone,
  useSecretCustody,
} from '@/components/settings/secret-reveal'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import { OVERLAP_HOURS_DEFAULT } from '@/lib/inbound/limits'
import { PROVIDER_FACTS, type Subscription, type Webhook } from '@/lib/inbound/model'

export type SetSecretSheetProps = {
  tenant: string
  webhook: Webhook
  /** The secret of this receiver; of the sender where it is left out. */
  subscription?: Subscription | undefined
  onClose: () => void
}

const OVERLAPS = [
  { hours: 0, label: 'It ends at once' },
  { hours: 1, label: 'Another hour' },
  { hours: 24, label: 'Another day' },
  { hours: 168, label: 'Another week' },
]

/** Mount to open. Sets or replaces a secret; one that we made is shown once. */
export function SetSecretSheet(props: SetSecretSheetProps) {
  const router = useRouter()
  const [secret, setSecret] = useState<string | null>(null)
  function done(made: string | null) {
    if (made !== null) return setSecret(made)
    notify.success('Signing secret set')
    router.refresh()
    props.onClose()
  }
  return secret === null ? (
    <SetPart {...props} onDone={done} />
  ) : (
    <MadePart {...props} secret={secret} onLeave={() => router.refresh()} />
  )
}

function SetPart({
  tenant,
  webhook,
  subscription,
  onClose,
  onDone,
}: SetSecretSheetProps & { onDone: (made: string | null) => void }) {
  const [pasted, setPasted] = useState('')
  const [overlapHours, setOverlapHours] = useState(OVERLAP_HOURS_DEFAULT)
  const save = useSave()
  const reauthentication = useReauthentication(tenant)
  const { label, secretByUs } = PROVIDER_FACTS[webhook.provider]
  const comesIn = subscription === undefined
  const isFirst = comesIn && webhook.providerSecret === null
  const weMakeIt = pasted.trim() === ''
  async function rotate(): Promise<Outcome<string | null>> {
    const webhookId = webhook.id
    if (subscription !== undefined) {
      const wish = { webhookId, subscriptionId: subscription.id, overlapHours }
      const rotated = await rotateReceiverSecret(tenant, wish)
      return rotated.ok ? { ok: true, data: rotated.data.signingSecret } : rotated
    }
    const secret = weMakeIt ? null : pasted
    const wish = { webhookId, secret, overlapHours: isFirst ? 0 : overlapHours }
    const rotated = await setWebhookSecret(tenant, wish)
    return rotated.ok ? { ok: true, data: rotated.data.secret } : rotated
  }
  function submit() {
    save.run(() => reauthentication.run(rotate), onDone)
  }
  return (
    <FormSheet
      title={isFirst ? 'Set signing secret' : 'Rotate signing secret'}
      description={
        comesIn
          ? `${label} and we share it: it shows that a delivery is really theirs.`
          : `${subscription.subscriberId} and we share it: it shows that a delivery is really ours.`
      }
      dirty={pasted !== ''}
      save={save}
      problemTitle="The secret was not set"
      submitLabel={weMakeIt && (secretByUs || !comesIn) ? 'Make a secret' : 'Set secret'}
      dialogs={reauthentication.dialog}
      onSubmit={submit}
      onClose={onClose}
    >
      {comesIn ? (
        <Field
          label="Signing secret"
          optional={secretByUs}
          description={
            secretByUs
              ? 'Paste the one that the sender shows, or leave it empty: then one is made here, shown once, for you to paste there.'
              : `Paste the one that ${label} shows for this address.`
          }
          error={errorAt(save.problem, '/secret')}
        >
          <Input
            name="secret"
            value={pasted}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => {
              setPasted(event.target.value)
              save.touch()
            }}
          />
        </Field>
      ) : null}
      {isFirst ? null : (
        <Field
          label="The secret before"
          description={
            comesIn
              ? 'For so long deliveries may be signed with either.'
              : 'For so long deliveries are signed with both.'
          }
        >
          <NativeSelect
            name="overlapHours"
            value={overlapHours}
            onChange={(event) => setOverlapHours(Number(event.target.value))}
          >
            {OVERLAPS.map((overlap) => (
              <option key={overlap.hours} value={overlap.hours}>
                {overlap.label}
              </option>
            ))}
          </NativeSelect>
        </Field>
      )}
    </FormSheet>
  )
}

function MadePart({
  subscription,
  secret,
  webhook,
  onClose,
  onLeave,
}: SetSecretSheetProps & { secret: string; onLeave: () => void }) {
  const custody = useSecretCustody()
  function close() {
    onClose()
    onLeave()
  }
  const { label } = PROVIDER_FACTS[webhook.provider]
  return (
    <Sheet open>
      <SheetContent dismissible={false} onRequestClose={() => custody.tryClose(close)}>
        <SheetHeader
          title="Signing secret made"
          description={
            subscription === undefined
              ? `Paste it where ${label} asks for the secret of this address.`
              : `Give it to ${subscription.subscriberId}, and to nobody else.`
          }
        />
        <SheetBody>
          <SecretReveal secret={secret} custody={custody} label="Signing secret" />
        </SheetBody>
        <SheetFooter>
          <SecretRevealDone custody={custody} onDone={close} />
        </SheetFooter>
      </SheetContent>
    </Sheet>
  )
}
