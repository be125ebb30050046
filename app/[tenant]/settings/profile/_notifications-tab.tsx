import { dashboardContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { PreferencesPanel } from '@/app/[tenant]/settings/profile/_tab-code'
import { listPreferences } from '@/lib/notifications/preferences'

/** What the person is told, and how. */
export async function NotificationsTab({ tenant }: { tenant: string }) {
  const ctx = await dashboardContext(tenant)
  return (
    <PreferencesPanel
      tenant={tenant}
      now={ctx.now}
      email={ctx.principal.email}
      emailAvailable={emailAvailable()}
      preferences={await listPreferences(ctx)}
    />
  )
}
