export interface CatalogueEntry {
  status: number
  title: string
  /** When it happens and what to do about it; shown in the documentation. */
  meaning: string
  /** Set only where a registered type exists. */
  type?: string
}

/** The problems of this API. Codes are stable: programs branch on them. */
export const PROBLEMS: Readonly<Record<string, CatalogueEntry>> = {
  invalid_request: {
    status: 400,
    title: 'The request needs a change',
    meaning:
      'Two credentials in one request, or a malformed Authorization or Idempotency-Key header.',
  },
  malformed_json: {
    status: 400,
    title: 'The body is not JSON that is accepted',
    meaning:
      'Not JSON, not UTF-8, nested too deeply, a field given twice, a NUL character, or half a surrogate pair.',
  },
  validation_failed: {
    status: 400,
    title: 'The request needs a change',
    meaning: 'A field or query parameter has a bad value, or is unknown. `errors` names each one.',
  },
  subscriber_has_no_secret: {
    status: 400,
    title: 'The subscriber has no secret',
    meaning: 'An agent is given nothing that it would have to check. Only receivers have one.',
  },
  webhook_has_no_secret: {
    status: 400,
    title: 'The endpoint has no secret',
    meaning: 'Its deliveries carry a token. Only endpoints of senders that sign have one.',
  },
  agent_id_taken: {
    status: 409,
    title: 'The id is taken',
    meaning: 'An agent has, or had, it: ids are never given twice.',
  },
  integration_id_taken: {
    status: 409,
    title: 'The id is taken',
    meaning: 'Another integration has it.',
  },
  already_member: {
    status: 400,
    title: 'Already a member',
    meaning: 'The address belongs to a member of the organization.',
  },
  invitation_expired: {
    status: 400,
    title: 'The invitation has expired',
    meaning: 'Ask for a new one.',
  },
  system_metric: {
    status: 400,
    title: 'The metric is built in',
    meaning: 'Nobody changes a built-in metric. Clone it, and change the copy.',
  },
  metric_not_judged: {
    status: 400,
    title: 'The metric is measured',
    meaning: 'The runtime measures it at each run: there is nothing to try or to copy.',
  },
  dataset_empty: {
    status: 400,
    title: 'The dataset is empty',
    meaning: 'It has no case to run. Add one first.',
  },
  case_does_not_fit: {
    status: 400,
    title: 'A case does not fit a revision',
    meaning:
      'Its input is not what the revision declares. `errors` names each case; change it, or take another revision.',
  },
  unauthenticated: {
    status: 401,
    title: 'A token is needed',
    meaning: 'No usable credential. Send Authorization: Bearer <token>.',
  },
  invalid_token: {
    status: 401,
    title: 'The token is not accepted',
    meaning:
      'Unknown, revoked, rotated, expired or suspended. `reason` says which, to the holder of a real token only.',
  },
  signature_invalid: {
    status: 401,
    title: 'The signature is not accepted',
    meaning:
      'The body was not signed by a known key of GitHub. Only its secret scanning may report there.',
  },
  sign_in_required: {
    status: 401,
    title: 'Somebody must be signed in',
    meaning:
      'The operation is for people: call it with the cookie of a session of the dashboard. No token can do it.',
  },
  not_an_mcp_key: {
    status: 403,
    title: 'Another key is needed',
    meaning: 'An MCP server takes the key that was made for its integration, and no other token.',
  },
  another_integration: {
    status: 403,
    title: 'The key of another integration',
    meaning: 'Each integration has its own key.',
  },
  mcp_disabled: {
    status: 403,
    title: 'The MCP server is disabled',
    meaning: 'An admin can enable it again; the key stays the same.',
  },
  budget_exhausted: {
    status: 402,
    title: 'The budget is spent',
    meaning:
      'A budget of the organization, the agent or the token that is enforced has nothing left this month. Not worth a retry: an admin raises it, or the next month begins.',
  },
  insufficient_scope: {
    status: 403,
    title: 'The caller may not do this',
    meaning:
      '`missingScopes` names what the call needs. Without it: the role is not enough, or the operation is for people and no token can do it.',
  },
  foreign_origin: {
    status: 403,
    title: 'The call came from another site',
    meaning:
      'A cookie is accepted from our own pages only: whatever changes something needs the Origin of this site. An MCP server takes no call of a page of another site either.',
  },
  reauthentication_required: {
    status: 403,
    title: 'A recent proof of identity is needed',
    meaning: 'Confirm in the dashboard that it is you; that is good for 10 minutes.',
  },
  two_factor_required: {
    status: 403,
    title: 'A second factor is needed',
    meaning:
      'The organization wants one of every member. Set it up in the profile, under Security.',
  },
  email_unverified: {
    status: 403,
    title: 'The mailbox is not proven',
    meaning:
      'Invitations are found by e-mail address, so only for who has shown that the mailbox is theirs: by the link in the invitation, or by “Verify this address” in the profile.',
  },
  scope_exceeds_yours: {
    status: 403,
    title: 'More than the caller can do',
    meaning: 'Nobody hands on a scope that they cannot use themselves.',
  },
  life_exceeds_yours: {
    status: 403,
    title: 'Longer than the calling token lives',
    meaning: 'A token never outlives the one that made it.',
  },
  service_account_cannot_mint: {
    status: 403,
    title: 'Service-account tokens make no secrets',
    meaning: 'Use a personal token or the dashboard.',
  },
  bearer_minting_disabled: {
    status: 403,
    title: 'Minting by API is switched off',
    meaning: 'The organization makes and rotates secrets in the dashboard only.',
  },
  not_your_token: {
    status: 403,
    title: 'Not your token',
    meaning: 'Only its owner rotates or changes a personal token; an admin may revoke it.',
  },
  role_insufficient: {
    status: 403,
    title: 'The role is not enough',
    meaning: 'Only an admin of the organization may do this.',
  },
  wrong_tenant: {
    status: 403,
    title: 'The token belongs to another organization',
    meaning: 'Said by auth/health only; every other path answers 404.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    meaning: 'There is nothing here, or you may not see it; the two cannot be told apart.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed',
    meaning: 'The Allow header names the methods of this path.',
  },
  last_admin: {
    status: 409,
    title: 'The only admin',
    meaning: 'Make somebody else an admin first.',
  },
  oneself: {
    status: 409,
    title: 'Yourself',
    meaning: 'Leave the organization in the dashboard instead.',
  },
  last_agent_admin: {
    status: 409,
    title: 'The only admin of the agent',
    meaning: 'Make somebody else an admin of the agent first.',
  },
  request_answered: {
    status: 409,
    title: 'The request is answered',
    meaning: 'Another admin of the agent approved or declined it meanwhile. Nothing was done.',
  },
  agent_changed: {
    status: 409,
    title: 'The agent changed meanwhile',
    meaning: 'Another call won. Read it again; nothing was done.',
  },
  agent_archived: {
    status: 409,
    title: 'The agent is archived',
    meaning: 'Restore it first.',
  },
  no_judged_metric: {
    status: 409,
    title: 'Nothing to score by',
    meaning: 'The agent has no metric that a judge scores. Choose one for it first.',
  },
  nothing_deployed: {
    status: 409,
    title: 'Nothing is deployed',
    meaning: 'The agent has no revision that runs. Deploy one first.',
  },
  delivery_has_run: {
    status: 409,
    title: 'The delivery has run',
    meaning: 'Each delivery from outside starts one run of an agent.',
  },
  run_cancelled: {
    status: 409,
    title: 'The caller left',
    meaning:
      'The connection ended before the answer came. A run of an agent is recorded as failed.',
  },
  deployed_meanwhile: {
    status: 409,
    title: 'Another revision was deployed meanwhile',
    meaning: 'Read the agent again, then decide; nothing was done.',
  },
  invitation_ended: {
    status: 409,
    title: 'The invitation has ended',
    meaning: 'It was used, withdrawn or replaced, or has expired.',
  },
  invitation_other_address: {
    status: 409,
    title: 'The invitation is for another address',
    meaning: 'Sign in with the address that it was sent to.',
  },
  token_ended: {
    status: 409,
    title: 'The token has ended',
    meaning: 'It was revoked, rotated, or has expired: nothing can change it.',
  },
  token_changed: {
    status: 409,
    title: 'The token changed meanwhile',
    meaning: 'Another call won. Read it again; nothing was done.',
  },
  token_exists: {
    status: 409,
    title: 'The key was imported before',
    meaning: 'Nothing of the request was imported.',
  },
  service_account_changed: {
    status: 409,
    title: 'The service account changed meanwhile',
    meaning: 'Another call won. Read it again; nothing was done.',
  },
  service_account_revoked: {
    status: 409,
    title: 'The service account was revoked',
    meaning: 'That is final: create another one.',
  },
  idempotency_in_flight: {
    status: 409,
    title: 'The same request is under way',
    meaning: 'Another request with this Idempotency-Key is not finished. Try again in a moment.',
  },
  idempotency_result_gone: {
    status: 409,
    title: 'What the key made is gone',
    meaning: 'Take a new Idempotency-Key.',
  },
  metric_key_taken: {
    status: 409,
    title: 'The key is taken',
    meaning: 'Another metric has it, built in or your own, deprecated ones included.',
  },
  metric_changed: {
    status: 409,
    title: 'The metric changed meanwhile',
    meaning: 'The `version` that was sent is not the newest. Read it again; nothing was done.',
  },
  metric_deprecated: {
    status: 409,
    title: 'The metric is deprecated',
    meaning: 'Restore it before changing it.',
  },
  metric_limit_reached: {
    status: 409,
    title: 'No more metrics or versions',
    meaning: 'An organization keeps 500 metrics of its own, and a metric 500 versions.',
  },
  dataset_name_taken: {
    status: 409,
    title: 'The name is taken',
    meaning: 'Another dataset has it, in whatever case.',
  },
  dataset_changed: {
    status: 409,
    title: 'The cases changed meanwhile',
    meaning: 'The `version` that was sent is not the newest. Read it again; nothing was done.',
  },
  dataset_limit_reached: {
    status: 409,
    title: 'No more room',
    meaning:
      'An organization keeps 100 datasets, a dataset 500 cases of 8 MB together. Nothing was done.',
  },
  llm_config_changed: {
    status: 409,
    title: 'The config changed meanwhile',
    meaning: 'The `version` that was sent is not the newest. Read it again; nothing was done.',
  },
  too_many_llm_configs: {
    status: 409,
    title: 'No more configs',
    meaning: 'An organization keeps 50 configs of model providers. Remove one first.',
  },
  mcp_key_changed: {
    status: 409,
    title: 'The key has changed',
    meaning: 'Somebody rotated or revoked the MCP key at the same moment. Nothing was done.',
  },
  too_many_integrations: {
    status: 409,
    title: 'Too many integrations',
    meaning: 'An organization has room for 100.',
  },
  device_decided: {
    status: 409,
    title: 'Decided meanwhile',
    meaning: 'Somebody approved or denied the device a moment ago, or its code has just expired.',
  },
  device_grant_expired: {
    status: 410,
    title: 'The sign-in has expired',
    meaning: 'Nobody decided within 10 minutes. Start again.',
  },
  device_grant_used: {
    status: 410,
    title: 'The sign-in was completed before',
    meaning: 'The secret is handed over once. Start again.',
  },
  device_grant_denied: {
    status: 410,
    title: 'The sign-in was turned away',
    meaning: 'Somebody denied it, or whoever approved it may no longer hand that much on.',
  },
  payload_too_large: {
    status: 413,
    title: 'The body is too large',
    meaning:
      'A body may hold 64 KiB, unpacked, and more where usage or spans are reported: the detail says how much.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The media type of the body is not supported',
    meaning:
      'Send Content-Type: application/json, or another type that the header Accept of the answer names, as it is or packed with gzip.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The Idempotency-Key stands for another request',
    meaning: 'A key belongs to one request for 24 hours. Take a new key.',
  },
  quota_exceeded: {
    status: 429,
    title: 'Too many requests',
    meaning: 'Wait for the seconds of Retry-After. `violated-policies` names the limit.',
    type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
  },
  too_many_metrics: {
    status: 429,
    title: 'Too many new metrics',
    meaning:
      'An organization makes 30 a minute. Wait for the seconds of Retry-After, or import a file.',
  },
  too_many_provider_tests: {
    status: 429,
    title: 'Too many tests',
    meaning:
      'An organization tests its model providers 10 times a minute. Wait for the seconds of Retry-After.',
  },
  too_many_mcp_calls: {
    status: 429,
    title: 'Too many calls at once',
    meaning: 'As many calls of the integration are worked on already. Try again after Retry-After.',
  },
  too_many_access_requests: {
    status: 429,
    title: 'Too many requests for access',
    meaning: 'A person asks 20 times an hour. Wait for the seconds of Retry-After.',
  },
  too_many_evaluations: {
    status: 429,
    title: 'Too many evaluations at once',
    meaning: 'An organization has two under way. Wait for one to end, or cancel it.',
  },
  too_many_runs: {
    status: 429,
    title: 'Too many runs at once',
    meaning:
      'The organization has as many runs under way as it may. Wait for the seconds of Retry-After.',
  },
  slow_down: {
    status: 429,
    title: 'Too many looks',
    meaning:
      'The device looks more often than its interval allows (RFC 8628): wait 5 seconds longer between two from now on.',
  },
  too_many_attempts: {
    status: 429,
    title: 'Too many attempts',
    meaning: 'Wait for the seconds of Retry-After.',
  },
  internal_error: {
    status: 500,
    title: 'Something broke on our side',
    meaning: 'Quote the request id to support.',
  },
  provider_not_configured: {
    status: 503,
    title: 'The model provider is not set up',
    meaning:
      'Nobody has set up the provider that the definition names. Add it under Model Providers, or name the provider local, which calls no model.',
  },
  provider_key_unreadable: {
    status: 503,
    title: 'The key of the model provider cannot be read',
    meaning: 'The secret of this installation is another one by now. Enter the key again.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable for a moment',
    meaning: 'The database does not answer. Try again after the seconds of Retry-After.',
  },
  provider_failed: {
    status: 502,
    title: 'The provider failed',
    meaning: 'It did not answer as it should. A run of an agent is recorded as failed.',
  },
  verdict_unreadable: {
    status: 502,
    title: 'The judge gave no score',
    meaning:
      'The model was asked twice and named no level of the scale. What it used is in usage. Choose another model.',
  },
  provider_refused: {
    status: 502,
    title: 'The provider refused',
    meaning:
      'The model, or a setting of the revision, is not to be had there. Change the revision. A run of an agent is recorded as failed.',
  },
  provider_credentials_refused: {
    status: 503,
    title: 'The provider does not accept the key',
    meaning:
      'The key that is set up for the provider is wrong, or may not do this. An admin can change it. A run of an agent is recorded as failed.',
  },
  provider_busy: {
    status: 503,
    title: 'The provider is busy',
    meaning:
      'It is overloaded, or its limit for this key is reached. Wait for the seconds of Retry-After. A run of an agent is recorded as failed.',
  },
  provider_timeout: {
    status: 504,
    title: 'The provider took too long',
    meaning: 'It answered that its own time was over. A run of an agent is recorded as failed.',
  },
  model_timed_out: {
    status: 504,
    title: 'No answer within the time of a call',
    meaning:
      'The call was broken off here. The provider may have worked on it, and charge for it. A run of an agent is recorded as failed.',
  },
}
