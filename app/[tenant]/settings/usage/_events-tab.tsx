export type EventsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

export async function EventsTab({ tenant }: EventsTabProps) {
  return <p className="text-muted text-sm">{tenant}</p>
}
