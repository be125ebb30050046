import { createApi } from '@/app/v1/_api/api'
import { runtime } from '@/lib/runtime'

/** The same API where Next alone receives /v1 (server.ts answers it before Next otherwise). */

let api: ReturnType<typeof createApi> | undefined

function handle(request: Request): Response | Promise<Response> {
  api ??= createApi(runtime())
  return api.fetch(request, {})
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
