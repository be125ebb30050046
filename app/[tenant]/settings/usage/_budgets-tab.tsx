export type BudgetsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function BudgetsTab({ tenant }: BudgetsTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
