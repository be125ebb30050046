'use client'

import { Download, Printer } from 'lucide-react'
import { useEffect, useRef } from 'react'
import {
  SecretCustodyCheck,
  SecretRevealDone,
  useSecretCustody,
} from '@/components/settings/secret-reveal'
import { Button } from '@/components/ui/button'
import { buttonStyles } from '@/components/ui/button-styles'
import { CopyTextButton } from '@/components/ui/copy-text-button'
import { DialogBody, DialogFooter, DialogHeader } from '@/components/ui/dialog'
import { printText } from './printing'

export type RecoveryCodesStepProps = {
  codes: readonly string[]
  /** Whose they are. */
  email: string
  onDone: () => void
}

/** The one showing of recovery codes: the content of a dialog that cannot be dismissed. */
export function RecoveryCodesStep({ codes, email, onDone }: RecoveryCodesStepProps) {
  const custody = useSecretCustody()
  const copyButton = useRef<HTMLButtonElement>(null)
  const title = `Fruxon recovery codes of ${email}`
  const lines = [title, 'Each signs in once.', '', ...codes]
  const stopPrinting = useRef<() => void>(undefined)
  // Focus is the external system: what was pressed to come here is gone. So is what was printed.
  useEffect(() => {
    copyButton.current?.focus()
    return () => stopPrinting.current?.()
  }, [])
  function print() {
    stopPrinting.current?.()
    stopPrinting.current = printText(title, lines)
  }
  return (
    <>
      <DialogHeader
        title="Store your recovery codes"
        description="Each signs you in once when your app or passkey is lost. They are shown only now: put them where only you find them, and not on the phone they stand in for."
      />
      <DialogBody className="flex flex-col gap-4">
        <ul
          aria-label="Recovery codes"
          translate="no"
          className="grid gap-x-6 gap-y-1.5 rounded-lg border border-control bg-inset px-4 py-3 font-mono text-ink text-sm sm:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code} className="select-all whitespace-nowrap">
              {code}
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyTextButton
            ref={copyButton}
            value={codes.join('\n')}
            label="Copy codes"
            variant="primary"
            onCopied={custody.markCopied}
          />
          <a
            download="fruxon-recovery-codes.txt"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${lines.join('\n')}\n`)}`}
            className={buttonStyles()}
            onClick={custody.markCopied}
          >
            <Download aria-hidden />
            Download
          </a>
          <Button onClick={print}>
            <Printer aria-hidden />
            Print
          </Button>
        </div>
        <SecretCustodyCheck
          custody={custody}
          label="I have stored them"
          refusal="Copy or download the codes, or tick that you have stored them, before closing."
        />
      </DialogBody>
      <DialogFooter>
        <SecretRevealDone custody={custody} onDone={onDone} />
      </DialogFooter>
    </>
  )
}
