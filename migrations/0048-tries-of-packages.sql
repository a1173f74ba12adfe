-- Begun since it was ordered: who orders a package anew that failed gets all tries again.
alter table twin.order_package add column tries integer default 0 not null;
