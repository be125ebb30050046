-- What a payment provider outside knows of an organization, and what it is still to be told of our invoices.
-- Moments are epoch ms, given by who writes.

-- Outlives its organization, until nothing can be charged any more.
CREATE TABLE billing.provider_customer (
  customer_id text PRIMARY KEY,
  organization_id uuid NOT NULL UNIQUE,
  created_at bigint NOT NULL
);

-- The last state that was read. Never what an event said: events come late, twice and in any order.
CREATE TABLE billing.provider_state (
  organization_id uuid PRIMARY KEY,
  -- Whether there is a card to charge; the state says which.
  has_card boolean NOT NULL,
  state jsonb NOT NULL,
  read_at bigint NOT NULL
);

-- Written in the transaction of what the event changed, so that it counts once.
CREATE TABLE billing.provider_event (
  id text PRIMARY KEY,
  organization_id uuid NOT NULL,
  type text NOT NULL,
  created_at bigint NOT NULL,
  processed_at bigint NOT NULL
);
CREATE INDEX provider_event_organization ON billing.provider_event (organization_id);

-- Invoices that the provider collects, each with whether it still has to be told of something.
CREATE TABLE billing.collection (
  organization_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  -- Null until it was presented.
  provider_invoice_id text UNIQUE,
  -- Counts the changes on our side, so that one that comes while another is told is not lost.
  asked integer NOT NULL DEFAULT 1,
  -- Names the wish to try the card at once; null where there is none.
  pay_asked text,
  -- Since it was last told all.
  attempts integer NOT NULL DEFAULT 0,
  -- Of the very first attempt: from then on something may be there.
  begun_at bigint,
  -- Null where nothing is to be told.
  next_attempt_at bigint,
  last_error text,
  -- Since when its card is declined; null where it is not.
  declined_at bigint,
  PRIMARY KEY (organization_id, invoice_id),
  FOREIGN KEY (organization_id, invoice_id) REFERENCES billing.invoice (organization_id, id)
);
CREATE INDEX collection_due ON billing.collection (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- By triggers, so that no way of issuing, paying, crediting or voiding an invoice can forget to tell. Who reads
-- whether there is a card, and who writes it, hold the lock of billing.
CREATE FUNCTION billing.tell_of(organization uuid, invoice uuid, at timestamptz) RETURNS void LANGUAGE sql AS $$
  UPDATE billing.collection
  SET asked = asked + 1, attempts = 0,
    next_attempt_at = least(next_attempt_at, (extract(epoch FROM at) * 1000)::bigint)
  WHERE organization_id = organization AND invoice_id = invoice
$$;

CREATE FUNCTION billing.collect_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'CREDIT_NOTE' THEN
    PERFORM billing.tell_of(NEW.organization_id, NEW.corrects, NEW.issued_at);
  ELSIF NEW.state = 'OPEN' THEN
    INSERT INTO billing.collection (organization_id, invoice_id, next_attempt_at)
    SELECT NEW.organization_id, NEW.id, (extract(epoch FROM NEW.issued_at) * 1000)::bigint
    FROM billing.provider_state s WHERE s.organization_id = NEW.organization_id AND s.has_card;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER collected AFTER INSERT ON billing.invoice
  FOR EACH ROW EXECUTE FUNCTION billing.collect_issued();

CREATE FUNCTION billing.collect_voided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM billing.tell_of(NEW.organization_id, NEW.id, NEW.state_at);
  RETURN NULL;
END $$;
CREATE TRIGGER collected_no_more AFTER UPDATE ON billing.invoice
  FOR EACH ROW WHEN (NEW.state = 'VOID') EXECUTE FUNCTION billing.collect_voided();

CREATE FUNCTION billing.collect_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- What the provider collected itself it knows.
  PERFORM billing.tell_of(NEW.organization_id, NEW.invoice_id, NEW.recorded_at)
  FROM billing.collection c
  WHERE c.organization_id = NEW.organization_id AND c.invoice_id = NEW.invoice_id
    AND (c.provider_invoice_id IS NULL OR NOT starts_with(NEW.reference, c.provider_invoice_id));
  RETURN NULL;
END $$;
CREATE TRIGGER collected_elsewhere AFTER INSERT ON billing.payment
  FOR EACH ROW EXECUTE FUNCTION billing.collect_paid();
