import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** The error line of a set of controls that no single Field can hold. */
export function FieldErrorText({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} aria-live="polite" className="not-empty:contents">
      {children ? (
        <p className="flex items-start gap-1.5 text-danger-text text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          <span>{children}</span>
        </p>
      ) : null}
    </div>
  )
}
