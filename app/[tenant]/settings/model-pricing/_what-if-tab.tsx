export type WhatIfTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function WhatIfTab({ tenant }: WhatIfTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
