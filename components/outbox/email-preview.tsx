'use client'

import { useState } from 'react'
import { SegmentedControl } from '@/components/ui/segmented-control'

const FORMS = [
  { value: 'html', label: 'As shown' },
  { value: 'text', label: 'Plain text' },
] as const

export type EmailPreviewProps = { html: string; text: string }

/** An e-mail as its reader sees it. Links lead nowhere: the real ones are only in the e-mail itself. */
export function EmailPreview({ html, text }: EmailPreviewProps) {
  const [form, setForm] = useState<(typeof FORMS)[number]['value']>('html')
  return (
    <div className="flex min-w-0 flex-col items-start gap-3">
      <SegmentedControl
        label="Form of the e-mail"
        options={FORMS}
        value={form}
        onValueChange={setForm}
      />
      {form === 'html' ? (
        <iframe
          title="The e-mail"
          srcDoc={html}
          // Nothing is allowed: no scripts, no forms, no way out.
          sandbox=""
          className="h-[max(28rem,calc(100dvh-22rem))] w-full rounded-lg border border-subtle bg-white"
        />
      ) : (
        <pre className="w-full overflow-x-auto whitespace-pre-wrap rounded-lg border border-subtle bg-surface p-4 font-mono text-sm">
          {text}
        </pre>
      )}
    </div>
  )
}
