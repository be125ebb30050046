import type { Environment } from '@/lib/env'
import { fetchPublicText } from '@/lib/leaks/fetch-public'
import { GithubKeys } from '@/lib/leaks/github-keys'

/** The keys of the settings. Without any no report of GitHub is taken: all are unsigned then. */
export function openGithubKeys(
  environment: Pick<Environment, 'LEAK_GITHUB_KEYS' | 'LEAK_GITHUB_KEYS_URL'>,
  onFailure: (error: unknown) => void,
): GithubKeys {
  const { LEAK_GITHUB_KEYS: fixed = null, LEAK_GITHUB_KEYS_URL: address } = environment
  const fetchList = address === undefined ? null : () => fetchPublicText(address)
  return new GithubKeys({ fixed, fetchList, onFailure })
}
