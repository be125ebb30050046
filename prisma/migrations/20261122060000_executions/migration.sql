-- Objects that Prisma does not manage: runs of agents.
CREATE SCHEMA execution;

-- A row is there before the provider is called, and says how it ended afterwards. What went in and what came out
-- is not kept: docs/decisions/0019.
CREATE TABLE execution.run (
  organization_id     uuid    NOT NULL,
  id                  uuid    NOT NULL,
  agent_uid           uuid    NOT NULL,
  -- As the agent is called by usage, budgets and links; it never changes.
  agent_id            text    NOT NULL,
  revision            integer NOT NULL CHECK (revision > 0),
  -- Groups runs, in the words of who started them.
  session_id          text    NOT NULL,
  -- Whom the caller ran it for, in the caller's words.
  chat_user_id        text,
  -- The delivery from outside that started it.
  delivery_id         uuid,
  -- Who started it: a person, a service account, or a webhook endpoint that a delivery came in by.
  maker_kind          text    NOT NULL CHECK (maker_kind IN ('PERSON', 'SERVICE_ACCOUNT', 'WEBHOOK')),
  maker_id            uuid    NOT NULL,
  maker_label         text    NOT NULL,
  token_id            uuid,
  family_id           uuid,
  token_name          text,
  request_id          text    NOT NULL,
  origin              text    NOT NULL CHECK (origin IN ('PRODUCTION', 'TEST')),
  provider            text    NOT NULL,
  model               text    NOT NULL,
  -- Whose settings led to the model; LOCAL is no model at all.
  model_origin        text    NOT NULL CHECK (model_origin IN ('ORGANIZATION', 'ENVIRONMENT', 'LOCAL')),
  status              text    NOT NULL CHECK (status IN ('RUNNING', 'SUCCEEDED', 'FAILED')),
  -- In the words of the AI SDK: stop, length, content-filter …
  finish_reason       text,
  error_code          text,
  -- Kinds of tokens, disjoint: their sum is the total. Of the local provider they are words.
  input               bigint  NOT NULL DEFAULT 0 CHECK (input >= 0),
  cache_read          bigint  NOT NULL DEFAULT 0 CHECK (cache_read >= 0),
  cache_write         bigint  NOT NULL DEFAULT 0 CHECK (cache_write >= 0),
  output              bigint  NOT NULL DEFAULT 0 CHECK (output >= 0),
  reasoning           bigint  NOT NULL DEFAULT 0 CHECK (reasoning >= 0),
  -- Nano-USD, as usage has them; null while it runs, and where no price was known.
  input_cost          bigint,
  output_cost         bigint,
  started_at          timestamptz(3) NOT NULL,
  -- After this moment a run that says RUNNING is one whose process died.
  expires_at          timestamptz(3) NOT NULL,
  finished_at         timestamptz(3),
  duration_ms         integer,
  PRIMARY KEY (organization_id, id),
  CHECK ((token_id IS NULL) = (family_id IS NULL)),
  CHECK ((input_cost IS NULL) = (output_cost IS NULL)),
  CHECK ((status = 'RUNNING') = (finished_at IS NULL)),
  CHECK ((status = 'FAILED') = (error_code IS NOT NULL))
);
CREATE INDEX run_by_agent ON execution.run (organization_id, agent_uid, id);
CREATE INDEX run_by_session ON execution.run (organization_id, session_id, id);
CREATE INDEX run_under_way ON execution.run (expires_at) WHERE status = 'RUNNING';
-- A delivery runs once. What the provider turned away may be tried again; what was broken off in the middle may
-- have had its effect, and is not.
CREATE UNIQUE INDEX run_by_delivery ON execution.run (organization_id, delivery_id)
  WHERE delivery_id IS NOT NULL AND (status <> 'FAILED' OR error_code = 'interrupted');
