import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Panel, PanelLine, Paragraph, Strong } from '@/lib/email/templates/frame'

function CreditNoteEmail({ facts, publicUrl }: EmailProps<'credit-note'>) {
  const { number, invoiceNumber, sellerName, sellerEmail, buyerName, amount, reason, path } = facts
  return (
    <Frame
      sender={{ name: sellerName }}
      publicUrl={publicUrl}
      preview={`${amount} of invoice ${invoiceNumber} is given back.`}
      heading={`Credit note ${number}`}
      action={{ label: 'Open the credit note', link: publicUrl + path, ends: null }}
      reason={`You receive this e-mail because this address is a billing address of ${buyerName}. Ask ${sellerEmail ?? sellerName} where something is not right.`}
    >
      <Paragraph>
        Attached is the credit note <Strong>{number}</Strong> for <Strong>{buyerName}</Strong>, as a
        PDF. It corrects the invoice <Strong>{invoiceNumber}</Strong>. There is nothing to do.
      </Paragraph>
      <Panel>
        <PanelLine>Given back: {amount}</PanelLine>
        <PanelLine>Reason: {reason}</PanelLine>
      </Panel>
    </Frame>
  )
}

export const creditNote: EmailContent<'credit-note'> = {
  subject: ({ number, sellerName }) => `Credit note ${number} from ${sellerName}`,
  needsLink: false,
  Email: CreditNoteEmail,
}
