// Patterns that say a date, a table or a reference by a verb: "hired in", "never returned".
#include <array>

#include "build.hpp"
#include "pattern_queries.hpp"
#include "patterns.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: the patterns read as queries
using ir::Function;

ir::ConditionPtr is_one(ColumnRef flag) { return test(column(flag), Comparison::equal, number(1)); }

/// Keys of [T] whose children have a [G].
ir::Query keys_with_grand(const Scene& s) {
  ir::Query query = keys_of_children(s);
  query.extra_tables = {s.grand};
  return query;
}

/// Keys of the [T] that have just one child.
ir::Query keys_with_one_child(const Scene& s) {
  return grouped(keys_of_children(s), {column(s.child_key)},
                 test(count_rows(s.child), Comparison::equal, number(1)));
}

constexpr Pattern all[] = {
    // Which date, told by its verb.
    {"{How many|Number of|Count the} [T] {[DP]|[DC]} {in|during} [year]{?|}", needs_verb_time,
     [](const Scene& s) { return select({count_rows(s.table)}, in_year(s.time, s.year)); }},
    {"{How many|Number of} [T] {[DP]|[DC]} in [month]{?|}", needs_verb_time,
     [](const Scene& s) { return select({count_rows(s.table)}, in_month(s.time, s.month)); }},
    {"{How many|Number of} [T] {[DP]|[DC]} {before|until the end of the year before} [year]{?|}",
     needs_verb_time,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(part(Function::year, s.time), Comparison::less, number(s.year)));
     }},
    {"{Which|What|List the|Show all} [T] {[DC]|[DP]} in [year]{?|}", needs_verb_time | needs_name,
     [](const Scene& s) { return select(called(s), in_year(s.time, s.year)); }},
    {"{Which|What|List the} [T] {[DC]|[DP]} in [month]{?|}", needs_verb_time | needs_name,
     [](const Scene& s) { return select(called(s), in_month(s.time, s.month)); }},
    {"{Which|What|List the} [T] {[DC]|[DP]} {after|later than} [year]{?|}",
     needs_verb_time | needs_name,
     [](const Scene& s) {
       return select(called(s),
                     test(part(Function::year, s.time), Comparison::greater, number(s.year)));
     }},
    {"{Which|What|List the} [T] {[DC]|[DP]} {since|in or after} [year]{?|}",
     needs_verb_time | needs_name,
     [](const Scene& s) {
       return select(called(s),
                     test(part(Function::year, s.time), Comparison::greater_equal, number(s.year)));
     }},
    {"{How many [T] {[DC]|are [DP]}|Number of [T] [DP]|[T] [DP]} {per|each|by|in each} year{?|}",
     needs_verb_time,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, count_rows(s.table)}), {year});
     }},
    {"{How many [T] [DC]|Number of [T] [DP]|[T] [DP]} {per|each|by|in each} month {in|of} "
     "[year]{?|}",
     needs_verb_time,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return grouped(select({month, count_rows(s.table)}, in_year(s.time, s.year)), {month});
     }},
    {"{In which|Which} year {were the most [T] [DP]|[DC] the most [T]}{?|}", needs_verb_time,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return ordered(grouped(select({year}), {year}), count_rows(s.table), true, 1);
     }},
    {"{Which [t]|What [t]} [DS] {last|most recently|latest}{?|}", needs_verb_time | needs_name,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), true, 1); }},
    {"{Which [t]|What [t]} [DS] {first|earliest}{?|}", needs_verb_time | needs_name,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), false, 1); }},
    {"Who [DS] {last|latest}{?|}", needs_verb_time | needs_name | needs_person,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), true, 1); }},
    {"Who [DS] {first|before everybody else}{?|}", needs_verb_time | needs_name | needs_person,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), false, 1); }},
    {"When was the {last|latest|most recent} [t] [DP]{?|}", needs_verb_time,
     [](const Scene& s) { return select({call(Aggregate::max, s.time)}); }},
    {"When was the {first|earliest} [t] [DP]{?|}", needs_verb_time,
     [](const Scene& s) { return select({call(Aggregate::min, s.time)}); }},
    {"When was {the {first|earliest}|our first} [t]{?|}", needs_time,
     [](const Scene& s) { return select({call(Aggregate::min, s.time)}); }},
    {"{When was {the|our} {last|latest} [t]|Date of the {last|latest} [t]}{?|}", needs_time,
     [](const Scene& s) { return select({call(Aggregate::max, s.time)}); }},
    {"{When|On what date|On which day} [DS] [nv]{?|}",
     needs_verb_time | needs_name | needs_name_value,
     [](const Scene& s) { return select({column(s.time)}, named(s)); }},
    {"{What is the|Which is our|} {newest|latest|youngest} [t]{?|}", needs_name | needs_time,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), true, 1); }},
    {"{What is the|Which is our|} oldest [t]{?|}", needs_name | needs_time,
     [](const Scene& s) { return ordered(select(called(s)), column(s.time), false, 1); }},
    {"{New [T]|How many new [T]} {per|each|by} year{?|}", needs_time,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return grouped(select({year, count_rows(s.table)}), {year});
     }},
    {"{New [T]|How many new [T] {were there|did we get}} in [year]{?|}", needs_time,
     [](const Scene& s) { return select({count_rows(s.table)}, in_year(s.time, s.year)); }},
    // What was done with the rows.
    {"{Which|What|List the} [T] {were never|have never been|were not|are not} [deed]{?|}",
     needs_name | needs_child_deed,
     [](const Scene& s) {
       return select(called(s), test(column(s.key), Comparison::in, keys_of_children(s), true));
     }},
    {"{How many|Number of|Count the} [T] {were never|that were never|have not been} [deed]{ "
     "yet|}{?|}",
     needs_child_deed,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.key), Comparison::in, keys_of_children(s), true));
     }},
    {"{Which|What|List the} [T] {were not|were never} [deed] in [year]{?|}",
     needs_name | needs_child_deed | needs_side_time,
     [](const Scene& s) {
       return select(called(s), test(column(s.key), Comparison::in,
                                     keys_of_children(s, in_year(s.side_time, s.year)), true));
     }},
    {"{How many|Number of} {different|distinct} [T] {were|have been} [deed] in [year]{?|}",
     needs_child_deed | needs_side_time,
     [](const Scene& s) {
       return select({call(Aggregate::count, column(s.child_key), true)},
                     in_year(s.side_time, s.year));
     }},
    {"{How many|Number of} {different |}[T] {were|have ever been|have been} [deed]{?|}",
     needs_child_deed,
     [](const Scene& s) { return select({call(Aggregate::count, column(s.child_key), true)}); }},
    {"{Which|What} [t] {was|is} [deed] {most often|most frequently|the most}{?|}",
     needs_name | needs_child_deed,
     [](const Scene& s) { return ranked(s, count_rows(s.child), 1); }},
    {"{Which [k] [T] {are|were} [deed] {most often|most frequently}|{Top|The} [k] [T] [deed] most "
     "often}{?|}",
     needs_name | needs_child_deed,
     [](const Scene& s) { return ranked(s, count_rows(s.child), s.count); }},
    {"{How {often|many times} {was|is} each [t] [deed]|How many times every [t] was [deed]}{?|}",
     needs_name | needs_child_deed, [](const Scene& s) { return per_row(s, count_rows(s.child)); }},
    {"{Which|What|List the} [T] {have never been|were never} [gdeed]{?|}",
     needs_name | needs_grand_deed,
     [](const Scene& s) {
       return select(called(s), test(column(s.key), Comparison::in, keys_with_grand(s), true));
     }},
    {"{How many|Count the} [T] {have not been|have never been} [gdeed]{?|}", needs_grand_deed,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.key), Comparison::in, keys_with_grand(s), true));
     }},
    {"{Which [k] [T] {are|were} [gdeed] {most often|most frequently|most}|{Top|The} [k] [T] by "
     "number "
     "of [G]}{?|}",
     needs_name | needs_grand_deed,
     [](const Scene& s) { return ranked(s, count_rows(s.grand), s.count); }},
    {"{How many|Number of} [G] {are there |}{per|by|for each} [t]{?|}", needs_name | needs_grand,
     [](const Scene& s) { return per_row(s, count_rows(s.grand)); }},
    {"{Which|What|List the} [T] {have no|never had any|never had a|without any} [G]{?|}",
     needs_name | needs_grand,
     [](const Scene& s) {
       return select(called(s), test(column(s.key), Comparison::in, keys_with_grand(s), true));
     }},
    // What the rows did.
    {"{Which [t]|Who} [doing] the most [C]{?|}", needs_name | needs_doing | needs_person,
     [](const Scene& s) { return ranked(s, count_rows(s.child), 1); }},
    {"{Which [t]|Who} [doing] the most [C] in [year]{?|}",
     needs_name | needs_doing | needs_person | needs_child_time,
     [](const Scene& s) {
       return ranked(s, count_rows(s.child), 1, in_year(s.child_time, s.year));
     }},
    {"{Which|What} [t] [doing] {the most|most of the} [C]{?|}", needs_name | needs_doing,
     [](const Scene& s) { return ranked(s, count_rows(s.child), 1); }},
    {"{Which|What} [T] [doing] more than [k] [C]{?|}", needs_name | needs_doing,
     [](const Scene& s) {
       return grouped(select(called(s)), {column(s.key)},
                      test(count_rows(s.child), Comparison::greater, number(s.count)));
     }},
    {"{Which|What|List the} [T] {had|with} [C] in [year] but {not|none|no [C]} in [year2]{?|}",
     needs_name | needs_child_time,
     [](const Scene& s) {
       return select(called(s),
                     both(test(column(s.key), Comparison::in,
                               keys_of_children(s, in_year(s.child_time, s.year))),
                          test(column(s.key), Comparison::in,
                               keys_of_children(s, in_year(s.child_time, s.next_year)), true)));
     }},
    {"How many [T] {had|with|made} {[C]|a [c]} in [year] but {not|none} in [year2]{?|}",
     needs_child_time | needs_key,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     both(test(column(s.key), Comparison::in,
                               keys_of_children(s, in_year(s.child_time, s.year))),
                          test(column(s.key), Comparison::in,
                               keys_of_children(s, in_year(s.child_time, s.next_year)), true)));
     }},
    {"How many [T] {had|have|made} {exactly|only|just} one [c]{?|}", needs_child,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.key), Comparison::in, keys_with_one_child(s)));
     }},
    {"{How many {people|[C]} work {in|at|for} {each|every} [t]|Number of [C] {per|by} "
     "[t]|Headcount "
     "{per|by} [t]}{?|}",
     needs_name | needs_workplace, [](const Scene& s) { return per_row(s, count_rows(s.child)); }},
    {"{How many {people|[C]} {work|are employed} {in|at} {the |}[nv]{ [t]|}|Number of [C] at "
     "[nv]}{?|}",
     needs_name | needs_name_value | needs_workplace,
     [](const Scene& s) { return select({count_rows(s.child)}, named(s)); }},
    {"{How many|Number of} [C] {were there |did we have |}{at|in|from|with|through|for} {the "
     "|}[nv]{ "
     "[t]|} in [year]{?|}",
     needs_name | needs_name_value | needs_child_time,
     [](const Scene& s) {
       return select({count_rows(s.child)}, both(named(s), in_year(s.child_time, s.year)));
     }},
    // What the rows refer to, are like and where they are.
    {"{Which|What|List the} [T] {have no|without a|are not assigned to a|are "
     "without a} [p]{?|}",
     needs_name | needs_parent,
     [](const Scene& s) { return select(called(s), is_null(column(s.parent_key), false)); }},
    {"{How many|Count the} [T] {have no|without a|are not assigned to a|are in no} "
     "[p]{?|}",
     needs_parent,
     [](const Scene& s) {
       return select({count_rows(s.table)}, is_null(column(s.parent_key), false));
     }},
    {"{How many|Number of} [T] {are|were|are still|have been} [v]{?|}", needs_status,
     [](const Scene& s) { return select({count_rows(s.table)}, text_is(s)); }},
    {"{How many|Number of|Count the} [v] [T]{ are there| do we have|}{?|}", needs_status,
     [](const Scene& s) { return select({count_rows(s.table)}, text_is(s)); }},
    {"{How many|Number of|Count the} [flag] [T]{ are there| do we have|}{?|}", needs_flag,
     [](const Scene& s) { return select({count_rows(s.table)}, is_one(s.flag)); }},
    {"{How many [T] are [flag]|How many of the [T] are [flag]}{?|}", needs_flag,
     [](const Scene& s) { return select({count_rows(s.table)}, is_one(s.flag)); }},
    {"{Which|What|Show the|List all} {[T] are [flag]|[flag] [T]}{?|}", needs_flag | needs_name,
     [](const Scene& s) { return select(called(s), is_one(s.flag)); }},
    {"{Which|What} [X] {do most|has the most} [T]{ come from| live in|}{?|}", needs_place,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.text)}), {column(s.text)}), count_rows(s.table),
                      true, 1);
     }},
    {"{How many|Number of} [T] {do we have |are there |live |are |}in [v]{?|}", needs_place,
     [](const Scene& s) { return select({count_rows(s.table)}, text_is(s)); }},
    {"How many [T] {have no|lack a|are without a|have not given their} [X]{?|}", needs_text,
     [](const Scene& s) { return select({count_rows(s.table)}, is_null(column(s.text), false)); }},
};

}  // namespace

std::span<const Pattern> verb_patterns() { return all; }

}  // namespace idi::synth
