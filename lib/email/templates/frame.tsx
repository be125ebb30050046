import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from '@react-email/components'
import type { ReactNode } from 'react'
import * as look from '@/lib/email/templates/appearance'
import { utcMoment } from '@/lib/email/templates/moment'
import { type Sender, SenderLine } from '@/lib/email/templates/sender'

interface FrameProps {
  sender: Sender
  publicUrl: string
  /** What lists of e-mails show after the subject. */
  preview: string
  heading: string
  /** One or two sentences, and a panel where there is more to know. */
  children: ReactNode
  /** The one thing to do; `ends` in epoch ms for a link that works once, else null. */
  action?: { label: string; link: string | null; ends: number | null } | undefined
  /** Why the e-mail came, and what to do about one that was not expected. */
  reason: ReactNode
  /** The link that ends e-mails like this one, where that is possible. */
  stop?: { label: string; link: string } | undefined
}

/** What all e-mails share. Tables and inline styles, because mail programs know little else. */
export function Frame({
  sender,
  publicUrl,
  preview,
  heading,
  children,
  action,
  reason,
  stop,
}: FrameProps) {
  return (
    <Html lang="en">
      <Head>
        <title>{heading}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{look.STYLESHEET}</style>
      </Head>
      <Body style={{ margin: 0, padding: 0 }}>
        <Preview>{preview}</Preview>
        <Section className="canvas" style={look.canvas}>
          <div className="canvas-space" style={look.canvasSpace}>
            <Container className="card" style={look.card}>
              <div className="card-space" style={look.cardSpace}>
                <SenderLine sender={sender} publicUrl={publicUrl} />
                <Heading className="ink" style={look.heading}>
                  {heading}
                </Heading>
                {children}
                {action?.link ? <Action {...action} link={action.link} /> : null}
                <Hr className="line" style={look.rule} />
                <Text className="faint" style={look.footer}>
                  {reason}
                </Text>
                {stop ? (
                  <Text className="faint" style={look.footer}>
                    <Link href={stop.link} className="link" style={look.textLink}>
                      {stop.label}
                    </Link>
                  </Text>
                ) : null}
                <Text className="faint" style={{ ...look.footer, margin: 0 }}>
                  Sent by Fruxon,{' '}
                  <Link href={publicUrl} className="link" style={look.link}>
                    {publicUrl}
                  </Link>
                </Text>
              </div>
            </Container>
          </div>
        </Section>
      </Body>
    </Html>
  )
}

function Action({ label, link, ends }: { label: string; link: string; ends: number | null }) {
  return (
    <>
      {/* In the plain text the link below stands for both. */}
      <Button href={link} className="button" style={look.button} data-skip-in-text="true">
        {label}
      </Button>
      <Text className="faint" style={look.small}>
        {ends === null ? `${label}:` : `${label}: the link works once, until ${utcMoment(ends)}.`}
        <br />
        <Link href={link} className="link" style={look.link}>
          {link}
        </Link>
      </Text>
    </>
  )
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="muted" style={look.paragraph}>
      {children}
    </Text>
  )
}

/** A name or value that the eye should find. */
export function Strong({ children }: { children: ReactNode }) {
  return (
    <span className="ink" style={look.strong}>
      {children}
    </span>
  )
}

/** A box of lines: what was changed, by whom, from where. */
export function Panel({ children }: { children: ReactNode }) {
  return (
    <Section className="inset" style={look.panel}>
      <div style={look.panelSpace}>{children}</div>
    </Section>
  )
}

export function PanelLine({ children }: { children: ReactNode }) {
  return (
    <Text className="muted" style={look.panelText}>
      {children}
    </Text>
  )
}
