-- Objects that Prisma does not manage: runs of evaluations (docs/decisions/0025).

-- What a run is about is frozen when it is started: revisions and versions of metrics never change, and of the
-- dataset its cases are copied.
CREATE TABLE evaluation.run (
  organization_id    uuid    NOT NULL,
  id                 uuid    NOT NULL,
  agent_uid          uuid    NOT NULL,
  agent_id           text    NOT NULL,
  -- Stays when the dataset goes.
  dataset_id         uuid    NOT NULL,
  dataset_name       text    NOT NULL,
  dataset_version    integer NOT NULL,
  candidate_revision integer NOT NULL CHECK (candidate_revision > 0),
  baseline_revision  integer CHECK (baseline_revision > 0),
  -- [{ metricId, key, name, kind, version, share, passScore, levels, description }], the heaviest first.
  metrics            jsonb   NOT NULL CHECK (jsonb_typeof(metrics) = 'array'),
  -- Both null: the local judge.
  judge_provider     text,
  judge_model        text,
  case_count         integer NOT NULL CHECK (case_count > 0),
  -- Who started it, and the token that carried the call.
  maker_kind         text    NOT NULL CHECK (maker_kind IN ('PERSON', 'SERVICE_ACCOUNT')),
  maker_id           uuid    NOT NULL,
  maker_label        text    NOT NULL,
  token_id           uuid,
  family_id          uuid,
  token_name         text,
  request_id         text    NOT NULL,
  status             text    NOT NULL
    CHECK (status IN ('PENDING', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELLED')),
  error_code         text,
  -- Of 100, as lists show them; written with the end.
  candidate_score    float8,
  baseline_score     float8,
  created_at         timestamptz(3) NOT NULL,
  started_at         timestamptz(3),
  finished_at        timestamptz(3),
  PRIMARY KEY (organization_id, id),
  CHECK ((judge_provider IS NULL) = (judge_model IS NULL)),
  CHECK ((token_id IS NULL) = (family_id IS NULL)),
  CHECK ((status = 'FAILED') = (error_code IS NOT NULL)),
  CHECK ((status IN ('PENDING', 'IN_PROGRESS')) = (finished_at IS NULL))
);
CREATE INDEX evaluation_run_by_agent ON evaluation.run (organization_id, agent_uid, id);
CREATE INDEX evaluation_run_under_way ON evaluation.run (organization_id, id)
  WHERE status IN ('PENDING', 'IN_PROGRESS');

-- A case on a side: what is left of it for ever, and the queue of what is to be worked on.
CREATE TABLE evaluation.run_item (
  organization_id uuid    NOT NULL,
  run_id          uuid    NOT NULL,
  position        integer NOT NULL CHECK (position > 0),
  side            text    NOT NULL CHECK (side IN ('CANDIDATE', 'BASELINE')),
  case_id         uuid    NOT NULL,
  state           text    NOT NULL DEFAULT 'WAITING'
    CHECK (state IN ('WAITING', 'DONE', 'FAILED', 'SKIPPED')),
  error_code      text,
  -- The run of the agent that answered; with it how long it took, and nano-USD where a price was known.
  execution_id    uuid,
  duration_ms     integer,
  input_cost      bigint,
  output_cost     bigint,
  -- Whose turn it is, until next_attempt_at.
  claim           uuid,
  attempts        integer NOT NULL DEFAULT 0,
  -- How often a limit has held it up.
  waits           integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, run_id, position, side),
  FOREIGN KEY (organization_id, run_id) REFERENCES evaluation.run (organization_id, id) ON DELETE CASCADE,
  CHECK ((state = 'FAILED') = (error_code IS NOT NULL)),
  CHECK ((execution_id IS NULL) = (duration_ms IS NULL)),
  CHECK ((input_cost IS NULL) = (output_cost IS NULL))
);
CREATE INDEX run_item_waiting ON evaluation.run_item (next_attempt_at) WHERE state = 'WAITING';

CREATE TABLE evaluation.run_score (
  organization_id uuid    NOT NULL,
  run_id          uuid    NOT NULL,
  position        integer NOT NULL,
  side            text    NOT NULL,
  metric_id       uuid    NOT NULL,
  -- One of the levels, or why there is none.
  score           integer,
  error_code      text,
  -- Nano-USD of judging; 0 of the local judge, null where no price was known or no verdict came.
  cost            bigint,
  PRIMARY KEY (organization_id, run_id, position, side, metric_id),
  FOREIGN KEY (organization_id, run_id, position, side)
    REFERENCES evaluation.run_item (organization_id, run_id, position, side) ON DELETE CASCADE,
  CHECK ((score IS NULL) = (error_code IS NOT NULL))
);

-- Texts go with their case or its dataset, and after EVALUATION_CONTENT_DAYS: answers and reasons hang from what was asked.
CREATE TABLE evaluation.run_text (
  organization_id uuid    NOT NULL,
  run_id          uuid    NOT NULL,
  position        integer NOT NULL,
  case_id         uuid    NOT NULL,
  name            text,
  input           text,
  parameters      json,
  expected        text,
  PRIMARY KEY (organization_id, run_id, position),
  FOREIGN KEY (organization_id, run_id) REFERENCES evaluation.run (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, case_id) REFERENCES datasets.dataset_case (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX run_text_by_case ON evaluation.run_text (organization_id, case_id);

CREATE TABLE evaluation.run_answer (
  organization_id uuid    NOT NULL,
  run_id          uuid    NOT NULL,
  position        integer NOT NULL,
  side            text    NOT NULL,
  answer          text    NOT NULL,
  PRIMARY KEY (organization_id, run_id, position, side),
  FOREIGN KEY (organization_id, run_id, position)
    REFERENCES evaluation.run_text (organization_id, run_id, position) ON DELETE CASCADE
);

CREATE TABLE evaluation.run_reason (
  organization_id uuid    NOT NULL,
  run_id          uuid    NOT NULL,
  position        integer NOT NULL,
  side            text    NOT NULL,
  metric_id       uuid    NOT NULL,
  reason          text    NOT NULL,
  PRIMARY KEY (organization_id, run_id, position, side, metric_id),
  FOREIGN KEY (organization_id, run_id, position)
    REFERENCES evaluation.run_text (organization_id, run_id, position) ON DELETE CASCADE
);
