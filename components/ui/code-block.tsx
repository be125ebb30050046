import { cn } from './class-names'
import { CopyButton } from './copy-button'
import { ScrollRegion } from './scroll-region'

export type CodeBlockProps = {
  code: string
  /** Names the block: "curl example". */
  label: string
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean | undefined
  copyable?: boolean | undefined
  className?: string | undefined
}

export function CodeBlock({
  code,
  label,
  wrap = false,
  copyable = true,
  className,
}: CodeBlockProps) {
  return (
    <div className={cn('relative min-w-0 rounded-lg border border-subtle bg-inset', className)}>
      <ScrollRegion label={label} className="rounded-lg">
        <pre
          className={cn(
            'p-3 text-ink text-xs leading-5',
            copyable && 'pr-12',
            wrap ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'w-max min-w-full',
          )}
        >
          <code>{code}</code>
        </pre>
      </ScrollRegion>
      {copyable ? (
        <div className="absolute top-1.5 right-1.5 rounded-md bg-inset">
          <CopyButton value={code} label={`Copy ${label}`} />
        </div>
      ) : null}
    </div>
  )
}
