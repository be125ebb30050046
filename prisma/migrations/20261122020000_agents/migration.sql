-- Objects that Prisma does not manage: agents, their revisions, what was deployed when, and who may do what.
CREATE SCHEMA agents;

-- `id` is the name that programs, usage, budgets and links use; it never changes and is never given twice.
-- `uid` is for what needs a UUID, such as the audit trail.
CREATE TABLE agents.agent (
  organization_id   uuid    NOT NULL,
  uid               uuid    NOT NULL,
  id                text    NOT NULL,
  display_name      text    NOT NULL,
  description       text    NOT NULL,
  is_public         boolean NOT NULL DEFAULT false,
  -- Null until the first deployment.
  deployed_revision integer,
  -- Numbers given so far: those who add or deploy at once wait for each other here.
  revision_count    integer NOT NULL DEFAULT 0,
  deployment_count  integer NOT NULL DEFAULT 0,
  archived_at       timestamptz(3),
  created_at        timestamptz(3) NOT NULL,
  modified_at       timestamptz(3) NOT NULL,
  -- Who made it: the person or service account, and the token that carried the call. Labels are of that moment.
  maker_kind        text    NOT NULL CHECK (maker_kind IN ('PERSON', 'SERVICE_ACCOUNT')),
  maker_id          uuid    NOT NULL,
  maker_label       text    NOT NULL,
  token_id          uuid,
  family_id         uuid,
  token_name        text,
  PRIMARY KEY (organization_id, uid),
  CONSTRAINT agent_id_key UNIQUE (organization_id, id),
  CHECK (deployed_revision BETWEEN 1 AND revision_count),
  CHECK (NOT (is_public AND archived_at IS NOT NULL)),
  CHECK ((token_id IS NULL) = (family_id IS NULL))
);
CREATE INDEX agent_by_age ON agents.agent (organization_id, created_at, uid);

CREATE TABLE agents.revision (
  organization_id uuid    NOT NULL,
  agent_uid       uuid    NOT NULL,
  number          integer NOT NULL CHECK (number > 0),
  -- As lib/agents/schema.ts has it.
  definition      jsonb   NOT NULL,
  comment         text    NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  maker_kind      text    NOT NULL CHECK (maker_kind IN ('PERSON', 'SERVICE_ACCOUNT')),
  maker_id        uuid    NOT NULL,
  maker_label     text    NOT NULL,
  token_id        uuid,
  family_id       uuid,
  token_name      text,
  PRIMARY KEY (organization_id, agent_uid, number),
  CHECK ((token_id IS NULL) = (family_id IS NULL))
);

CREATE TABLE agents.deployment (
  organization_id   uuid    NOT NULL,
  agent_uid         uuid    NOT NULL,
  number            integer NOT NULL CHECK (number > 0),
  id                uuid    NOT NULL,
  previous_revision integer,
  target_revision   integer NOT NULL,
  created_at        timestamptz(3) NOT NULL,
  maker_kind        text    NOT NULL CHECK (maker_kind IN ('PERSON', 'SERVICE_ACCOUNT')),
  maker_id          uuid    NOT NULL,
  maker_label       text    NOT NULL,
  token_id          uuid,
  family_id         uuid,
  token_name        text,
  PRIMARY KEY (organization_id, agent_uid, number),
  FOREIGN KEY (organization_id, agent_uid, target_revision)
    REFERENCES agents.revision (organization_id, agent_uid, number) ON DELETE CASCADE,
  CHECK ((token_id IS NULL) = (family_id IS NULL))
);

CREATE FUNCTION agents.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Revisions and deployments are never changed: add another.'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER insert_only BEFORE UPDATE ON agents.revision
  FOR EACH ROW EXECUTE FUNCTION agents.refuse_rewriting();
CREATE TRIGGER insert_only BEFORE UPDATE ON agents.deployment
  FOR EACH ROW EXECUTE FUNCTION agents.refuse_rewriting();

-- What somebody may do on one agent besides what their role gives them. Goes with the membership, so that
-- whoever comes back begins with nothing.
CREATE TABLE agents.collaborator (
  organization_id uuid NOT NULL,
  agent_uid       uuid NOT NULL,
  user_id         uuid NOT NULL,
  role            text NOT NULL CHECK (role IN ('VIEWER', 'EDITOR', 'ADMIN')),
  created_at      timestamptz(3) NOT NULL,
  modified_at     timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, agent_uid, user_id),
  FOREIGN KEY (organization_id, agent_uid) REFERENCES agents.agent (organization_id, uid) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, user_id)
    REFERENCES public.memberships (organization_id, user_id) ON DELETE CASCADE
);
CREATE INDEX collaborator_by_user ON agents.collaborator (organization_id, user_id);
