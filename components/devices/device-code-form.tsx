import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

export type DeviceCodeFormProps = {
  code: string
  /** Why nothing was found under the code. */
  problem: string | null
}

/** The code as the device shows it; the browser itself sends it, scripts or not. */
export function DeviceCodeForm({ code, problem }: DeviceCodeFormProps) {
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">Sign a device in</h1>
        <p className="text-muted text-sm">
          Type the code that your terminal, editor or app is showing you.
        </p>
      </div>
      <form method="get" action="/device" className="flex flex-col items-start gap-4">
        <Field label="Code" error={problem} className="w-full">
          <Input
            name="user_code"
            defaultValue={code}
            placeholder="WDJB-MJHT"
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            maxLength={64}
            required
            className="font-mono uppercase tracking-widest"
          />
        </Field>
        <Button type="submit" variant="primary">
          Continue
        </Button>
      </form>
      <p className="text-muted text-sm">
        Type only a code that you asked for. Somebody who sends you one wants to sign in as you.
      </p>
    </div>
  )
}
