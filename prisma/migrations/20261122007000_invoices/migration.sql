-- Objects that Prisma does not manage: what was billed, and the documents that say so. What is written here
-- outlives the organization, and is never changed but for what has become of a document.

CREATE FUNCTION billing.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was billed is never changed or removed: void it, or issue a credit note.'
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- ── Seats: who came and went, for member-days. Rows are only added ───────────────────────────────────
-- A membership that ends is deleted, so memberships alone do not tell of the past.
CREATE TABLE billing.seat_change (
  organization_id uuid           NOT NULL,
  seq             bigint         GENERATED ALWAYS AS IDENTITY,
  user_id         uuid           NOT NULL,
  at              timestamptz(3) NOT NULL,
  change          smallint       NOT NULL CHECK (change IN (-1, 1)),
  PRIMARY KEY (organization_id, seq)
);
CREATE INDEX seat_change_by_time ON billing.seat_change (organization_id, at);

INSERT INTO billing.seat_change (organization_id, user_id, at, change)
SELECT organization_id, user_id, created_at, 1 FROM memberships ORDER BY created_at;

-- By trigger, so that no way of joining or leaving can forget it.
CREATE FUNCTION billing.count_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO billing.seat_change (organization_id, user_id, at, change)
    SELECT organization_id, user_id, created_at, 1 FROM joined;
  ELSE
    -- Of an organization that has ended nothing is counted any more.
    INSERT INTO billing.seat_change (organization_id, user_id, at, change)
    SELECT organization_id, user_id, now(), -1 FROM departed
    WHERE EXISTS (SELECT 1 FROM organizations o WHERE o.id = organization_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER seats_joined AFTER INSERT ON memberships REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION billing.count_seats();
CREATE TRIGGER seats_left AFTER DELETE ON memberships REFERENCING OLD TABLE AS departed
  FOR EACH STATEMENT EXECUTE FUNCTION billing.count_seats();

CREATE TRIGGER insert_only BEFORE UPDATE ON billing.seat_change
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();

-- ── Numbers: without a gap, because they are given in the transaction that needs them ───────────────
CREATE TABLE billing.number_series (
  series text    NOT NULL CHECK (series IN ('INV', 'CN')),
  year   integer NOT NULL,
  last   bigint  NOT NULL,
  PRIMARY KEY (series, year)
);

CREATE FUNCTION billing.refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.last = 1 THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND (NEW.series, NEW.year, NEW.last) = (OLD.series, OLD.year, OLD.last + 1) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Numbers of documents begin at 1 and go up by 1.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER gapless BEFORE INSERT OR UPDATE OR DELETE ON billing.number_series
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_gap();

-- ── Documents: invoices and credit notes, final from the moment they are here ────────────────────────
CREATE TABLE billing.invoice (
  organization_id uuid           NOT NULL,
  id              uuid           NOT NULL,
  kind            text           NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT_NOTE')),
  number          text           NOT NULL UNIQUE,
  state           text           NOT NULL CHECK (state IN ('OPEN', 'PAID', 'VOID', 'UNCOLLECTIBLE', 'ISSUED')),
  -- When it came into its state.
  state_at        timestamptz(3) NOT NULL,
  issued_at       timestamptz(3) NOT NULL,
  due_at          timestamptz(3),
  -- The period that it closed; null for what is billed in between.
  period_from     timestamptz(0),
  period_to       timestamptz(0),
  -- US cents. The total is the sum of the lines with their tax; due is what credit leaves of it.
  total_cents     bigint         NOT NULL,
  -- Taken from the balance of credit, or added to it (below 0).
  credit_cents    bigint         NOT NULL,
  due_cents       bigint         NOT NULL CHECK (due_cents >= 0),
  -- Of a credit note: the invoice that it corrects.
  corrects        uuid,
  -- All that is printed: lib/billing/invoice-snapshot.ts.
  snapshot        jsonb          NOT NULL,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, corrects) REFERENCES billing.invoice (organization_id, id),
  CHECK ((kind = 'CREDIT_NOTE') = (state = 'ISSUED')),
  CHECK ((kind = 'CREDIT_NOTE') = (corrects IS NOT NULL)),
  CHECK ((kind = 'INVOICE') = (due_at IS NOT NULL)),
  CHECK (kind = 'CREDIT_NOTE' OR due_cents = total_cents - credit_cents),
  CHECK (state NOT IN ('OPEN', 'VOID', 'UNCOLLECTIBLE') OR due_cents > 0)
);
CREATE INDEX invoice_by_time ON billing.invoice (organization_id, issued_at DESC, id DESC);
CREATE INDEX invoice_overdue ON billing.invoice (due_at) WHERE state = 'OPEN';
CREATE INDEX invoice_corrected ON billing.invoice (organization_id, corrects) WHERE corrects IS NOT NULL;

