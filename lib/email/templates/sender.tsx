import { Column, Img, Link, Row, Text } from '@react-email/components'
import { productTile, senderName, senderSite, tile } from '@/lib/email/templates/appearance'

export interface Sender {
  name: string
  logoId?: string | null
  website?: string | null
}

/** What concerns a person alone comes from the product. */
export const PRODUCT: Sender = { name: 'Fruxon' }

/** Who writes: logo or initials, name, and the website where there is one. */
export function SenderLine({ sender, publicUrl }: { sender: Sender; publicUrl: string }) {
  const site = webAddress(sender.website)
  return (
    <Row>
      <Column style={{ width: '52px', verticalAlign: 'middle' }}>
        {sender.logoId ? (
          // The name is beside it as text.
          <Img
            src={`${publicUrl}/pictures/${encodeURIComponent(sender.logoId)}/128.png`}
            alt=""
            width="40"
            height="40"
            style={{ borderRadius: '8px' }}
          />
        ) : (
          <div
            className={sender === PRODUCT ? 'button' : 'tile'}
            style={sender === PRODUCT ? productTile : tile}
            data-skip-in-text="true"
            aria-hidden
          >
            {initials(sender.name)}
          </div>
        )}
      </Column>
      <Column style={{ verticalAlign: 'middle' }}>
        <Text className="ink" style={senderName}>
          {sender.name}
        </Text>
        {site ? (
          <Link href={site.href} className="faint" style={senderSite} data-skip-in-text="true">
            {site.host}
          </Link>
        ) : null}
      </Column>
    </Row>
  )
}

/** Only what a browser opens as a page: the organization typed it. */
function webAddress(website: string | null | undefined): URL | null {
  if (!website || !URL.canParse(website)) return null
  const url = new URL(website)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined]
  // Spread, not index: the first character may be two code units.
  return (
    letters
      .map((word) => [...(word ?? '')][0] ?? '')
      .join('')
      .toUpperCase() || '?'
  )
}
