import { buttonStyles } from '@/components/ui/button-styles'
import { cn } from '@/components/ui/class-names'
import { CopyTextButton } from '@/components/ui/copy-text-button'
import type { AppSetup } from '@/lib/two-factor/totp'

/** The three ways by which an app learns its secret: scanned, opened on the same phone, typed. */
export function AppSecret({ setup }: { setup: AppSetup }) {
  const readable = (setup.secret.match(/.{1,4}/g) ?? []).join(' ')
  return (
    <div className="flex flex-col gap-4 sm:flex-row sm:items-start">
      {/* As an image: its text is never run as markup. It is black on white in both themes, as scanners want it. */}
      {/* biome-ignore lint/performance/noImgElement: made a moment ago, for this person alone */}
      <img
        alt="QR code with the key for your authenticator app"
        src={`data:image/svg+xml,${encodeURIComponent(setup.qr)}`}
        className="size-44 shrink-0 self-center rounded-lg border border-subtle sm:self-start"
      />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <p className="text-muted">
          Scan the code with the app. Where you cannot scan, type this key into it:
        </p>
        <code
          translate="no"
          className="select-all break-words rounded-md border border-control bg-inset px-3 py-2 font-mono text-ink text-sm leading-6"
        >
          {readable}
        </code>
        <div className="flex flex-wrap gap-2">
          <CopyTextButton size="sm" value={setup.secret} label="Copy key" />
          <a
            href={setup.uri}
            className={cn(buttonStyles({ size: 'sm' }), 'hidden touch:inline-flex')}
          >
            Open in the app
          </a>
        </div>
      </div>
    </div>
  )
}
