import { Avatar } from '@/components/ui/avatar'
import type { PublicAgent } from '@/lib/agents/model'

/** What anybody may read of an agent: what it is for, and whose it is. */
export function PublicProfile({ profile: { agent, organization } }: { profile: PublicAgent }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col gap-8 px-5 py-12 sm:py-20">
      <header className="flex items-center gap-3">
        <Avatar
          name={organization.name}
          seed={organization.slug}
          pictureId={organization.logoId}
          shape="square"
        />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium text-ink text-sm">{organization.name}</span>
          {organization.website ? (
            <a
              href={organization.website}
              rel="noreferrer nofollow ugc"
              className="w-fit max-w-full truncate rounded-xs text-muted text-sm underline decoration-subtle underline-offset-[3px] hover:text-ink"
            >
              {organization.website.replace(/^https?:\/\//, '').replace(/\/$/, '')}
            </a>
          ) : null}
        </span>
      </header>
      <article className="flex flex-col gap-3 rounded-lg border border-subtle bg-surface px-6 py-7 shadow-card">
        <p className="text-muted text-sm">Agent</p>
        <h1 className="font-semibold text-ink text-xl [overflow-wrap:anywhere]">
          {agent.displayName}
        </h1>
        <p className="whitespace-pre-line text-base text-ink [overflow-wrap:anywhere]">
          {agent.description || (
            <span className="text-muted">{organization.name} says nothing more about it yet.</span>
          )}
        </p>
      </article>
      <footer className="mt-auto text-muted text-xs">
        Published by {organization.name} on Fruxon
      </footer>
    </main>
  )
}
