// Patterns about dates.
#include <array>

#include "build.hpp"
#include "pattern_queries.hpp"
#include "patterns.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: the patterns read as queries
using ir::Function;
using ir::SetOperator;

constexpr Pattern all[] = {
    // Parts of dates.
    {"{How many|Count the|Number of|What is the number of} [T] {there are |are there |}{per|by|for "
     "each|in each} year{ of [D]|}{?|}",
     needs_time,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, count_rows(s.table)}), {year});
     }},
    {"{How many|Count the|Number of|Show the number of} [T] {per|by|for each|in each} month{ of "
     "[D]|}{?|}",
     needs_time,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, count_rows(s.table)}), {month});
     }},
    {"{How many [T] {were there|are there|do we have}|Count the [T]|Number of [T]} in [year]{?|}",
     needs_time,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(part(Function::year, s.time), Comparison::equal, number(s.year)));
     }},
    {"{How many [T] {have|with} a [D]|Number of [T] with [D]} {after|later than|since the end of} "
     "[year]{?|}",
     needs_time,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(part(Function::year, s.time), Comparison::greater, number(s.year)));
     }},
    {"{List|Show|Give me|What are} the [name] of [T] with [D] {before|earlier than} [year]{?|}",
     needs_time | needs_name,
     [](const Scene& s) {
       return select(called(s),
                     test(part(Function::year, s.time), Comparison::less, number(s.year)));
     }},
    {"{What is the total|Total|Show the total|Sum of} [N] {per|by|for each|in each} {year|[D] "
     "year}{?|}",
     needs_time | needs_number,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, call(Aggregate::sum, s.number)}), {year});
     }},
    {"{What is the {average|mean}|Average|Show the average} [N] {of [T] |}{per|by|for each} "
     "month{?|}",
     needs_time | needs_number,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, call(Aggregate::avg, s.number)}), {month});
     }},
    {"{What is the total [N]|Total [N]|How much [N] {did we have|was there}} in [year]{?|}",
     needs_time | needs_number,
     [](const Scene& s) {
       return select({call(Aggregate::sum, s.number)},
                     test(part(Function::year, s.time), Comparison::equal, number(s.year)));
     }},
    {"{In which|Which|What} {year|[D] year} {had|has|saw} the {most|highest number of|largest "
     "number of} [T]{?|}",
     needs_time,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return ordered(grouped(select({year}), {year}), count_rows(s.table), true, 1);
     }},
    {"{Which|What} month {had|has|brought} the {highest|biggest|largest} total [N]{?|}",
     needs_time | needs_number,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return ordered(grouped(select({month}), {month}), call(Aggregate::sum, s.number), true, 1);
     }},
    {"{Which|What} [T] {had|have} the most [C] in [year]{?|}",
     needs_child | needs_name | needs_child_time,
     [](const Scene& s) {
       auto query = select(
           called(s), test(part(Function::year, s.child_time), Comparison::equal, number(s.year)));
       return ordered(grouped(std::move(query), {column(s.key)}), count_rows(s.child), true, 1);
     }},
    {"{How many [C]|Number of [C]} {per|by|for each} [t] in [year]{?|}",
     needs_child | needs_name | needs_child_time,
     [](const Scene& s) {
       auto query =
           select(called_and(s, count_rows(s.child)),
                  test(part(Function::year, s.child_time), Comparison::equal, number(s.year)));
       return grouped(std::move(query), {column(s.key)});
     }},
    // When, together with something else.
    {"{How many [T] {per|in each|for each} month {of|in}|Monthly number of [T] in|Number of [T] by "
     "month {in|for}} [year]{?|}",
     needs_time,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, count_rows(s.table)}, in_year(s.time, s.year)), {month});
     }},
    {"{What is the total|Total|Show the} [N] {per|by|for each} month {of|in} [year]{?|}",
     needs_time | needs_number,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, call(Aggregate::sum, s.number)}, in_year(s.time, s.year)),
                      {month});
     }},
    {"{How many [T] {were there|did we have|are there}|Number of [T]|Count the [T]} in [month]{?|}",
     needs_time,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(part(Function::month, s.time), Comparison::equal, text(s.month)));
     }},
    {"{What was the total [N]|Total [N]|How much [N]} in [month]{?|}", needs_time | needs_number,
     [](const Scene& s) {
       return select({call(Aggregate::sum, s.number)},
                     test(part(Function::month, s.time), Comparison::equal, text(s.month)));
     }},
    {"{How many [T]|Number of [T]|Count the [T]} {between|from} [year] {and|to} [year2]{?|}",
     needs_time,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     between(part(Function::year, s.time), number(s.year), number(s.next_year)));
     }},
    {"{What {was|is} the|Show the|} {total |}{revenue|sales|turnover|income} {in|for|of} "
     "[year]{?|}",
     needs_time | needs_amount,
     [](const Scene& s) {
       return select({call(Aggregate::sum, s.number)}, in_year(s.time, s.year));
     }},
    {"{Show the |What is the |}{total |}{revenue|sales|turnover} {per|by|for each} {year|calendar "
     "year}{?|}",
     needs_time | needs_amount,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, call(Aggregate::sum, s.number)}), {year});
     }},
    {"{Show the |What is the |}{total |}{revenue|sales|turnover} {per|by|for each} month {in|of} "
     "[year]{?|}",
     needs_time | needs_amount,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, call(Aggregate::sum, s.number)}, in_year(s.time, s.year)),
                      {month});
     }},
    {"{Total |What is the total |}{revenue|sales|turnover} {per|by|of each|for each} [t]{?|}",
     needs_name | needs_child_amount,
     [](const Scene& s) {
       return grouped(select(called_and(s, call(Aggregate::sum, s.child_number))), {column(s.key)});
     }},
    {"{Total |What is the total |}{revenue|sales|turnover} {per|by|of each|for each} [t] in "
     "[year]{?|}",
     needs_name | needs_child_amount | needs_child_time,
     [](const Scene& s) {
       return grouped(select(called_and(s, call(Aggregate::sum, s.child_number)),
                             in_year(s.child_time, s.year)),
                      {column(s.key)});
     }},
    {"{Which [t] {has|had|made}|What [t] {has|had|made}} the {highest|most|largest} "
     "{revenue|sales|turnover} in [year]{?|}",
     needs_name | needs_child_amount | needs_child_time,
     [](const Scene& s) {
       return ordered(grouped(select(called(s), in_year(s.child_time, s.year)), {column(s.key)}),
                      call(Aggregate::sum, s.child_number), true, 1);
     }},
    {"{Total |What is the |}[CN] {per|by|of each|for each} [t] in [year]{?|}",
     needs_name | needs_child_number | needs_child_time,
     [](const Scene& s) {
       return grouped(select(called_and(s, call(Aggregate::sum, s.child_number)),
                             in_year(s.child_time, s.year)),
                      {column(s.key)});
     }},
    {"{Which|What|List the} [T] {with|that have|have|had} {any |}[C] in [year]{?|}",
     needs_name | needs_child_time,
     [](const Scene& s) {
       auto query = select(called(s), in_year(s.child_time, s.year));
       query.distinct = true;
       return query;
     }},
    {"{Which|What|List the} [T] {without any|with no|that had no|that did not have any} [C] in "
     "[year]{?|}",
     needs_name | needs_child_time,
     [](const Scene& s) {
       return select(called(s), test(column(s.key), Comparison::in,
                                     keys_of_children(s, in_year(s.child_time, s.year)), true));
     }},
    {"{Which|What} are the [k] {best-selling|best selling|most sold|top selling} [T]{?|}",
     needs_name | needs_child_quantity,
     [](const Scene& s) {
       return ordered(grouped(select(called(s)), {column(s.key)}),
                      call(Aggregate::sum, s.child_number), true, s.count);
     }},
    {"{Which|What} [t] {sold|sells} {the most|most often|best}{?|}",
     needs_name | needs_child_quantity,
     [](const Scene& s) {
       return ordered(grouped(select(called(s)), {column(s.key)}),
                      call(Aggregate::sum, s.child_number), true, 1);
     }},
    {"{Which [k] [T] {sold|were sold} {the most|most often|best}|Top [k] {selling |}[T]} in "
     "[year]{?|}",
     needs_name | needs_child_quantity | needs_side_time,
     [](const Scene& s) {
       return ordered(grouped(select(called(s), in_year(s.side_time, s.year)), {column(s.key)}),
                      call(Aggregate::sum, s.child_number), true, s.count);
     }},
    {"{How many {units|pieces} of each [t] were sold|Units sold per [t]|[CN] sold per [t]}{?|}",
     needs_name | needs_child_quantity,
     [](const Scene& s) {
       return grouped(select(called_and(s, call(Aggregate::sum, s.child_number))), {column(s.key)});
     }},
    {"{What is the |Show the |}{total |}{revenue|turnover|sales} {per|by|for each|of each} [t]{?|}",
     needs_name | needs_child_product,
     [](const Scene& s) {
       return grouped(select(called_and(s, child_revenue(s))), {column(s.key)});
     }},
    {"{What is the |Show the |}{total |}{revenue|turnover|sales} {per|by|for each|of each} [t] in "
     "[year]{?|}",
     needs_name | needs_child_product | needs_side_time,
     [](const Scene& s) {
       return grouped(select(called_and(s, child_revenue(s)), in_year(s.side_time, s.year)),
                      {column(s.key)});
     }},
    {"{Which|What} [t] {brought in|made|earned|generated} the {most|highest} "
     "{revenue|money|turnover}{?|}",
     needs_name | needs_child_product,
     [](const Scene& s) {
       return ordered(grouped(select(called(s)), {column(s.key)}), child_revenue(s), true, 1);
     }},
    {"{Which|What} is the {latest|most recent|newest} [t]{?|}", needs_name | needs_time,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), true, 1); }},
    {"{Which|What} [t] has the {latest|most recent} [D]{?|}", needs_name | needs_many_times,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), true, 1); }},
    {"{Which|What} [t] has the {earliest|first|oldest} [D]{?|}", needs_name | needs_many_times,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), false, 1); }},
    {"{How many [T] have a [D] in|Number of [T] by [D] in|Count the [T] whose [D] is in} "
     "[year]{?|}",
     needs_many_times,
     [](const Scene& s) { return select({count_rows(s.table)}, in_year(s.time, s.year)); }},
};

}  // namespace

std::span<const Pattern> time_patterns() { return all; }

}  // namespace idi::synth
