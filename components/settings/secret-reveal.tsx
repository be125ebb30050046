'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CheckboxField } from '@/components/ui/checkbox'
import { CopyTextButton } from '@/components/ui/copy-text-button'

export type SecretCustody = {
  /** Copied or declared stored: losing this view loses nothing. */
  canClose: boolean
  stored: boolean
  setStored: (stored: boolean) => void
  markCopied: () => void
  /** Closing was tried too early; the view explains why. */
  refused: boolean
  /** Runs `close` when it may, otherwise shows the reason. */
  tryClose: (close: () => void) => void
}

/** Whether a secret shown once has been taken; kept by the owner of the dialog or sheet. */
export function useSecretCustody(): SecretCustody {
  const [copied, setCopied] = useState(false)
  const [stored, setStored] = useState(false)
  const [refused, setRefused] = useState(false)
  const canClose = copied || stored
  return {
    canClose,
    stored,
    setStored,
    markCopied: () => setCopied(true),
    refused: refused && !canClose,
    tryClose: (close) => (canClose ? close() : setRefused(true)),
  }
}

export type SecretRevealProps = {
  secret: string
  custody: SecretCustody
  /** What the secret is called: "Token secret". */
  label: string
  /** Below the secret: a curl example, facts. */
  children?: ReactNode | undefined
}

/** Shows a secret for the only time. Put it in an overlay with `dismissible={false}`. */
export function SecretReveal({ secret, custody, label, children }: SecretRevealProps) {
  const copyButton = useRef<HTMLButtonElement>(null)

  // Focus is the external system: the one thing to do next is to copy.
  useEffect(() => copyButton.current?.focus(), [])

  return (
    <div className="flex flex-col gap-4">
      <Callout tone="warning" title="Copy it now">
        This is the only time it is shown. It cannot be read again, only replaced.
      </Callout>
      <div className="flex flex-col gap-1.5">
        <span className="font-medium text-ink text-sm">{label}</span>
        <div className="flex flex-col gap-3 rounded-lg border border-control bg-inset p-3">
          <code
            translate="no"
            className="select-all break-all font-mono text-ink text-sm leading-6"
          >
            {secret}
          </code>
          <div>
            <CopyTextButton
              ref={copyButton}
              value={secret}
              label="Copy secret"
              variant="primary"
              onCopied={custody.markCopied}
            />
          </div>
        </div>
      </div>
      {children}
      <SecretCustodyCheck
        custody={custody}
        label="I stored this secret"
        refusal="Copy the secret, or tick that you stored it, before closing."
      />
    </div>
  )
}

export type SecretCustodyCheckProps = {
  custody: SecretCustody
  /** What the person declares: "I stored this secret". */
  label: string
  /** Why it cannot be closed yet. */
  refusal: string
}

/** Holds the tab, and with it the secret, until somebody has it. */
export function SecretCustodyCheck({ custody, label, refusal }: SecretCustodyCheckProps) {
  const { canClose } = custody

  // The browser's tab is the external system: it would take the secret with it.
  useEffect(() => {
    if (canClose) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [canClose])

  return (
    <>
      <CheckboxField
        label={label}
        checked={custody.stored}
        onCheckedChange={(checked) => custody.setStored(checked === true)}
      />
      <div aria-live="polite">
        {custody.refused ? <Callout tone="danger">{refusal}</Callout> : null}
      </div>
    </>
  )
}

export type SecretRevealDoneProps = {
  custody: SecretCustody
  onDone: () => void
  label?: string | undefined
}

/** Looks disabled until the secret is taken, but stays reachable so that it can say why. */
export function SecretRevealDone({ custody, onDone, label = 'Done' }: SecretRevealDoneProps) {
  return (
    <Button
      variant="primary"
      aria-disabled={!custody.canClose || undefined}
      onClick={() => custody.tryClose(onDone)}
    >
      {label}
    </Button>
  )
}
