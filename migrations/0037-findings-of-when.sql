-- When the findings that are kept were brought up to date; null while they never were to the end.
alter table twin.parcel_check_state add column refreshed_at timestamptz;
