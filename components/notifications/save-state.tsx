import { Check } from 'lucide-react'
import type { Save } from '@/components/settings/use-save'
import { Spinner } from '@/components/ui/spinner'

/** For what is saved without a button: that it happens, and that it has. */
export function SaveState({ save }: { save: Pick<Save, 'saving' | 'saved'> }) {
  return (
    <output className="inline-flex items-center gap-1.5 text-muted text-sm">
      {save.saving ? (
        <>
          <Spinner />
          Saving…
        </>
      ) : null}
      {save.saved && !save.saving ? (
        <>
          <Check aria-hidden className="size-4 text-success-text" />
          Saved
        </>
      ) : null}
    </output>
  )
}
