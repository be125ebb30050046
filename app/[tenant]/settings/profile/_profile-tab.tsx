import { accountContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { ProfilePanel } from '@/app/[tenant]/settings/profile/_tab-code'
import { getProfile } from '@/lib/profile/queries'

/** Who the person is to others, and what is kept about them. */
export async function ProfileTab({ tenant }: { tenant: string }) {
  const ctx = await accountContext(tenant)
  return (
    <ProfilePanel
      tenant={tenant}
      profile={await getProfile(ctx)}
      emailAvailable={emailAvailable()}
    />
  )
}