CREATE TABLE billing.invoice_line (
  organization_id uuid         NOT NULL,
  invoice_id      uuid         NOT NULL,
  line            integer      NOT NULL CHECK (line > 0),
  -- lib/billing/invoice-line.ts.
  kind            text         NOT NULL,
  charge_key      text         NOT NULL,
  provider        text,
  model           text,
  -- What it is for; of late usage an earlier period than the invoice's. Epoch ms, as plans change at any.
  period_from     bigint       NOT NULL,
  period_to       bigint       NOT NULL,
  description     text         NOT NULL,
  quantity        bigint       NOT NULL,
  unit            text         NOT NULL,
  -- Exact nano-USD; the cents and what rounding took away or added.
  nano            bigint       NOT NULL,
  cents           bigint       NOT NULL,
  residue_nano    bigint       NOT NULL,
  tax_cents       bigint       NOT NULL,
  PRIMARY KEY (organization_id, invoice_id, line),
  FOREIGN KEY (organization_id, invoice_id) REFERENCES billing.invoice (organization_id, id),
  CHECK (nano = cents * 10000000 + residue_nano),
  CHECK (residue_nano BETWEEN -5000000 AND 5000000)
);

-- At the end of the transaction, so that no document can be kept whose lines are not its total.
CREATE FUNCTION billing.check_total() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  document uuid;
  total    bigint;
  said     bigint;
BEGIN
  IF TG_TABLE_NAME = 'invoice' THEN document := NEW.id; ELSE document := NEW.invoice_id; END IF;
  SELECT coalesce(sum(cents + tax_cents), 0) INTO total FROM billing.invoice_line
    WHERE organization_id = NEW.organization_id AND invoice_id = document;
  SELECT total_cents INTO said FROM billing.invoice
    WHERE organization_id = NEW.organization_id AND id = document;
  IF total IS DISTINCT FROM said THEN
    RAISE EXCEPTION 'The lines come to % cents, the document says %.', total, said
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- A document may move on, by the edges of lib/billing/invoice-state.ts; nothing else of it may change.
CREATE FUNCTION billing.guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{state,state_at}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{state,state_at}'::text[]
    OR (OLD.state, NEW.state) NOT IN (('OPEN', 'PAID'), ('OPEN', 'VOID'), ('OPEN', 'UNCOLLECTIBLE'),
                                      ('UNCOLLECTIBLE', 'PAID'), ('UNCOLLECTIBLE', 'VOID')) THEN
    RAISE EXCEPTION 'A document is final. It may only move on from open, never back.'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER final BEFORE UPDATE ON billing.invoice
  FOR EACH ROW EXECUTE FUNCTION billing.guard_document();

