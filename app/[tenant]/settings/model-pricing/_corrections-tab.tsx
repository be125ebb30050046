export type CorrectionsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function CorrectionsTab({ tenant }: CorrectionsTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
