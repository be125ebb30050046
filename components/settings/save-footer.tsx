'use client'

import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { SectionFooter } from './section-card'

export type SaveFooterProps = {
  /** The form differs from what is stored: Save and Cancel appear. */
  dirty: boolean
  saving: boolean
  /** The last save went through and nothing has changed since. */
  saved?: boolean | undefined
  onCancel: () => void
  hint?: ReactNode | undefined
  saveLabel?: string | undefined
  /** The browser can send the form on its own: Save is there without scripts, whatever has changed. */
  withoutScripts?: boolean | undefined
}

/**
 * Inside the card's form. Save is never disabled in advance: submitting shows what is wrong. The
 * strip keeps its height, so nothing jumps when the buttons come and go.
 */
export function SaveFooter({
  dirty,
  saving,
  saved = false,
  onCancel,
  hint,
  saveLabel = 'Save',
  withoutScripts = false,
}: SaveFooterProps) {
  const showButtons = dirty || saving
  return (
    <SectionFooter
      hint={
        <span className="flex items-center gap-2">
          <span>{hint ?? (showButtons ? 'You have unsaved changes.' : null)}</span>
          <output className="inline-flex items-center gap-1.5 text-success-text">
            {saved && !showButtons ? (
              <>
                <Check aria-hidden className="size-4" />
                Saved
              </>
            ) : null}
          </output>
        </span>
      }
      actions={
        showButtons ? (
          <>
            <Button
              variant="ghost"
              onClick={onCancel}
              aria-disabled={saving || undefined}
              className="scriptless:hidden"
            >
              Cancel
            </Button>
            <Button type="submit" variant="primary" loading={saving}>
              {saveLabel}
            </Button>
            <output className="sr-only">{saving ? 'Saving…' : ''}</output>
          </>
        ) : withoutScripts ? (
          <noscript>
            <Button type="submit" variant="primary">
              {saveLabel}
            </Button>
          </noscript>
        ) : null
      }
    />
  )
}
