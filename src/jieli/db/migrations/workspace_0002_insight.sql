-- What the funnel reads: the ended legs of a stage in the order of their time, and the legs of a record, each from
-- an index alone; the hand-offs that ended in a period; and what each person holds.

drop index {schema}.span_stage;
create index span_stage on {schema}.span (process, stage, working_seconds, record);

drop index {schema}.span_record;
create index span_record on {schema}.span (record, entered) include (process, stage, working_seconds);

create index handoff_answered on {schema}.handoff (answered_at) where answered_at is not null;

create index span_held on {schema}.span (holder, due) where left_at is null;
