export type ModelsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function ModelsTab({ tenant }: ModelsTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
