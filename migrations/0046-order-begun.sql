-- When a package was first begun: jobs tell how long they took.
alter table twin.order_package add column started_at timestamptz;
