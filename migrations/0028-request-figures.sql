-- The figures of a year count requests without opening them.

DROP INDEX requests_by_received;
DROP INDEX requests_by_concluded;
CREATE INDEX requests_by_received ON requests (agency_id, received_on, id) INCLUDE (applicant_kind, channel)
  WHERE received_on IS NOT NULL;
CREATE INDEX requests_by_concluded ON requests (agency_id, concluded_on, id) INCLUDE (applicant_kind, result_code, first_due_on)
  WHERE concluded_on IS NOT NULL;
-- Open on a given day (结转): the days from receipt to the day before conclusion, on one axis for each agency.
CREATE INDEX requests_open_days ON requests USING gist (int8range(
  agency_id::bigint * 1000000 + (received_on - DATE '2000-01-01'),
  agency_id::bigint * 1000000 + coalesce(concluded_on - DATE '2000-01-01', 999999))) WHERE received_on IS NOT NULL;
CREATE INDEX request_fees_by_refund ON request_fees (agency_id, refunded_on) WHERE refunded_on IS NOT NULL;
