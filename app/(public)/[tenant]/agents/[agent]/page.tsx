import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { PublicProfile } from '@/components/agents/public-profile'
import { readPublicAgent } from '@/lib/agents/public-profile'
import { runtime } from '@/lib/runtime'

type PageProps = { params: Promise<{ tenant: string; agent: string }> }

const profileOf = cache((slug: string, agent: string) =>
  readPublicAgent(runtime().db, { slug, agent }),
)

/** Tells of a private agent what it tells of none: nothing. */
export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, agent } = await params
  const profile = await profileOf(tenant, agent)
  if (!profile) return { title: 'Not found' }
  return {
    title: { absolute: `${profile.agent.displayName} · ${profile.organization.name}` },
    description: profile.agent.description || `An agent of ${profile.organization.name}.`,
  }
}

export default async function PublicAgentPage({ params }: PageProps) {
  const { tenant, agent } = await params
  const profile = await profileOf(tenant, agent)
  if (!profile) notFound()
  const { slug } = profile.organization
  // Not for ever, as a 308 would be: the organization may go back to where it was.
  if (slug !== tenant) redirect(`/${slug}/agents/${agent}`)
  return <PublicProfile profile={profile} />
}
