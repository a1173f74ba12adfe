-- Streets are found in any case: lower() of a column in "C" knows only ASCII, and Ż is not.
drop index city.address_current_street;
create index address_current_street on city.address ((lower(street collate "und-x-icu") collate "C"), house_number)
  where valid_to is null;
