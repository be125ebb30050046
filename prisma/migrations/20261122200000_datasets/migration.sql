-- Objects that Prisma does not manage: the lists of cases that revisions of agents are evaluated on.

CREATE SCHEMA datasets;

CREATE TABLE datasets.dataset (
  organization_id uuid           NOT NULL,
  id              uuid           NOT NULL,
  name            text           NOT NULL CHECK (name <> ''),
  description     text           NOT NULL,
  -- Goes up with every change of its cases; a rename leaves it.
  version         integer        NOT NULL CHECK (version > 0),
  case_count      integer        NOT NULL CHECK (case_count >= 0),
  created_at      timestamptz(3) NOT NULL,
  modified_at     timestamptz(3) NOT NULL,
  created_by      text           NOT NULL,
  modified_by     text           NOT NULL,
  PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX dataset_name_key ON datasets.dataset (organization_id, lower(name));

CREATE TABLE datasets.dataset_case (
  organization_id uuid           NOT NULL,
  id              uuid           NOT NULL,
  dataset_id      uuid           NOT NULL,
  -- From 1, without gaps.
  position        integer        NOT NULL CHECK (position > 0),
  name            text           CHECK (name <> ''),
  -- What a run is given: one text, or values of the parameters that a revision declares.
  input           text           CHECK (input <> ''),
  parameters      jsonb          CHECK (jsonb_typeof(parameters) = 'object'),
  -- The answer to compare with.
  expected        text           CHECK (expected <> ''),
  -- UTF-8 bytes of all of the above; what limits are counted in.
  bytes           integer        NOT NULL CHECK (bytes >= 0),
  created_at      timestamptz(3) NOT NULL,
  modified_at     timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, id),
  CONSTRAINT dataset_case_position_key UNIQUE (organization_id, dataset_id, position) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((input IS NULL) <> (parameters IS NULL)),
  FOREIGN KEY (organization_id, dataset_id) REFERENCES datasets.dataset (organization_id, id) ON DELETE CASCADE
);
