'use client'

import dynamic from 'next/dynamic'

/** What the tabs show, in files of their own for the browser: one tab does not load another's code. */

export const PriceList = dynamic(() =>
  import('@/components/model-pricing/prices/price-list').then((module) => module.PriceList),
)

export const Calculator = dynamic(() =>
  import('@/components/model-pricing/calculator/calculator').then((module) => module.Calculator),
)
