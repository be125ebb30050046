'use client'

import { type FormEvent, type ReactNode, useEffect, useId } from 'react'
import { SecretRevealDone, useSecretCustody } from '@/components/settings/secret-reveal'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import { MintedSecret } from './minted-secret'
import type { Minting } from './use-minting'
import { useTraversalBlock } from './use-traversal-block'

export type MintingSheetProps = {
  title: string
  description: ReactNode
  submitLabel: string
  /** Title once the secret is there: "Token created". */
  doneTitle: string
  size?: 'md' | 'lg' | 'xl' | undefined
  /** The form holds something that closing would lose. */
  dirty: boolean
  minting: Minting
  onSubmit: () => void
  onClose: () => void
  /** The form. */
  children: ReactNode
  /** Beside the submit button: the review sentence. */
  footer?: ReactNode | undefined
}

/**
 * A sheet whose form makes a secret, and which then shows it. Mount it to open it, unmount it to close
 * it: the secret is gone with it.
 */
export function MintingSheet(props: MintingSheetProps) {
  const { minting, onClose, dirty } = props
  const { minted, pending, forget, setting } = minting
  const custody = useSecretCustody()
  const guard = useUnsavedGuard(dirty && minted === null)
  const holdsSecret = minted !== null && minted.token !== null
  useTraversalBlock(holdsSecret && !custody.canClose)

  // A page in the back/forward cache keeps its memory: the browser is told when it is put there.
  useEffect(() => {
    window.addEventListener('pagehide', forget)
    return () => window.removeEventListener('pagehide', forget)
  }, [forget])

  function requestClose() {
    if (!pending) guard.ask(onClose)
  }
  return (
    <Sheet open>
      <SheetContent
        size={props.size ?? 'lg'}
        dismissible={!holdsSecret}
        onRequestClose={requestClose}
      >
        {minted === null ? (
          <FormStep {...props} onCancel={requestClose} />
        ) : (
          <>
            <SheetHeader
              title={props.doneTitle}
              description={minted.token === null ? null : 'Put it into your secret manager.'}
            />
            <SheetBody>
              <MintedSecret
                minted={minted}
                custody={custody}
                publicUrl={setting.publicUrl}
                tenant={setting.tenant}
              />
            </SheetBody>
            <SheetFooter>
              {holdsSecret ? (
                <SecretRevealDone custody={custody} onDone={onClose} />
              ) : (
                <Button variant="primary" onClick={onClose}>
                  Close
                </Button>
              )}
            </SheetFooter>
          </>
        )}
      </SheetContent>
      {guard.dialog}
      {minting.dialog}
    </Sheet>
  )
}

function FormStep({
  title,
  description,
  submitLabel,
  minting,
  onSubmit,
  onCancel,
  children,
  footer,
}: MintingSheetProps & { onCancel: () => void }) {
  const formId = useId()
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <>
      <SheetHeader title={title} description={description} />
      <SheetBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-6">
          {children}
        </form>
      </SheetBody>
      <SheetFooter>
        {footer ? (
          <div className="mr-auto min-w-0 flex-1 basis-full sm:basis-64">{footer}</div>
        ) : null}
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" form={formId} variant="primary" loading={minting.pending}>
          {submitLabel}
        </Button>
      </SheetFooter>
    </>
  )
}
