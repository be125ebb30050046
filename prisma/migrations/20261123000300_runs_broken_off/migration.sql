-- A run whose time was over is broken off as one whose process died is: the provider may have worked on it.
DROP INDEX execution.run_by_delivery;
CREATE UNIQUE INDEX run_by_delivery ON execution.run (organization_id, delivery_id, agent_id)
  WHERE delivery_id IS NOT NULL AND (status <> 'FAILED' OR error_code IN ('interrupted', 'model_timed_out'));

-- What is old is dropped. Rows come by the time they began, so a summary of each block finds it.
CREATE INDEX run_by_start ON execution.run USING brin (started_at);
