-- known
-- What happened to these units already.
select experiment, unit_type, unit_id, reason
  from evidence.exposures
 where book = :book and unit_id = any(:unit_ids::bigint[]);

-- write
insert into evidence.exposures (book, number, experiment, arm, unit_type, unit_id, propensity,
                                policy, is_counterfactual, reason, exposed_at)
select :book, exposed.number, exposed.experiment, exposed.arm, exposed.unit_type, exposed.unit_id,
       exposed.propensity, exposed.policy, exposed.is_counterfactual, exposed.reason, :now
  from unnest(:numbers::bigint[], :experiments::text[], :arms::text[], :unit_types::text[],
              :unit_ids::bigint[], :propensities::float8[], :policies::text[],
              :counterfactuals::boolean[], :reasons::text[])
    as exposed (number, experiment, arm, unit_type, unit_id, propensity, policy,
                is_counterfactual, reason);
