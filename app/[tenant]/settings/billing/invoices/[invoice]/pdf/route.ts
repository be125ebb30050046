import { downloadHeaders, nothingHere } from '@/app/_serving/text-download'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { isDomainError } from '@/lib/errors'
import { renderInvoicePdf } from '@/lib/invoices/invoice-pdf'
import { getInvoice } from '@/lib/invoices/invoices'
import { runtime } from '@/lib/runtime'

type RouteContext = { params: Promise<{ tenant: string; invoice: string }> }

/**
 * An invoice or credit note as it was issued. Nobody keeps it on the way: a browser that did would show it to whoever
 * uses it next, and to who may no longer see it.
 */
export async function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  const { tenant, invoice } = await params
  const ctx = await dashboardContext(tenant)
  try {
    const { snapshot } = await getInvoice(ctx, { invoiceId: invoice })
    const { fallbackFonts } = runtime().billing
    const bytes = await renderInvoicePdf(snapshot, { fallbackFonts })
    return new Response(new Uint8Array(bytes), {
      headers: {
        ...downloadHeaders('application/pdf', `${snapshot.number}.pdf`),
        'Content-Length': String(bytes.length),
      },
    })
  } catch (error) {
    if (isDomainError(error) && ['forbidden', 'not-found'].includes(error.kind)) {
      return nothingHere()
    }
    throw error
  }
}
