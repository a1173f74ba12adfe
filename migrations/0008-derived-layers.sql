-- By which recipe a layer that the store makes from another was made last: a release that makes it in another way, or
-- for the first time, makes all of it anew at its first start.
create table twin.derived_layer (
  dataset text collate "C" not null references twin.dataset (name) on delete cascade,
  layer text collate "C" not null,
  recipe text collate "C" not null,
  primary key (dataset, layer)
);
