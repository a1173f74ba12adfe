-- Metadata of data that are not layers of the twin, handed in by others to be found here: plans, aerial pictures.
create table twin.metadata_record (
  id text collate "C" primary key,
  -- gmd:MD_Metadata as it came.
  xml text not null,
  -- What of it is searched: core/metadata/metadata-record.ts.
  record jsonb not null,
  changed_by text collate "C" not null,
  changed_at timestamptz not null default clock_timestamp()
);
