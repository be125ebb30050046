import { Download } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { buttonStyles } from '@/components/ui/button-styles'

/** Everything that is kept about the person, as a file. */
export function ExportCard({ tenant }: { tenant: string }) {
  return (
    <SectionCard
      title="My data"
      description="What is kept about you in all your organizations, as JSON."
      actions={
        // A plain link: a router link would fetch the file ahead of the click.
        <a href={`/${tenant}/settings/profile/export`} download className={buttonStyles()}>
          <Download aria-hidden />
          Export my data
        </a>
      }
    />
  )
}
