export type CalculatorTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function CalculatorTab({ tenant }: CalculatorTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
