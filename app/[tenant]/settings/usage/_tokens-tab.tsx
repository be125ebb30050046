export type TokensTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function TokensTab({ tenant }: TokensTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
