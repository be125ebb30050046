/** Where a person says what to be told and how; with a kind, at its row. */
export function preferencesHref(tenant: string, kind?: string): string {
  const tab = `/${tenant}/settings/profile?tab=notifications`
  return kind === undefined ? tab : `${tab}&kind=${kind}#${preferenceRowId(kind)}`
}

export function preferenceRowId(kind: string): string {
  return `notice-${kind}`
}
