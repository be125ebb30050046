/** Writes into the address without a round trip to the server; what is empty or null takes a parameter away. */
export function replaceSearchParams(
  changes: Record<string, string | readonly string[] | null>,
): void {
  const url = new URL(window.location.href)
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.delete(name)
    for (const one of [value ?? []].flat()) if (one) url.searchParams.append(name, one)
  }
  window.history.replaceState(null, '', url)
}
