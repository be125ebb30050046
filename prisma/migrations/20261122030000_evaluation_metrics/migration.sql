-- Objects that Prisma does not manage: the rubrics that runs of agents are scored by, and which agent uses which.

CREATE SCHEMA evaluation;

CREATE TABLE evaluation.metric (
  organization_id uuid    NOT NULL,
  id              uuid    NOT NULL,
  -- What programs and results name it by; never changes.
  key             text    NOT NULL CHECK (key ~ '^[a-z][a-zA-Z0-9]*$' AND length(key) <= 64),
  -- The version that counts.
  version         integer NOT NULL CHECK (version > 0),
  source          text    NOT NULL CHECK (source IN ('CREATED', 'CLONED', 'IMPORTED')),
  -- The key of the metric that it began as a copy of.
  cloned_from     text,
  deprecated_at   timestamptz(3),
  created_at      timestamptz(3) NOT NULL,
  modified_at     timestamptz(3) NOT NULL,
  created_by      text    NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, key),
  CHECK ((source = 'CLONED') = (cloned_from IS NOT NULL))
);

-- How many were made in the last minute is asked before another one is.
CREATE INDEX metric_by_birth ON evaluation.metric (organization_id, created_at DESC);

CREATE TABLE evaluation.metric_version (
  organization_id uuid    NOT NULL,
  metric_id       uuid    NOT NULL,
  version         integer NOT NULL CHECK (version > 0),
  name            text    NOT NULL CHECK (name <> ''),
  -- What the judge reads, to the letter.
  description     text    NOT NULL CHECK (description <> ''),
  default_weight  integer NOT NULL CHECK (default_weight BETWEEN 1 AND 100),
  -- [{ score, label, description }], from the lowest score to the highest.
  levels          jsonb   NOT NULL CHECK (jsonb_typeof(levels) = 'array'),
  pass_score      integer NOT NULL,
  -- The version whose text this one brought back.
  restored_from   integer,
  created_at      timestamptz(3) NOT NULL,
  created_by      text    NOT NULL,
  PRIMARY KEY (organization_id, metric_id, version),
  FOREIGN KEY (organization_id, metric_id) REFERENCES evaluation.metric (organization_id, id) ON DELETE CASCADE
);

-- A score is worth what its version said: no version ever changes, and none goes while its organization is there.
CREATE FUNCTION evaluation.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM public.organizations WHERE id = OLD.organization_id AND deletes_at <= now()
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'A version of an evaluation metric is never changed or removed.';
END
$$;

CREATE TRIGGER keep_version BEFORE UPDATE OR DELETE ON evaluation.metric_version
  FOR EACH ROW EXECUTE FUNCTION evaluation.keep_version();

-- An agent has no row of its own anywhere: this one lends its set an id, for the audit trail.
CREATE TABLE evaluation.agent_set (
  organization_id uuid NOT NULL,
  agent           text NOT NULL CHECK (agent <> ''),
  id              uuid NOT NULL,
  modified_at     timestamptz(3) NOT NULL,
  modified_by     text NOT NULL,
  PRIMARY KEY (organization_id, agent)
);

CREATE TABLE evaluation.agent_metric (
  organization_id uuid    NOT NULL,
  agent           text    NOT NULL,
  -- An own metric, or a built-in one: those are in the code.
  metric_id       uuid    NOT NULL,
  -- As it was given; 0 is what a tiny default comes to beside large ones.
  weight          integer NOT NULL CHECK (weight BETWEEN 0 AND 100),
  PRIMARY KEY (organization_id, agent, metric_id),
  FOREIGN KEY (organization_id, agent) REFERENCES evaluation.agent_set (organization_id, agent) ON DELETE CASCADE
);

CREATE INDEX agent_metric_by_metric ON evaluation.agent_metric (organization_id, metric_id, agent);
