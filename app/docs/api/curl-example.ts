/** Bodies that a reader can send as they stand. */
const BODIES: Record<string, unknown> = {
  generateToken: { name: 'prod-server', preset: 'runner', expirationDays: 90 },
  rotateToken: { scopes: ['agents:execute', 'traces:write'], expirationDays: 90 },
  patchToken: { name: 'ci-evals' },
  bulkRevokeTokens: { tokenIds: ['01980e2c-7d3a-7000-8000-000000000000'] },
  importTokens: {
    tokens: [
      {
        name: 'support-bot',
        sha256: '<sha256 of the key, 64 hex digits>',
        keyPrefix: 'fx_live_a1B2c3',
        last4: 'x9Zq',
        scopes: ['agents:execute'],
      },
    ],
  },
  createServiceAccount: {
    name: 'nightly-evals',
    description: 'Owned by the evals team; secret in the CI vault',
    scopes: ['agents:test', 'datasets:read'],
    keyExpirationDays: 90,
  },
  patchServiceAccount: { description: 'Owned by the evals team' },
  generateServiceAccountToken: { name: 'blue', expirationDays: 30 },
  startDeviceAuthorization: { preset: 'observer', clientType: 'CLI', clientName: 'Fruxon CLI' },
  approveDeviceAuthorization: { preset: 'observer', expirationDays: 30 },
  patchUser: { role: 'FINANCE' },
  inviteUser: { email: 'mei@example.com', role: 'MEMBER' },
  patchOwnUser: { firstName: 'Mei', lastName: 'Tanaka' },
  patchTokenPolicy: { maxLifetimeDays: 365, expiryRequired: true },
}

const QUERIES: Record<string, string> = {
  getCurrentToken: '?require=agents:execute,traces:write',
  listTokenActivity: '?pageSize=50',
  listAuditEvents: '?eventType=ROTATED,REVOKED&pageSize=50',
  exportAuditEvents: '?format=csv',
  rotateServiceAccount: '?keyExpirationDays=90',
  getAgentEnvironmentCostTimeseries: '?environment=production&environment=staging',
}

/** Where what is not JSON goes. */
const FILES: Record<string, string> = {
  exportAuditEvents: 'audit.csv',
  exportBilling: 'invoices.csv',
  getInvoicePdf: 'invoice.pdf',
}

/**
 * A command line for the operation, with $FRUXON_URL, $TENANT and $FRUXON_TOKEN left to the shell; for people
 * with the session's cookie in place of the token.
 */
export function curlExample(operation: {
  id: string
  method: string
  path: string
  peopleOnly: boolean
  isOpen: boolean
}): string {
  const successor = operation.id.replace(/Deprecated$/, '')
  const path = operation.path
    .replace('{tenant}', '$TENANT')
    .replace('{token}', '$TOKEN_ID')
    .replace('{serviceAccount}', '$SERVICE_ACCOUNT_ID')
    .replace('{user}', '$USER_ID')
    .replace('{invoice}', '$INVOICE_ID')
    .replace('{tenantId}', '$TENANT_ID')
    .replace('{ticket}', '$TICKET')
    .replace('{deviceCode}', '$DEVICE_CODE')
    .replace('{userCode}', '$USER_CODE')
    .replace('{agent}', '$AGENT')
    .replace('{revision}', '*')
    // zsh reads a colon right after a variable as a modifier of it.
    .replaceAll(/\$([A-Z_]+):/g, '$${$1}:')
  const lines = [
    `curl${operation.method === 'GET' ? '' : ` -X ${operation.method}`} "$FRUXON_URL${path}${QUERIES[successor] ?? ''}"`,
    ...credentialOf(operation),
  ]
  const body = BODIES[successor]
  if (successor === 'introspectToken') lines.push(`  --data-urlencode "token=$OTHER_TOKEN"`)
  if (body) {
    lines.push(`  -H "Content-Type: application/json"`)
    lines.push(`  -d '${JSON.stringify(body)}'`)
  }
  const file = FILES[successor]
  if (file) lines.push(`  -o ${file}`)
  return lines.join(' \\\n')
}

function credentialOf({
  method,
  peopleOnly,
  isOpen,
}: Pick<Parameters<typeof curlExample>[0], 'method' | 'peopleOnly' | 'isOpen'>): string[] {
  if (isOpen) return []
  if (!peopleOnly) return ['  -H "Authorization: Bearer $FRUXON_TOKEN"']
  const cookie = '  -b "__Host-fruxon-session=$FRUXON_SESSION"'
  return method === 'GET' ? [cookie] : [cookie, '  -H "Origin: $FRUXON_URL"']
}
