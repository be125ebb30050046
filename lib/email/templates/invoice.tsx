import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Panel, PanelLine, Paragraph, Strong } from '@/lib/email/templates/frame'
import { utcDay } from '@/lib/email/templates/moment'

function InvoiceEmail({ facts, publicUrl }: EmailProps<'invoice'>) {
  const { number, sellerName, sellerEmail, buyerName, amount, dueAt, path } = facts
  const due = amount === null ? 'There is nothing to pay.' : `Please pay by ${utcDay(dueAt)}.`
  return (
    <Frame
      sender={{ name: sellerName }}
      publicUrl={publicUrl}
      preview={amount === null ? due : `${amount}. ${due}`}
      heading={`Invoice ${number}`}
      action={{ label: 'Open the invoice', link: publicUrl + path, ends: null }}
      reason={`You receive this e-mail because this address is a billing address of ${buyerName}. Ask ${sellerEmail ?? sellerName} where something is not right.`}
    >
      <Paragraph>
        Attached is the invoice <Strong>{number}</Strong> for <Strong>{buyerName}</Strong>, as a
        PDF. It says how to pay. The button needs a sign-in; the attachment does not.
      </Paragraph>
      <Panel>
        <PanelLine>Amount due: {amount ?? '$0.00'}</PanelLine>
        <PanelLine>{due}</PanelLine>
      </Panel>
    </Frame>
  )
}

export const invoice: EmailContent<'invoice'> = {
  subject: ({ number, sellerName }) => `Invoice ${number} from ${sellerName}`,
  needsLink: false,
  Email: InvoiceEmail,
}
