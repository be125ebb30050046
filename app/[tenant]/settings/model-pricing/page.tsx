import type { Metadata } from 'next'
import { type SearchParams, TabbedSection } from '@/app/[tenant]/settings/_tabbed-section'
import { tabOf } from '@/app/[tenant]/settings/_tabs'
import { CalculatorTab } from '@/app/[tenant]/settings/model-pricing/_calculator-tab'
import { CorrectionsTab } from '@/app/[tenant]/settings/model-pricing/_corrections-tab'
import { PricesTab } from '@/app/[tenant]/settings/model-pricing/_prices-tab'
import { WhatIfTab } from '@/app/[tenant]/settings/model-pricing/_what-if-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'

const SECTION = sectionOf('model-pricing')

type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'prices', label: 'Prices', Content: PricesTab },
  { id: 'calculator', label: 'Calculator', Content: CalculatorTab },
  { id: 'what-if', label: 'What if', Content: WhatIfTab },
  { id: 'corrections', label: 'Unpriced and corrections', Content: CorrectionsTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · ${SECTION.title}` }
}

export default async function ModelPricingPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  return (
    <TabbedSection
      section={SECTION}
      tabs={TABS}
      tenant={tenant}
      searchParams={await searchParams}
    />
  )
}
