import { z } from '@hono/zod-openapi'
import { openOperation, personOperation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import { epochMs, epochMsOrNull, wireScopes } from '@/app/v1/_api/wire-schema'
import { devicePreset } from '@/lib/access/device-presets'
import { approveDevice, denyDevice, lookUpDevice } from '@/lib/device-authorization/decide'
import { startDeviceAuthorization } from '@/lib/device-authorization/grants'
import {
  CLIENT_TYPES,
  GRANT_LIFE_SECONDS,
  POLL_INTERVAL_SECONDS,
} from '@/lib/device-authorization/model'
import { pollDeviceAuthorization } from '@/lib/device-authorization/poll'
import {
  approveDeviceSchema,
  devicePresetSchema,
  startDeviceAuthorizationSchema,
} from '@/lib/device-authorization/schema'
import { runtime } from '@/lib/runtime'

const TAG = 'Signing a device in'
const COLLECTION = '/v1/deviceAuthorizations'
const DECISION = `${TENANT_PREFIX}/deviceAuthorizations/{userCode}`

const startedSchema = z
  .strictObject({
    deviceCode: z
      .string()
      .openapi({ description: 'The secret of the device. Show it to nobody; poll with it.' }),
    userCode: z.string().openapi({ example: 'WDJB-MJHT' }),
    verificationUrl: z.url().openapi({ description: 'Where somebody types the code.' }),
    verificationUrlComplete: z.url().openapi({ description: 'The same with the code filled in.' }),
    expiresAt: epochMs,
    expiresInSeconds: z.number().int(),
    pollIntervalSeconds: z.number().int(),
  })
  .openapi('StartedDeviceAuthorization')

const pendingSchema = z
  .strictObject({
    status: z.enum(['PENDING']),
    pollIntervalSeconds: z.number().int(),
    expiresAt: epochMs,
  })
  .openapi('PendingDeviceAuthorization')

const signedInSchema = z
  .strictObject({
    apiKey: z.string().openapi({
      description: 'The personal token, shown this once.',
      example: 'fx_pat_…',
    }),
    tokenId: z.uuid(),
    tokenName: z.string(),
    keyPrefix: z.string(),
    last4: z.string(),
    scopes: wireScopes,
    expiresAt: epochMsOrNull,
    tenantId: z.uuid(),
    tenantSlug: z.string(),
    tenantName: z.string(),
  })
  .openapi('SignedInDevice')

const pendingDeviceSchema = z
  .strictObject({
    userCode: z.string(),
    clientType: z.enum(CLIENT_TYPES),
    clientName: z.string(),
    deviceLabel: z.string().nullable(),
    requestedPreset: devicePresetSchema,
    scopes: wireScopes.openapi({ description: 'What the preset holds.' }),
    requestedIp: z.string().nullable(),
    createdAt: epochMs,
    expiresAt: epochMs,
  })
  .openapi('PendingDevice')

const approvedSchema = z
  .strictObject({
    clientName: z.string(),
    deviceLabel: z.string().nullable(),
    tokenExpiresAt: epochMsOrNull,
  })
  .openapi('ApprovedDevice')

export const DEVICE_AUTHORIZATION_OPERATIONS = [
  openOperation({
    id: 'startDeviceAuthorization',
    tag: TAG,
    method: 'post',
    path: COLLECTION,
    summary: 'Ask to be signed in',
    description: `For programs that have no credential yet (RFC 8628). Show the code and the address to whoever sits there, and poll. The grant lives for ${GRANT_LIFE_SECONDS / 60} minutes. With the same \`deviceId\` a later sign-in of the same person replaces the token of the one before. Presets: \`observer\` reads; \`operator\` also runs and tests; \`developer\` also builds; \`maintainer\` also looks after tokens and deploys; \`admin\` does everything; \`runner\`, \`builder\` and \`read-only\` are those of tokens.`,
    body: { schema: startDeviceAuthorizationSchema, required: true },
    success: { status: 200, description: 'The grant waits.', schema: startedSchema },
    run: async ({ runtime: { db, deviceThrottle: throttle }, request, body, publicUrl }) => {
      const started = await startDeviceAuthorization({ db, throttle, request }, body)
      const page = `${publicUrl}/device`
      return json({
        ...started,
        verificationUrl: page,
        verificationUrlComplete: `${page}?user_code=${started.userCode}`,
        expiresInSeconds: GRANT_LIFE_SECONDS,
        pollIntervalSeconds: POLL_INTERVAL_SECONDS,
      })
    },
  }),
  openOperation({
    id: 'pollDeviceAuthorization',
    tag: TAG,
    method: 'get',
    path: `${COLLECTION}/{deviceCode}`,
    summary: 'Ask what became of it',
    description:
      '202 while nobody has decided; 200 with the token, once; 410 when it has expired, was turned away or was completed before. Who looks more often than the interval gets 429 `slow_down`, and waits 5 seconds longer between two looks from then on.',
    secretInPath: true,
    ends: true,
    success: {
      status: 200,
      description: 'Somebody approved. The token is minted at this moment, and shown this once.',
      schema: signedInSchema,
      waiting: { description: 'Nobody has decided yet.', schema: pendingSchema },
    },
    run: async (call) => {
      const { runtime: door, request } = call
      const outcome = await pollDeviceAuthorization({ ...door, request }, call.text('deviceCode'))
      if (outcome.state === 'pending') {
        const { intervalSeconds: pollIntervalSeconds, expiresAt } = outcome
        const headers = { 'Retry-After': String(pollIntervalSeconds) }
        return json({ status: 'PENDING', pollIntervalSeconds, expiresAt }, 202, headers)
      }
      const { secret, token, organization } = outcome
      return json({
        apiKey: secret,
        tokenId: token.id,
        tokenName: token.name,
        keyPrefix: token.displayPrefix,
        last4: token.last4,
        scopes: token.scopes,
        expiresAt: token.expiresAt,
        tenantId: organization.id,
        tenantSlug: organization.slug,
        tenantName: organization.name,
      })
    },
  }),
  personOperation({
    id: 'lookUpDeviceAuthorization',
    tag: TAG,
    method: 'get',
    path: `${COLLECTION}/{userCode}:lookup`,
    summary: 'Read who asks, by the code on the device',
    description: 'A wrong code, an expired and a decided one are the same 404. Looks are counted.',
    permission: null,
    success: { status: 200, description: 'Who asks, and for what.', schema: pendingDeviceSchema },
    run: async (call) => {
      const { person } = call
      const looker = {
        db: person.db,
        throttle: runtime().userCodeThrottle,
        person,
        ip: person.request.ip,
      }
      const { requestedAt, ...device } = await lookUpDevice(looker, call.text('userCode'))
      const { scopes } = devicePreset(device.requestedPreset)
      return json({ ...device, scopes, createdAt: requestedAt })
    },
  }),
  personOperation({
    id: 'approveDeviceAuthorization',
    tag: TAG,
    method: 'post',
    path: `${DECISION}:approve`,
    summary: 'Let a device sign in',
    description:
      'It gets a personal token of yours in this organization, at its next look. Needs what minting needs: the scope keys:write in your role, a recent proof of identity, scopes that you have yourself, and a life that the token policy allows (90 days unless told). `preset` must repeat what the device asked for; `scopes` may give it less.',
    permission: 'profile:write',
    conflicts: true,
    body: { schema: approveDeviceSchema, required: true },
    success: {
      status: 200,
      description: 'The device hears at its next look.',
      schema: approvedSchema,
    },
    run: async (call) => {
      const input = { ...call.body, userCode: call.text('userCode') }
      return json(await approveDevice(call.ctx, input, runtime().userCodeThrottle))
    },
  }),
  personOperation({
    id: 'denyDeviceAuthorization',
    tag: TAG,
    method: 'post',
    path: `${DECISION}:deny`,
    summary: 'Turn a device away',
    permission: 'profile:write',
    conflicts: true,
    body: { schema: z.strictObject({}), required: false },
    success: { status: 204, description: 'The device hears so at its next look.' },
    run: async (call) => {
      const input = { userCode: call.text('userCode') }
      await denyDevice(call.ctx, input, runtime().userCodeThrottle)
      return empty()
    },
  }),
]
