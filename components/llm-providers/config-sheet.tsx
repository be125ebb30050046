'use client'

import { FormSheet, type FormSheetProps } from '@/components/settings/form-sheet'
import { ConfigFields, type ConfigFieldsProps } from './config-fields'
import { type ConnectionTest, TestButton, TestResult } from './connection-test'

export type ConfigSheetProps = Omit<FormSheetProps, 'size' | 'placed' | 'footer' | 'children'> &
  Omit<ConfigFieldsProps, 'problem'> & {
    test: ConnectionTest
    /** Why it cannot be tested as it stands. */
    testHint?: string | undefined
    onTest: () => void
    /** Above the fields. */
    children?: FormSheetProps['children']
  }

/** One form for adding and for editing: fields, a test of what they say, and saving. */
export function ConfigSheet(props: ConfigSheetProps) {
  const { draft, onChange, config, test, testHint, onTest, children, ...sheet } = props
  return (
    <FormSheet
      {...sheet}
      footer={
        <>
          <TestResult result={test.result} />
          {testHint ? (
            <p className="mr-auto basis-full text-muted text-sm">{testHint}</p>
          ) : (
            <TestButton test={test} onTest={onTest} className="mr-auto max-sm:basis-full" />
          )}
        </>
      }
    >
      {children}
      <ConfigFields
        draft={draft}
        onChange={onChange}
        problem={sheet.save.problem ?? test.problem}
        config={config}
      />
    </FormSheet>
  )
}
