import { z } from '@hono/zod-openapi'
import { wireScope } from '@/app/v1/_api/wire-schema'
import { PRESETS } from '@/lib/access/presets'
import { RESOURCES, SCOPE_FACTS } from '@/lib/access/scopes'

/** The live vocabulary: clients read it here and hardcode nothing. */
export const scopeCatalogueSchema = z
  .strictObject({
    scopes: z.array(
      z.strictObject({
        id: wireScope,
        resource: z.string(),
        action: z.string(),
        intent: z.string(),
        label: z.string(),
        helper: z.string(),
        risk: z.enum(['LOW', 'MEDIUM', 'HIGH']),
      }),
    ),
    resources: z.array(
      z.strictObject({
        id: z.string(),
        label: z.string(),
        description: z.string(),
        summaryTemplate: z.string(),
      }),
    ),
    presets: z.array(
      z.strictObject({
        id: z.string(),
        label: z.string(),
        tagline: z.string(),
        description: z.string(),
        intent: z.string(),
        scopes: z.array(wireScope),
      }),
    ),
  })
  .openapi('ScopeCatalogue')

/** The answer's text, made at the first call: it never changes while the process lives. */
export function scopeCatalogueText(): string {
  text ??= JSON.stringify({
    scopes: SCOPE_FACTS.map((fact) => ({
      id: fact.id,
      resource: fact.resource,
      action: fact.action,
      intent: fact.action,
      label: fact.label,
      helper: `This token can ${fact.phrase}.`,
      risk: fact.risk.toUpperCase(),
    })),
    resources: Object.entries(RESOURCES).map(([id, resource]) => ({
      id,
      label: resource.label,
      description: resource.description,
      summaryTemplate: `{actions} ${resource.label.toLowerCase()}`,
    })),
    presets: PRESETS.map(({ id, label, tagline, description, intent, scopes }) => ({
      id,
      label,
      tagline,
      description,
      intent,
      scopes,
    })),
  })
  return text
}

let text: string | undefined
