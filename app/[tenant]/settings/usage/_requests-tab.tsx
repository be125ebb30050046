export type RequestsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function RequestsTab({ tenant }: RequestsTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
