import { z } from '@hono/zod-openapi'
import type { QueryParameter } from '@/app/v1/_api/operation'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/paging'

export const PAGING_PARAMETERS: readonly QueryParameter[] = [
  {
    name: 'pageSize',
    description: `Items a page: ${PAGE_SIZE_DEFAULT} by default, ${PAGE_SIZE_MAX} at most (more is cut). PageSize is understood.`,
    schema: z.number().int().min(0),
  },
  {
    name: 'pageToken',
    description:
      'nextPageToken of the page before, with the same filters. PageToken.Cursor is understood.',
    schema: z.string(),
  },
]

export const ACTIVITY_PARAMETERS: readonly QueryParameter[] = [
  {
    name: 'search',
    description: 'Part of the method, path, status code, address or actor, in any case.',
    schema: z.string().max(200),
  },
  {
    name: 'statusClass',
    description: 'Only answers of one class: 2, 3, 4 or 5.',
    schema: z.number().int().min(2).max(5),
  },
  { name: 'method', description: 'Only one HTTP method.', schema: z.string() },
  ...PAGING_PARAMETERS,
]
