-- Which layers share a coverage, told without reading outlines of thousands of corners.
alter table twin.layer_coverage
  add column geom_hash uuid not null generated always as (md5(ST_AsBinary(geom))::uuid) stored;
