import type { Metadata } from 'next'
import { emailAvailable } from '@/app/_session/email-available'
import { ForgotPasswordForm } from '@/components/auth/forgot-password-form'
import { LinkButton } from '@/components/ui/link-button'

// Whether e-mail can be sent is known to the running product only.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = { title: 'Forgot password' }

export default function ForgotPasswordPage() {
  if (emailAvailable()) return <ForgotPasswordForm />
  return (
    <div className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-ink text-xl">Forgot password</h1>
      <p className="text-muted text-sm">
        This installation sends no e-mail, so it cannot send you a link. Ask whoever runs it for
        help.
      </p>
      <LinkButton href="/sign-in">Back to sign in</LinkButton>
    </div>
  )
}
