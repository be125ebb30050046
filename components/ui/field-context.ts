'use client'

import { createContext, use } from 'react'

export type FieldWiring = {
  /** Absent in a field that names a set: its controls keep their own ids. */
  controlId: string | undefined
  labelId: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

export const FieldContext = createContext<FieldWiring | null>(null)

type ControlAria = {
  id?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling' | undefined
  'aria-required'?: boolean | 'true' | 'false' | undefined
}

/**
 * Id and ARIA state for a control. Inside a Field the Field's id wins, because its label points there;
 * a control that needs a known id gets it through the Field's `controlId`.
 */
export function useFieldControl(own: ControlAria): ControlAria {
  const field = use(FieldContext)
  if (!field?.controlId) {
    return {
      id: own.id,
      'aria-describedby': own['aria-describedby'],
      'aria-invalid': own['aria-invalid'],
      'aria-required': own['aria-required'],
    }
  }
  const describedBy = [own['aria-describedby'], field.describedBy].filter(Boolean).join(' ')
  return {
    id: field.controlId,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': own['aria-invalid'] ?? (field.invalid || undefined),
    'aria-required': own['aria-required'] ?? (field.required || undefined),
  }
}
