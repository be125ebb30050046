'use client'

import { verifyAddress } from '@/app/(auth)/verify-email/[secret]/actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'

export type VerifyEmailPanelProps = { secret: string; email: string }

/** Verifies the address by a press of a button. */
export function VerifyEmailPanel({ secret, email }: VerifyEmailPanelProps) {
  const verification = useSave()
  const address = <strong className="break-all font-medium text-ink">{email}</strong>
  if (verification.saved) {
    return (
      <div role="status" className="flex flex-col items-start gap-3">
        <h1 className="font-semibold text-ink text-xl">Your e-mail address is verified</h1>
        <p className="text-muted text-sm">Invitations to {address} find you from now on.</p>
        <LinkButton href="/" variant="primary">
          Go on
        </LinkButton>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <h1 className="font-semibold text-ink text-xl">Verify your e-mail address</h1>
      <p className="text-muted text-sm">
        Confirm that {address} is the address of your account. If you did not ask for this, close
        this page: nothing changes.
      </p>
      <ProblemNotice problem={verification.problem} title="The address was not verified" />
      <Button
        variant="primary"
        loading={verification.saving}
        onClick={() => verification.run(() => verifyAddress({ secret }))}
      >
        Verify this address
      </Button>
    </div>
  )
}
