import { MessagePage } from '@/components/shell/message-page'

/** The front page of an installation that nobody owns yet. */
export function SetupNotice() {
  return (
    <MessagePage title="Open the setup link">
      <p>
        This installation is empty. When it started, the server printed a one-time link that makes
        the first organization and its admin:
      </p>
      <p className="rounded-lg border border-subtle bg-inset px-3 py-2">
        <code className="break-all text-ink text-sm">/setup?link=…</code>
      </p>
      <p>
        Look for it in the terminal or the log. It works once, for 24 hours; a restart prints a new
        one.
      </p>
    </MessagePage>
  )
}
