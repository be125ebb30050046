import { TabsNav } from '@/components/ui/tabs-nav'

export type InboundTabsProps = { tenant: string; current: 'endpoints' | 'deliveries' }

export function InboundTabs({ tenant, current }: InboundTabsProps) {
  const base = `/${tenant}/settings/inbound`
  return (
    <TabsNav
      label="Inbound"
      items={[
        { href: base, label: 'Endpoints', current: current === 'endpoints' },
        { href: `${base}/deliveries`, label: 'Deliveries', current: current === 'deliveries' },
      ]}
    />
  )
}
