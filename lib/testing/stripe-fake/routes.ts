import { CHECKOUT_ROUTES } from '@/lib/testing/stripe-fake/checkout'
import { CREDIT_NOTE_ROUTES } from '@/lib/testing/stripe-fake/credit-notes'
import { CUSTOMER_ROUTES } from '@/lib/testing/stripe-fake/customers'
import { INVOICE_ITEM_ROUTES } from '@/lib/testing/stripe-fake/invoice-items'
import { INVOICE_PAYMENT_ROUTES } from '@/lib/testing/stripe-fake/invoice-payments'
import { INVOICE_ROUTES } from '@/lib/testing/stripe-fake/invoice-routes'
import { LIST_PARAMS, listOf } from '@/lib/testing/stripe-fake/listing'
import { PAYMENT_INTENT_ROUTES } from '@/lib/testing/stripe-fake/payment-intents'
import { PAYMENT_METHOD_ROUTES } from '@/lib/testing/stripe-fake/payment-methods'
import { PORTAL_ROUTES } from '@/lib/testing/stripe-fake/portal'
import type { Route } from '@/lib/testing/stripe-fake/route'
import { SETUP_INTENT_ROUTES } from '@/lib/testing/stripe-fake/setup-intents'

const EVENT_ROUTES: readonly Route[] = [
  {
    on: 'GET /v1/events',
    params: [...LIST_PARAMS, 'type', 'types'],
    run({ events }, params) {
      const type = params.text('type')
      const types = type ? [type] : params.texts('types')
      const found = [...events.values()].filter(
        (event) => types.length === 0 || types.includes(event.type),
      )
      return listOf(found, params, '/v1/events')
    },
  },
  { on: 'GET /v1/events/:id', params: [], run: ({ events }, _, id) => events.find(id) },
]

const ROUTES: readonly Route[] = [
  ...CUSTOMER_ROUTES,
  ...PAYMENT_METHOD_ROUTES,
  ...SETUP_INTENT_ROUTES,
  ...CHECKOUT_ROUTES,
  ...PORTAL_ROUTES,
  ...INVOICE_ROUTES,
  ...INVOICE_ITEM_ROUTES,
  ...INVOICE_PAYMENT_ROUTES,
  ...PAYMENT_INTENT_ROUTES,
  ...CREDIT_NOTE_ROUTES,
  ...EVENT_ROUTES,
]

export interface Match {
  route: Route
  id: string
  second: string
}

/** The route of a call, and the ids in its path. */
export function matchRoute(method: string, path: string): Match | null {
  const asked = path.split('/')
  for (const route of ROUTES) {
    const [routeMethod, pattern = ''] = route.on.split(' ')
    const parts = pattern.split('/')
    if (routeMethod !== method || parts.length !== asked.length) continue
    if (!parts.every((part, place) => part.startsWith(':') || part === asked[place])) continue
    const at = (name: string) => decodeURIComponent(asked[parts.indexOf(name)] ?? '')
    return { route, id: at(':id'), second: at(':second') }
  }
  return null
}
