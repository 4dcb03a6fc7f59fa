-- read
select found.number, found.position, answer.number is not null as is_answered
  from unnest(:numbers::bigint[], :positions::int[]) as asked (number, position)
  join money.differences as found
    on found.book = :book and found.number = asked.number and found.position = asked.position
  left join money.answers as answer
    on answer.book = :book and answer.number = found.number and answer.position = found.position;

-- write
insert into money.answers (book, number, position, state, amount_fen, answered_at)
select :book, number, position, state, amount_fen, :now
  from unnest(:numbers::bigint[], :positions::int[], :states::text[], :amounts::bigint[])
    as told (number, position, state, amount_fen);
