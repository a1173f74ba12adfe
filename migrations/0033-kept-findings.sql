-- What checks of all parcels found, brought up to date where data have changed.
create table twin.parcel_finding (
  parcel_id text collate "C" primary key,
  -- Days of the law on which it is so as long as the data stay as they are.
  steady daterange not null,
  -- Rules by what became of them; all others do not apply.
  applies text[] not null,
  touches text[] not null,
  not_assessed text[] not null,
  -- Of the rules that apply or touch: id, rule, state, reason, measures, objects.
  findings jsonb not null
);

-- Parcels that must be checked again. A refresh that is broken off leaves the rest here.
create table twin.parcel_due (parcel_id text collate "C" primary key);

-- What the layers were when parcels were marked last.
create table twin.checked_layer (
  layer text collate "C" primary key,
  is_known boolean not null,
  is_stale boolean not null,
  area geometry(Geometry, 2177)
);

-- One row: by which rules, for which day, and up to which version of the data parcels were marked last.
create table twin.parcel_check_state (
  is_only boolean primary key default true check (is_only),
  rules text not null,
  law_day date not null,
  version bigint not null
);
