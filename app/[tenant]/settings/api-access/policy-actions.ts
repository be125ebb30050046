'use server'

import { action } from '@/app/_session/action-result'
import { previewTokenPolicy, updateTokenPolicy } from '@/lib/organization/policy'
import { tokenPolicyPatchSchema } from '@/lib/organization/schema'

// A card sends its own rule only: what another admin changed in the others meanwhile stays.

export const previewPolicyChange = action(tokenPolicyPatchSchema, previewTokenPolicy)

export const saveTokenPolicy = action(tokenPolicyPatchSchema, updateTokenPolicy)
