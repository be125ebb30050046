/** The outcome of checking an organization's audit chain from its first event. */
export interface ChainReport {
  ok: boolean
  /** Events that were checked. */
  events: number
  /** Hex; null where broken. */
  headHash: string | null
  firstBrokenSeq: number | null
  /** One plain sentence; null where it is whole. */
  problem: string | null
  /** Epoch ms. */
  checkedAt: number
}
