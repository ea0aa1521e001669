// Questions as people type them into a search box: few words, no verb.
#include <array>

#include "build.hpp"
#include "pattern_queries.hpp"
#include "patterns.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: the patterns read as queries
using ir::Function;

constexpr Pattern all[] = {
    {"{[T] {by|per} [X]|number of [T] {by|per} [X]|[T] count by [X]}", needs_text,
     [](const Scene& s) {
       return grouped(select({column(s.text), count_rows(s.table)}), {column(s.text)});
     }},
    {"{average|avg|mean} [N] {by|per} [X]", needs_text | needs_number,
     [](const Scene& s) {
       return grouped(select({column(s.text), call(Aggregate::avg, s.number)}), {column(s.text)});
     }},
    {"{total|sum of} [N] {by|per} [X]", needs_text | needs_number,
     [](const Scene& s) {
       return grouped(select({column(s.text), call(Aggregate::sum, s.number)}), {column(s.text)});
     }},
    {"{max|highest} [N] {by|per} [X]", needs_text | needs_number,
     [](const Scene& s) {
       return grouped(select({column(s.text), call(Aggregate::max, s.number)}), {column(s.text)});
     }},
    {"[T] {per|by} year", needs_time,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, count_rows(s.table)}), {year});
     }},
    {"[T] {per|by} month{ in|} [year]", needs_time,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, count_rows(s.table)}, in_year(s.time, s.year)), {month});
     }},
    {"{monthly [T]|[T] {per|by} month}", needs_time,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, count_rows(s.table)}), {month});
     }},
    {"{number of |}[T]{ in|} [year]", needs_time,
     [](const Scene& s) { return select({count_rows(s.table)}, in_year(s.time, s.year)); }},
    {"{number of |how many |}[T] in [month]", needs_time,
     [](const Scene& s) { return select({count_rows(s.table)}, in_month(s.time, s.month)); }},
    {"{total |}[money] {by|per} month{ in|} [year]", needs_time | needs_amount,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, call(Aggregate::sum, s.number)}, in_year(s.time, s.year)),
                      {month});
     }},
    {"{yearly [money]|[money] {by|per} year}", needs_time | needs_amount,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, call(Aggregate::sum, s.number)}), {year});
     }},
    {"[N] {by|per} year", needs_time | needs_number,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, call(Aggregate::sum, s.number)}), {year});
     }},
    {"[money] {by|per} [t]", needs_name | needs_child_money,
     [](const Scene& s) { return per_row(s, child_money(s)); }},
    {"[money]{ of|} [nv]{ in|} [year]",
     needs_name | needs_name_value | needs_child_money | needs_side_time,
     [](const Scene& s) {
       return select({child_money(s)}, both(named(s), in_year(s.side_time, s.year)));
     }},
    {"[C] {by|per} [t]", needs_name | needs_child,
     [](const Scene& s) { return per_row(s, count_rows(s.child)); }},
    {"[C] {by|per} [t]{ in|} [year]", needs_name | needs_child_time,
     [](const Scene& s) { return per_row(s, count_rows(s.child), in_year(s.child_time, s.year)); }},
    {"{number of |}[C] {of|at|in|for} [nv]", needs_name | needs_name_value | needs_child,
     [](const Scene& s) { return select({count_rows(s.child)}, named(s)); }},
    {"[t] with {the |}most [C]", needs_name | needs_child,
     [](const Scene& s) { return ranked(s, count_rows(s.child), 1); }},
    {"[T] without [C]", needs_name | needs_child,
     [](const Scene& s) {
       return select(called(s), test(column(s.key), Comparison::in, keys_of_children(s), true));
     }},
    {"[T] in [v]", needs_name | needs_place,
     [](const Scene& s) { return select(called(s), text_is(s)); }},
    {"[v] [T]", needs_status | needs_name,
     [](const Scene& s) { return select(called(s), text_is(s)); }},
    {"number of [v] [T]", needs_status,
     [](const Scene& s) { return select({count_rows(s.table)}, text_is(s)); }},
    {"[flag] [T]", needs_flag | needs_name,
     [](const Scene& s) {
       return select(called(s), test(column(s.flag), Comparison::equal, number(1)));
     }},
    {"[most] [t]", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), true, 1); }},
    {"[least] [t]", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), false, 1); }},
    {"{top |the |}[k] [most] [T]", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), true, s.count); }},
    {"{the |}[k] [least] [T]", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), false, s.count); }},
    {"[t] with {the |}{highest|largest|most} [N]", needs_name | needs_number,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), true, 1); }},
    {"{biggest|largest|top} [t] by [N]", needs_name | needs_number,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), true, 1); }},
    {"[T] [over] [n]", needs_name | needs_adjective,
     [](const Scene& s) {
       return select(called(s),
                     test(column(s.number), Comparison::greater, number(s.number_value)));
     }},
    {"[N] {of |}[nv]", needs_name | needs_name_value | needs_number,
     [](const Scene& s) { return select({column(s.number)}, named(s)); }},
    {"{how many [T]|number of [T]|[T] count}{ do we have| are there|}", needs_number,
     [](const Scene& s) { return select({count_rows(s.table)}); }},
};

}  // namespace

std::span<const Pattern> keyword_patterns() { return all; }

}  // namespace idi::synth
