'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { restoreOrganization } from '@/app/[tenant]/settings/general/actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { notify } from '@/components/ui/notify'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'

export type DeletionBannerProps = {
  tenant: string
  /** Epoch ms; null where no end is near. */
  deletesAt: number | null
  now: number
  mayRestore: boolean
}

/** Says when the organization ends, and lets admins call it off. */
export function DeletionBanner({ tenant, deletesAt, now, mayRestore }: DeletionBannerProps) {
  const router = useRouter()
  const save = useSave()
  const banner = useRef<HTMLDivElement>(null)
  const known = useRef(deletesAt)
  // The focus is the external system: what asked for the deletion is gone from the page, far below.
  useEffect(() => {
    if (known.current === null && deletesAt !== null) banner.current?.focus()
    known.current = deletesAt
  }, [deletesAt])
  if (deletesAt === null) return null
  const restore = () =>
    save.run(
      () => restoreOrganization(tenant, {}),
      () => {
        notify.success('Organization restored')
        router.refresh()
      },
    )
  return (
    <div ref={banner} tabIndex={-1} className="flex scroll-mt-20 flex-col gap-3 outline-none">
      <Callout
        tone="danger"
        title="This organization will be deleted"
        actions={
          mayRestore ? (
            <Button loading={save.saving} onClick={restore}>
              Restore organization
            </Button>
          ) : null
        }
      >
        On <AbsoluteTime at={deletesAt} />, <RelativeTime at={deletesAt} now={now} />. Until then
        everything works as before. {mayRestore ? null : 'An admin can still restore it.'}
      </Callout>
      <ProblemNotice problem={save.problem} title="The organization was not restored" />
    </div>
  )
}
