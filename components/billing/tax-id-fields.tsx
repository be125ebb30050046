'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { TAX_ID_FORMATS, TAX_ID_TYPES, type TaxIdType } from '@/lib/billing/tax-id'
import type { DetailsFieldsProps } from './details-form'

/** What kind of tax id, and the id; its form and check digits are looked at when it is saved. */
export function TaxIdFields({ draft, change, errorOf }: DetailsFieldsProps) {
  const { taxIdType, taxId } = draft
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="Tax id" error={errorOf('taxId/type')}>
        <NativeSelect
          name="taxId/type"
          value={taxIdType}
          onChange={({ target }) => change({ taxIdType: target.value as TaxIdType | '' })}
        >
          <option value="">None</option>
          {TAX_ID_TYPES.map((type) => (
            <option key={type} value={type}>
              {TAX_ID_FORMATS[type].label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {taxIdType === '' ? null : (
        <Field
          label={TAX_ID_FORMATS[taxIdType].label}
          description={`Such as ${TAX_ID_FORMATS[taxIdType].example}.`}
          error={errorOf('taxId/value')}
        >
          <Input
            name="taxId/value"
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            value={taxId}
            onChange={({ target }) => change({ taxId: target.value })}
          />
        </Field>
      )}
    </div>
  )
}
