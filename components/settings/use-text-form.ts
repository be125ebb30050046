'use client'

import { useState } from 'react'
import { errorAt } from './action-outcome'
import { type FormState, NOTHING_SENT } from './form-state'
import { type Save, useSave } from './use-save'

export interface TextForm<Values extends Record<string, string>> {
  values: Values
  dirty: boolean
  /** What the values are compared with. */
  stored: Values
  save: Save
  change: (part: Partial<Values>) => void
  /** What a text control needs to know of its part of the form. */
  bind: (name: keyof Values & string) => {
    name: string
    value: string
    onChange: (event: { target: { value: string } }) => void
  }
  /** The server's complaint about a field. */
  errorOf: (name: keyof Values & string) => string | undefined
  /** These values are stored now. */
  keep: (stored: Values) => void
  /** Back to what is stored. */
  reset: () => void
}

/**
 * A form of text fields: what is typed, whether it differs from what is stored, and how saving went.
 * @param sent what became of the form where the browser sent it before the scripts came
 */
export function useTextForm<Values extends Record<string, string>>(
  initial: Values,
  sent: FormState = NOTHING_SENT,
): TextForm<Values> {
  const [stored, setStored] = useState(initial)
  const [values, setValues] = useState<Values>({ ...initial, ...(sent.problem && sent.values) })
  const save = useSave(sent)
  function change(part: Partial<Values>) {
    setValues((latest) => ({ ...latest, ...part }))
    save.touch()
  }
  return {
    values,
    dirty: Object.keys(values).some((name) => values[name] !== stored[name]),
    stored,
    save,
    change,
    bind: (name) => ({
      name,
      value: values[name] ?? '',
      onChange: ({ target }) => change({ [name]: target.value } as Partial<Values>),
    }),
    errorOf: (name) => errorAt(save.problem, `/${name}`),
    keep(next) {
      setStored(next)
      setValues(next)
    },
    reset: () => change(stored),
  }
}
