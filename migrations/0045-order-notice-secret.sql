-- What the answer to a webhook is signed with, chosen by whoever ordered; it goes with the address.
alter table twin.order_notice add column secret text;
