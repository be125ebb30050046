-- Objects that Prisma does not manage: the accounts at model providers that an organization brings.

CREATE SCHEMA llm;

CREATE TABLE llm.provider_config (
  organization_id  uuid           NOT NULL,
  id               uuid           NOT NULL,
  -- As definitions of agents and prices name it.
  provider         text           NOT NULL,
  display_name     text           NOT NULL,
  base_url         text           NOT NULL,
  -- Sealed for this row and the origin of base_url (lib/llm-providers/key-sealer.ts). Null where none is needed.
  sealed_key       bytea,
  -- Its last characters; null for a short one, which they would give away.
  key_hint         text,
  key_set_at       timestamptz(3),
  test_model       text           NOT NULL,
  enabled          boolean        NOT NULL,
  -- When it was first enabled; until then it is a draft.
  activated_at     timestamptz(3),
  is_default       boolean        NOT NULL,
  -- The last test of what stands here now, and why it failed.
  tested_at        timestamptz(3),
  test_error       text,
  -- Counts the changes, so that of two people who edit at once one is told.
  version          integer        NOT NULL DEFAULT 1,
  created_by_label text           NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  modified_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (id),
  CHECK (enabled OR NOT is_default),
  CHECK (activated_at IS NOT NULL OR NOT enabled),
  CHECK ((sealed_key IS NULL) = (key_set_at IS NULL)),
  CHECK (sealed_key IS NOT NULL OR key_hint IS NULL)
);

-- What a run looks for; and of each provider there is one at most.
CREATE UNIQUE INDEX provider_config_default ON llm.provider_config (organization_id, provider) WHERE is_default;

-- How many tests an organization has begun in its present minute.
CREATE TABLE llm.test_pace (
  organization_id uuid           NOT NULL PRIMARY KEY,
  minute          timestamptz(0) NOT NULL,
  tests           integer        NOT NULL
);
