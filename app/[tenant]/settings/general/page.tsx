import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { AddressCard } from '@/components/organization/address-card'
import { DangerZone } from '@/components/organization/danger-zone'
import { DeletionBanner } from '@/components/organization/deletion-banner'
import { FactsCard } from '@/components/organization/facts-card'
import { IdentityCard } from '@/components/organization/identity-card'
import { LogoCard } from '@/components/organization/logo-card'
import { OrganizationFacts } from '@/components/organization/organization-facts'
import { PageHeader } from '@/components/settings/page-header'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import { ROLE_FACTS } from '@/lib/access/roles'
import { getOrganization } from '@/lib/organization/profile'
import { runtime } from '@/lib/runtime'

const SECTION = sectionOf('general')

type PageProps = { params: Promise<{ tenant: string }> }

export const metadata: Metadata = { title: SECTION.title }

export default async function GeneralPage({ params }: PageProps) {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  const { principal, now } = ctx
  if (!SECTION.visibleTo(principal)) notFound()
  const organization = await getOrganization(ctx)
  const mayChange = can(principal, 'organization:write') && seesOrganizationInventory(principal)
  const origin = new URL(runtime().environment.PUBLIC_URL).origin
  return (
    <>
      <PageHeader title={SECTION.title} description={SECTION.description} />
      <div className="flex max-w-form flex-col gap-6">
        <DeletionBanner
          tenant={tenant}
          deletesAt={organization.deletesAt}
          now={now}
          mayRestore={mayChange}
        />
        {mayChange ? (
          <>
            <IdentityCard tenant={tenant} organization={organization} />
            <LogoCard tenant={tenant} organization={organization} />
            <AddressCard tenant={tenant} origin={origin} slug={organization.slug} />
            <FactsCard organization={organization} />
          </>
        ) : (
          <OrganizationFacts
            organization={organization}
            origin={origin}
            roleLabel={ROLE_FACTS[principal.role].label}
          />
        )}
        <DangerZone
          tenant={tenant}
          organization={organization}
          mayDelete={mayChange}
          sendsEmail={emailAvailable()}
        />
      </div>
    </>
  )
}
