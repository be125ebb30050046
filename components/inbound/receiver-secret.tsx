'use client'

import {
  SecretReveal,
  SecretRevealDone,
  useSecretCustody,
} from '@/components/settings/secret-reveal'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'

export type ReceiverSecretProps = {
  title: string
  description: string
  secret: string
  onLeave: () => void
}

/** Mount in place of the sheet that made the secret of a receiver: shown this once. */
export function ReceiverSecret({ title, description, secret, onLeave }: ReceiverSecretProps) {
  const custody = useSecretCustody()
  return (
    <Sheet open>
      <SheetContent size="lg" dismissible={false} onRequestClose={() => custody.tryClose(onLeave)}>
        <SheetHeader title={title} description={description} />
        <SheetBody>
          <SecretReveal secret={secret} custody={custody} label="Signing secret of the receiver">
            <p className="text-muted text-sm">
              Forwards carry webhook-id, webhook-timestamp and webhook-signature, as the Standard
              Webhooks specification has them: any of its libraries checks them with this secret.
            </p>
          </SecretReveal>
        </SheetBody>
        <SheetFooter>
          <SecretRevealDone custody={custody} onDone={onLeave} />
        </SheetFooter>
      </SheetContent>
    </Sheet>
  )
}
