import type { PrismaClient } from '@/lib/db/generated/client'

/** Models whose every row belongs to one organization. */
const TENANT_MODELS = new Set(['Token', 'ServiceAccount', 'IdempotencyRecord', 'DeviceLogin'])

const CHECKED_BY_WHERE = new Set([
  'findFirst',
  'findFirstOrThrow',
  'findUnique',
  'findUniqueOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
  'update',
  'updateMany',
  'updateManyAndReturn',
  'upsert',
  'delete',
  'deleteMany',
])

function namesOrganization(where: unknown): boolean {
  if (typeof where !== 'object' || where === null) return false
  return Object.entries(where).some(
    ([key, value]) =>
      (key === 'organizationId' && typeof value === 'string') ||
      (key.startsWith('organizationId_') && namesOrganization(value)),
  )
}

/**
 * Refuses a query on a tenant model that does not name its organization, so that a forgotten filter is
 * an exception in every test and never another tenant's data.
 * @throws Error before anything is sent to the database
 */
export function withTenantGuard(prisma: PrismaClient) {
  return prisma.$extends({
    name: 'tenant-guard',
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          if (TENANT_MODELS.has(model) && CHECKED_BY_WHERE.has(operation)) {
            const where = (args as { where?: unknown }).where
            if (!namesOrganization(where)) {
              throw new Error(`${model}.${operation} must name one organizationId in its where.`)
            }
          }
          return query(args)
        },
      },
    },
  })
}
