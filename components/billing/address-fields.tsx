'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { taxIdTypeOf } from '@/lib/billing/tax-id'
import type { DetailsFieldsProps } from './details-form'

export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string
  name: string
}

export type AddressFieldsProps = DetailsFieldsProps & { countries: readonly Country[] }

export function AddressFields({ draft, change, errorOf, countries }: AddressFieldsProps) {
  const bind = (name: 'line1' | 'line2' | 'postalCode' | 'city' | 'region') => ({
    name,
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
  })
  function choose(country: string) {
    // What companies there usually have, as long as nothing else was entered.
    const taxIdType =
      draft.taxIdType !== '' && draft.taxId === '' ? taxIdTypeOf(country) : draft.taxIdType
    change({ country, taxIdType })
  }
  return (
    <>
      <Field label="Street and number" error={errorOf('line1')}>
        <Input {...bind('line1')} autoComplete="address-line1" />
      </Field>
      <Field label="Floor, building or department" optional error={errorOf('line2')}>
        <Input {...bind('line2')} autoComplete="address-line2" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <Field label="Postal code" optional error={errorOf('postalCode')}>
          <Input {...bind('postalCode')} autoComplete="postal-code" />
        </Field>
        <Field label="City" error={errorOf('city')}>
          <Input {...bind('city')} autoComplete="address-level2" />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="State or region" optional error={errorOf('region')}>
          <Input {...bind('region')} autoComplete="address-level1" />
        </Field>
        <Field label="Country" error={errorOf('country')}>
          <NativeSelect
            name="country"
            autoComplete="country"
            value={draft.country}
            onChange={({ target }) => choose(target.value)}
          >
            <option value="">Choose the country</option>
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
    </>
  )
}