-- ── What of each charge of each period was invoiced: what is due and not in here is open ─────────────
CREATE TABLE billing.billed (
  organization_id uuid           NOT NULL,
  period_from     timestamptz(0) NOT NULL,
  charge_key      text           NOT NULL,
  invoice_id      uuid           NOT NULL,
  -- True: the invoice was voided, so that this is open again.
  is_reversal     boolean        NOT NULL,
  at              timestamptz(3) NOT NULL,
  nano            bigint         NOT NULL,
  quantity        bigint         NOT NULL,
  PRIMARY KEY (organization_id, period_from, charge_key, invoice_id, is_reversal),
  FOREIGN KEY (organization_id, invoice_id) REFERENCES billing.invoice (organization_id, id)
);

-- Periods that were closed, each once, with the plans by which they were billed.
CREATE TABLE billing.closed_period (
  organization_id uuid           NOT NULL,
  period_from     timestamptz(0) NOT NULL,
  period_to       timestamptz(0) NOT NULL,
  -- Usage from here on belongs to it: of the first period also what was reported of the time before.
  usage_from      timestamptz(0) NOT NULL,
  -- Which plan counted when: [{plan, version, from, to, trial}], epoch ms.
  spans           jsonb          NOT NULL,
  closed_at       timestamptz(3) NOT NULL,
  -- Null where nothing was due.
  invoice_id      uuid,
  PRIMARY KEY (organization_id, period_from),
  FOREIGN KEY (organization_id, invoice_id) REFERENCES billing.invoice (organization_id, id),
  CHECK (usage_from <= period_from AND period_from < period_to)
);

-- ── Money that came in ───────────────────────────────────────────────────────────────────────────────
CREATE TABLE billing.payment (
  organization_id uuid           NOT NULL,
  id              uuid           NOT NULL,
  invoice_id      uuid           NOT NULL,
  received_at     timestamptz(3) NOT NULL,
  cents           bigint         NOT NULL CHECK (cents > 0),
  method          text           NOT NULL CHECK (method IN ('BANK_TRANSFER', 'DIRECT_DEBIT', 'CARD', 'OTHER')),
  -- What the bank or the provider calls it: the same one counts once.
  reference       text           NOT NULL CHECK (reference <> ''),
  recorded_by     text           NOT NULL,
  recorded_at     timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, invoice_id, reference),
  FOREIGN KEY (organization_id, invoice_id) REFERENCES billing.invoice (organization_id, id)
);

-- ── Credit: what the organization may use on its next invoices. The balance is the sum ───────────────
CREATE TABLE billing.credit_entry (
  organization_id uuid           NOT NULL,
  id              uuid           NOT NULL,
  at              timestamptz(3) NOT NULL,
  -- US cents; below 0 where an invoice used it.
  cents           bigint         NOT NULL CHECK (cents <> 0),
  reason          text           NOT NULL
    CHECK (reason IN ('INVOICE_BELOW_ZERO', 'USED', 'INVOICE_VOIDED', 'CREDIT_NOTE', 'OVERPAID')),
  -- The invoice or credit note that it came from or went to.
  invoice_id      uuid           NOT NULL,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, invoice_id) REFERENCES billing.invoice (organization_id, id)
);

CREATE FUNCTION billing.check_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(cents) FROM billing.credit_entry WHERE organization_id = NEW.organization_id) < 0 THEN
    RAISE EXCEPTION 'There is not so much credit.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER never_below_zero AFTER INSERT ON billing.credit_entry
  FOR EACH ROW EXECUTE FUNCTION billing.check_credit();

-- ── None of it goes away ─────────────────────────────────────────────────────────────────────────────
CREATE CONSTRAINT TRIGGER lines_are_total AFTER INSERT ON billing.invoice
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.check_total();
CREATE CONSTRAINT TRIGGER lines_are_total AFTER INSERT ON billing.invoice_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.check_total();

CREATE TRIGGER never_removed BEFORE DELETE ON billing.invoice
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON billing.invoice_line
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON billing.billed
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON billing.closed_period
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON billing.payment
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON billing.credit_entry
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON billing.credit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON billing.invoice
  FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON billing.invoice_line
  FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON billing.billed
  FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON billing.closed_period
  FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON billing.payment
  FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON billing.number_series
  FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
