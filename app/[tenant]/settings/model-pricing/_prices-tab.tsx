export type PricesTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function PricesTab({ tenant }: PricesTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
