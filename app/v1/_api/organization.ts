import { z } from '@hono/zod-openapi'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import { epochMs } from '@/app/v1/_api/wire-schema'
import {
  getOrganization,
  type OrganizationProfile,
  updateOrganization,
} from '@/lib/organization/profile'
import { updateOrganizationSchema } from '@/lib/organization/schema'

const TAG = 'Organization'

const organizationSchema = z
  .strictObject({
    id: z.uuid(),
    slug: z.string(),
    displayName: z.string(),
    website: z.string().nullable(),
    logoUrl: z
      .url()
      .nullable()
      .openapi({ description: 'A WebP of 256 px that whoever knows its address may read.' }),
    twoFactorRequired: z.boolean().openapi({
      description:
        'Whether members need a second factor to sign in. Admins change it in the dashboard.',
    }),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('Organization')

const { name: displayName, website } = updateOrganizationSchema.shape
const patchSchema = z.strictObject({ displayName, website })

function organizationToWire(organization: OrganizationProfile, publicUrl: string) {
  const { id, slug, logoId, twoFactorRequired, createdAt, modifiedAt } = organization
  return {
    id,
    slug,
    displayName: organization.name,
    website: organization.website,
    logoUrl: logoId === null ? null : `${publicUrl}/pictures/${logoId}/256.webp`,
    twoFactorRequired,
    createdAt,
    modifiedAt,
  }
}

export const ORGANIZATION_OPERATIONS = [
  operation({
    id: 'getOrganization',
    tag: TAG,
    method: 'get',
    path: TENANT_PREFIX,
    summary: 'Read the organization',
    scope: 'organization:read',
    success: { status: 200, description: 'The organization.', schema: organizationSchema },
    run: async ({ ctx, publicUrl }) =>
      json(organizationToWire(await getOrganization(ctx), publicUrl)),
  }),
  operation({
    id: 'patchOrganization',
    tag: TAG,
    method: 'patch',
    path: TENANT_PREFIX,
    summary: 'Change the organization’s name or website',
    description:
      'Fields left out stay. Its address is changed in the dashboard; older ones go on working here. Needs a token of an admin or a service account.',
    scope: 'organization:write',
    body: { schema: patchSchema, required: true },
    success: { status: 200, description: 'The organization now.', schema: organizationSchema },
    run: async ({ ctx, body, publicUrl }) => {
      const change = { name: body.displayName, website: body.website }
      return json(organizationToWire(await updateOrganization(ctx, change), publicUrl))
    },
  }),
]
