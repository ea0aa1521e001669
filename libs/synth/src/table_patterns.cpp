// Patterns about one table.
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
    // Arithmetic.
    {"{What is the|Show the|} {total |}{revenue|turnover|sales value|value} of {all |}[T]{?|}",
     needs_product, [](const Scene& s) { return select({revenue(s)}); }},
    {"{What is the|Show the|} {total |}{[N] times [price]|product of [N] and [price]} {of|over} "
     "all [T]{?|}",
     needs_product, [](const Scene& s) { return select({revenue(s)}); }},
    {"{What is|Give|Show} the {difference|gap|range} between the {highest|maximum|largest} and "
     "{lowest|minimum|smallest} [N] of {all |}[T]{?|}",
     needs_number,
     [](const Scene& s) {
       return select({binary(ir::Arithmetic::subtract, call(Aggregate::max, s.number),
                             call(Aggregate::min, s.number))});
     }},
    // One table.
    {"{Which|What} [T] {is|are} {neither [v] nor [v2]|not [v] and not [v2]} in [X]{?|}",
     needs_text | needs_name,
     [](const Scene& s) {
       return select(called(s),
                     both(test(column(s.text), Comparison::not_equal, text(s.text_value)),
                          test(column(s.text), Comparison::not_equal, text(s.text_value2))));
     }},
    {"{List|Show|Find|Which are} the [name] of [T] whose [X] is {either |}[v] or [v2]{?|}",
     needs_text | needs_name,
     [](const Scene& s) {
       return select(called(s),
                     either(test(column(s.text), Comparison::equal, text(s.text_value)),
                            test(column(s.text), Comparison::equal, text(s.text_value2))));
     }},
    {"{How many|Count} [T] {are there |}{that are |}{not|other than|except} [v] {in|by} [X]{?|}",
     needs_text,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.text), Comparison::not_equal, text(s.text_value)));
     }},
    {"{How many|Count the} [T] {from|in|of|with} [v]{?|}", needs_text,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.text), Comparison::equal, text(s.text_value)));
     }},
    {"{Show|List|Give me} {all |the |}[T] {from|in|of|with} [v]", needs_text | needs_name,
     [](const Scene& s) {
       return select(called(s), test(column(s.text), Comparison::equal, text(s.text_value)));
     }},
    {"{Which|What} [X] {occurs|appears} {most often|most frequently} {among|in} the [T]{?|}",
     needs_text,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.text)}), {column(s.text)}), count_rows(s.table),
                      true, 1);
     }},
    {"{What is the|Find the} {most common|most popular|most frequent} [X] {of|among|for} {all "
     "|}[T]{?|}",
     needs_text,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.text)}), {column(s.text)}), count_rows(s.table),
                      true, 1);
     }},
    {"{How many {different|distinct}|Number of {different|distinct}} [X] {are there "
     "|}{among|of|for} the [T]{?|}",
     needs_text,
     [](const Scene& s) { return select({call(Aggregate::count, column(s.text), true)}); }},
    {"[T] {per|by} [X], {most first|from most to fewest|in descending order of count}", needs_text,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.text), count_rows(s.table)}), {column(s.text)}),
                      count_rows(s.table), true);
     }},
    {"{Break down|Show} the {number|count} of [T] {by|for each|per} [X]", needs_text,
     [](const Scene& s) {
       return grouped(select({column(s.text), count_rows(s.table)}), {column(s.text)});
     }},
    {"{Average|What is the average|Show the mean} [N] {per|by|for each|for every} [X]{?|}",
     needs_text | needs_number,
     [](const Scene& s) {
       return grouped(select({column(s.text), call(Aggregate::avg, s.number)}), {column(s.text)});
     }},
    {"{Which|What} [X] has the {highest|largest|greatest} {average|mean} [N]{?|}",
     needs_text | needs_number,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.text)}), {column(s.text)}),
                      call(Aggregate::avg, s.number), true, 1);
     }},
    {"{Which|What} [X] {are shared by|do} [T] with [N] {over|above} [n] and [T] with [N] "
     "{under|below} [n2]{ have in common|}{?|}",
     needs_text | needs_number,
     [](const Scene& s) {
       return combined(select({column(s.text)},
                              test(column(s.number), Comparison::greater, number(s.number_value))),
                       SetOperator::intersect,
                       select({column(s.text)},
                              test(column(s.number), Comparison::less, number(s.number_value2))));
     }},
    {"{List|Show|Give me|What are} the {top|first|best} [k] [T] {by|in terms of|according to} "
     "[N]{?|}",
     needs_name | needs_number,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), true, s.count); }},
    {"{List|Show|What are} the [k] [T] with the {lowest|smallest|least} [N]{?|}",
     needs_name | needs_number,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), false, s.count); }},
    {"{Which|What|Who} {is|are} the [k] [most] [T]{?|}", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), true, s.count); }},
    {"{Which|What} [t] is the [most]{?|}", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), true, 1); }},
    {"{What is|Show|Give me} the [name] of the [least] [t]{?|}", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select(called(s)), column(s.number), false, 1); }},
    {"{Which|What|Show} [T] {are|that are} [over] [n]{?|}", needs_name | needs_adjective,
     [](const Scene& s) {
       return select(called(s),
                     test(column(s.number), Comparison::greater, number(s.number_value)));
     }},
    {"How many [T] are [under] [n]{?|}", needs_adjective,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.number), Comparison::less, number(s.number_value)));
     }},
    {"{Which|What} [T] {have|has} {an above-average|a higher than average|more than the average} "
     "[N]{?|}",
     needs_name | needs_number,
     [](const Scene& s) {
       return select(called(s), test(column(s.number), Comparison::greater,
                                     select({call(Aggregate::avg, s.number)})));
     }},
    {"{Which|What|List} [T] {have|with} [N] {between [n] and [n2]|from [n] to [n2]}{?|}",
     needs_name | needs_number,
     [](const Scene& s) {
       return select(called(s),
                     between(column(s.number), number(s.number_value), number(s.number_value2)));
     }},
    {"{Which|What|Show the} [T] {have no|lack a|are missing the} [X]{?|}", needs_name | needs_text,
     [](const Scene& s) { return select(called(s), is_null(column(s.text), false)); }},
    {"{How many|Count the} [T] {have a known|with a known|with some} [N]{?|}", needs_number,
     [](const Scene& s) { return select({count_rows(s.table)}, is_null(column(s.number), true)); }},
    {"{Which|List the} [T] {contain|containing|with} {the word |}\"[v]\" in {the |their |}[X]{?|}",
     needs_name | needs_text,
     [](const Scene& s) {
       return select(called(s), test(column(s.text), Comparison::like, text(s.text_value)));
     }},
};

}  // namespace

std::span<const Pattern> table_patterns() { return all; }

}  // namespace idi::synth
