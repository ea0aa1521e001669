// Patterns about a table and what refers to it.
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
    // A row by its name.
    {"{How many [C] {does|did} [nv] have|How many [C] {belong to|are from|are there for} "
     "[nv]|Number of [C] of [nv]}{?|}",
     needs_name | needs_name_value | needs_child,
     [](const Scene& s) { return select({count_rows(s.child)}, named(s)); }},
    {"{What is the|Total} [CN] {of|for} [nv]{?|}",
     needs_name | needs_name_value | needs_child_number,
     [](const Scene& s) { return select({call(Aggregate::sum, s.child_number)}, named(s)); }},
    {"{What is|Show|Tell me} the [N] of [nv]{?|}", needs_name | needs_name_value | needs_number,
     [](const Scene& s) { return select({column(s.number)}, named(s)); }},
    {"How many [T] have {at least one|a|any} [c]{?|}", needs_child,
     [](const Scene& s) { return select({call(Aggregate::count, column(s.child_key), true)}); }},
    // A table and one that refers to it.
    {"{How many [C] {does each [t] have|are there for each [t]}|Number of [C] {per|by|for every} "
     "[t]}{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return grouped(select(called_and(s, count_rows(s.child))), {column(s.key)});
     }},
    {"{Which|What} [t] has the {most|greatest number of|largest number of} [C]{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return ordered(grouped(select(called(s)), {column(s.key)}), count_rows(s.child), true, 1);
     }},
    {"{Top|The} [k] [T] {by number of|with the most} [C]", needs_child | needs_name,
     [](const Scene& s) {
       return ordered(grouped(select(called(s)), {column(s.key)}), count_rows(s.child), true,
                      s.count);
     }},
    {"{Which|List the|What are the} [T] {with|having|that have} {at least [k]|[k] or more} [C]{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return grouped(select(called(s)), {column(s.key)},
                      test(count_rows(s.child), Comparison::greater_equal, number(s.count)));
     }},
    {"{Which|List the|Find} [T] {without any|that have no|with no|that do not have any} [C]{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return select(called(s), test(column(s.key), Comparison::in, keys_of_children(s), true));
     }},
    {"{How many [T] {have no|do not have any|have never had a}|Count the [T] without} [C]{?|}",
     needs_child,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.key), Comparison::in, keys_of_children(s), true));
     }},
    {"{Which|List the|What are the} [T] {that have|with} {a|some} [c] {with|whose} [CX] {is "
     "|}[cv]{?|}",
     needs_child | needs_name | needs_child_text,
     [](const Scene& s) { return select(called(s), child_is(s)); }},
    {"{Which|List the} [T] {that do not have|without} {a|any} [c] {with|whose} [CX] {is |}[cv]{?|}",
     needs_child | needs_name | needs_child_text,
     [](const Scene& s) {
       return select(called(s),
                     test(column(s.key), Comparison::in, keys_of_children(s, child_is(s)), true));
     }},
    {"{What is the|Show the|} total [CN] {of [C] |}{per|by|for each|of every} [t]{?|}",
     needs_child | needs_name | needs_child_number,
     [](const Scene& s) {
       return grouped(select(called_and(s, call(Aggregate::sum, s.child_number))), {column(s.key)});
     }},
    {"{Which|What} [t] has the {highest|largest} {total|overall} [CN]{?|}",
     needs_child | needs_name | needs_child_number,
     [](const Scene& s) {
       return ordered(grouped(select(called(s)), {column(s.key)}),
                      call(Aggregate::sum, s.child_number), true, 1);
     }},
    {"{What is the|Show the|} average [CN] {of|for} [C] {per|by|for each} [X]{?|}",
     needs_child | needs_text | needs_child_number,
     [](const Scene& s) {
       return grouped(select({column(s.text), call(Aggregate::avg, s.child_number)}),
                      {column(s.text)});
     }},
    {"How many [C] {belong to|are there for|come from} [T] {with|whose} [X] {is |}[v]{?|}",
     needs_child | needs_text,
     [](const Scene& s) {
       return select({count_rows(s.child)},
                     test(column(s.text), Comparison::equal, text(s.text_value)));
     }},
};

}  // namespace

std::span<const Pattern> relation_patterns() { return all; }

}  // namespace idi::synth
