-- Where the data of a layer speak: outside of it "nothing found" means nothing. Without a row nobody has said.
create table twin.layer_coverage (
  layer text collate "C" primary key,
  geom geometry(MultiPolygon, 2177) not null
);
