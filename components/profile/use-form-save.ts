'use client'

import type { RefObject } from 'react'
import { attempt } from '@/components/settings/action-outcome'
import { type Save, useSave } from '@/components/settings/use-save'

/** `useSave` for a form whose fields have the names that the server complains about: focuses the first. */
export function useFormSave(form: RefObject<HTMLFormElement | null>): Save {
  const save = useSave()
  return {
    ...save,
    run: (call, onDone) =>
      save.run(async () => {
        const outcome = await attempt(call)
        const pointer = outcome.ok ? undefined : outcome.problem.errors[0]?.pointer
        if (pointer) {
          const field = form.current?.elements.namedItem(pointer.slice(1))
          if (field instanceof HTMLInputElement) field.focus()
        }
        return outcome
      }, onDone),
  }
}
