'use client'

import {
  SecretReveal,
  SecretRevealDone,
  useSecretCustody,
} from '@/components/settings/secret-reveal'
import { CodeBlock } from '@/components/ui/code-block'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { Integration } from '@/lib/integrations/model'
import { clientConfig } from './mcp-words'

export type McpKeySheetProps = {
  apiKey: string
  integration: Integration
  url: string
  onClose: () => void
}

/** Mount to open. The only time that the key is shown. */
export function McpKeySheet({ apiKey, integration, url, onClose }: McpKeySheetProps) {
  const custody = useSecretCustody()
  return (
    <Sheet open>
      <SheetContent size="lg" dismissible={false} onRequestClose={() => custody.tryClose(onClose)}>
        <SheetHeader
          title={`MCP key of ${integration.displayName}`}
          description="Clients send it with every call. It calls this MCP server and nothing else."
        />
        <SheetBody>
          <SecretReveal secret={apiKey} custody={custody} label="MCP key">
            <div className="flex flex-col gap-1.5">
              <span className="font-medium text-ink text-sm">Configuration of a client</span>
              <CodeBlock
                code={clientConfig(integration.id, url)}
                label="client configuration"
                wrap
              />
              <p className="text-muted text-sm">
                Put the key where the placeholder is, best through an environment variable.
              </p>
            </div>
          </SecretReveal>
        </SheetBody>
        <SheetFooter>
          <SecretRevealDone custody={custody} onDone={onClose} />
        </SheetFooter>
      </SheetContent>
    </Sheet>
  )
}
