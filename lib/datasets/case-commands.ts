import type { Context } from '@/lib/context'
import { authorizeOnDataset } from '@/lib/datasets/access'
import {
  auditCases,
  deleteCases,
  insertCases,
  nextVersion,
  requireCaseRoom,
  writeCases,
} from '@/lib/datasets/case-store'
import type { CaseText, Dataset, DatasetCase } from '@/lib/datasets/model'
import { changedMeanwhile } from '@/lib/datasets/refusals'
import { isNothing, isSameText, planReplacement } from '@/lib/datasets/replace-plan'
import { lockDataset, requireCase, selectCases } from '@/lib/datasets/rows'
import type { AddCases, PatchCase, ReplaceCases } from '@/lib/datasets/schema'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'

interface OneDataset {
  dataset: string
}
type OneCase = OneDataset & { case: string }

/**
 * Makes these its cases, in this order. A case that asks the same as before goes on as itself (replace-plan.ts);
 * what is not among them is deleted. Nothing happens where nothing would be another.
 * @throws DomainError not-found | forbidden | conflict `dataset_changed` where `version` is no longer the newest |
 *   `dataset_limit_reached`
 */
export async function replaceCases(
  ctx: Context,
  { dataset, cases, version }: ReplaceCases & OneDataset,
): Promise<Dataset> {
  authorizeOnDataset(ctx, 'datasets:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockDataset(client, ctx, dataset)
    if (version && version !== before.version) throw changedMeanwhile(before.version)
    const old = await selectCases(client, ctx, before.id)
    const plan = planReplacement(old, cases)
    if (isNothing(plan, old)) return before
    await deleteCases(client, ctx, plan.removed)
    const written = plan.cases.map(({ text, before: same }, place) => ({
      ...text,
      id: same?.id ?? newId(),
      position: place + 1,
    }))
    await writeCases(client, ctx, before.id, written)
    await requireCaseRoom(client, ctx, before.id)
    const after = await nextVersion(client, ctx, before.id)
    const count = (outcome: string) => plan.cases.filter((one) => one.outcome === outcome).length
    await auditCases(client, ctx, before, after, {
      added: count('ADDED'),
      changed: count('CHANGED'),
      removed: plan.removed.length,
    })
    return after
  })
}

/** What a change of cases answers with. */
export interface ChangedCases {
  dataset: Dataset
  cases: DatasetCase[]
}

/**
 * Puts cases after those that are there.
 * @throws DomainError not-found | forbidden | conflict `dataset_limit_reached`
 */
export async function addCases(
  ctx: Context,
  { dataset, cases }: AddCases & OneDataset,
): Promise<ChangedCases> {
  authorizeOnDataset(ctx, 'datasets:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockDataset(client, ctx, dataset)
    const added = cases.map((text, place) => ({
      ...text,
      id: newId(),
      position: before.caseCount + place + 1,
    }))
    const inserted = await insertCases(client, ctx, before.id, added)
    await requireCaseRoom(client, ctx, before.id)
    const after = await nextVersion(client, ctx, before.id)
    await auditCases(client, ctx, before, after, { added: cases.length })
    return { dataset: after, cases: inserted }
  })
}

/**
 * Changes one case; what is null or left out stays. An input takes the place of parameters, and the reverse.
 * @throws DomainError not-found | forbidden | conflict `dataset_limit_reached`
 */
export async function patchCase(
  ctx: Context,
  { dataset, case: id, ...change }: PatchCase & OneCase,
): Promise<DatasetCase> {
  authorizeOnDataset(ctx, 'datasets:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockDataset(client, ctx, dataset)
    const old = await requireCase(client, ctx, { dataset, case: id })
    const text = patched(old, change)
    if (isSameText(old, text)) return old
    await writeCases(client, ctx, before.id, [{ ...text, id: old.id, position: old.position }])
    await requireCaseRoom(client, ctx, before.id)
    const after = await nextVersion(client, ctx, before.id)
    const now = await requireCase(client, ctx, { dataset, case: id })
    await auditCases(client, ctx, before, after, { changed: 1 })
    return now
  })
}

/** Deletes one case, for good; those after it move up. @throws DomainError not-found | forbidden */
export async function deleteCase(ctx: Context, { dataset, case: id }: OneCase): Promise<Dataset> {
  authorizeOnDataset(ctx, 'datasets:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockDataset(client, ctx, dataset)
    const old = await requireCase(client, ctx, { dataset, case: id })
    await deleteCases(client, ctx, [old])
    await client.query(
      `UPDATE datasets.dataset_case SET position = position - 1
       WHERE organization_id = $1 AND dataset_id = $2 AND position > $3`,
      [ctx.organization.id, before.id, old.position],
    )
    const after = await nextVersion(client, ctx, before.id)
    await auditCases(client, ctx, before, after, { removed: 1 })
    return after
  })
}

function patched(old: CaseText, change: PatchCase): CaseText {
  const { name, input, parameters, expected } = change
  const asks = input != null || parameters != null ? change : old
  return {
    name: name == null ? old.name : name || null,
    input: asks.input ?? null,
    parameters: asks.parameters ?? null,
    expected: expected == null ? old.expected : expected.trim() ? expected : null,
  }
}
