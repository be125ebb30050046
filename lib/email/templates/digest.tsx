import { Link } from '@react-email/components'
import * as look from '@/lib/email/templates/appearance'
import type { EmailContent, EmailProps } from '@/lib/email/templates/email-content'
import { Frame, Panel, PanelLine, Paragraph, Strong } from '@/lib/email/templates/frame'
import { PRODUCT } from '@/lib/email/templates/sender'

type Facts = EmailProps<'digest'>['facts']

function DigestEmail({ facts, link, publicUrl }: EmailProps<'digest'>) {
  const { displayName, day, notices, more } = facts
  const total = notices.length + more
  return (
    <Frame
      sender={PRODUCT}
      publicUrl={publicUrl}
      preview={notices.map(({ title }) => title).join(' · ')}
      heading={headingOf(total)}
      action={{ label: 'Open your notifications', link: publicUrl + facts.inboxPath, ends: null }}
      reason={
        <>
          You receive this e-mail because you chose a daily e-mail.{' '}
          <Link href={publicUrl + facts.preferencesPath} className="link" style={look.textLink}>
            Change your preferences
          </Link>
        </>
      }
      stop={link === null ? undefined : { label: 'Stop daily e-mails', link }}
    >
      <Paragraph>
        Hello <Strong>{displayName}</Strong>, this is what came up to {day}.
      </Paragraph>
      {notices.map((notice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never again.
        <Notice key={index} notice={notice} publicUrl={publicUrl} />
      ))}
      {more > 0 ? <Paragraph>And {more} more.</Paragraph> : null}
    </Frame>
  )
}

function Notice({ notice, publicUrl }: { notice: Facts['notices'][number]; publicUrl: string }) {
  const { title, body, action, why, organizationName, moment } = notice
  return (
    <Panel>
      <PanelLine>
        <Strong>{title}</Strong>
      </PanelLine>
      <PanelLine>{body}</PanelLine>
      <PanelLine>{[organizationName, moment, why].filter(Boolean).join(' · ')}</PanelLine>
      {action ? (
        <PanelLine>
          <Link href={publicUrl + action.path} className="link" style={look.textLink}>
            {action.label}
          </Link>
        </PanelLine>
      ) : null}
    </Panel>
  )
}

function headingOf(total: number): string {
  return total === 1 ? 'One notification' : `${total} notifications`
}

export const digest: EmailContent<'digest'> = {
  subject: ({ notices, more, day }) => {
    const [only] = notices
    return notices.length + more === 1 && only
      ? only.title
      : `${headingOf(notices.length + more)} up to ${day}`
  },
  needsLink: false,
  Email: DigestEmail,
}
