/** Stands where the key goes: no page knows it. */
const KEY = '<MCP key>'

/** As most clients read it from a file. */
export function clientConfig(id: string, url: string): string {
  const server = { type: 'http', url, headers: { Authorization: `Bearer ${KEY}` } }
  return JSON.stringify({ mcpServers: { [id]: server } }, null, 2)
}

/** Asks for the tools, without a client. */
export function curlExample(url: string): string {
  return [
    `curl -X POST "${url}" \\`,
    `  -H "Authorization: Bearer ${KEY}" \\`,
    '  -H "Content-Type: application/json" \\',
    '  -H "Accept: application/json, text/event-stream" \\',
    `  -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'`,
  ].join('\n')
}
