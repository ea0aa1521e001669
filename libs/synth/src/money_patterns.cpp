// Patterns about money and units: what was sold, earned and spent, and who brought it in.
#include <array>

#include "build.hpp"
#include "pattern_queries.hpp"
#include "patterns.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: the patterns read as queries
using ir::Function;

constexpr Pattern all[] = {
    // Amounts of a table.
    {"{What is the |Show the |}{average|mean} [t] {value|amount|total}{?|}", needs_amount,
     [](const Scene& s) { return select({call(Aggregate::avg, s.number)}); }},
    {"{What is the |}{average|mean} {value of a|amount of a|value per} [t]{?|}", needs_amount,
     [](const Scene& s) { return select({call(Aggregate::avg, s.number)}); }},
    {"{What is the |}average [t] {value|amount} {per|by|for each|for every} [X]{?|}",
     needs_amount | needs_text,
     [](const Scene& s) {
       return grouped(select({column(s.text), call(Aggregate::avg, s.number)}), {column(s.text)});
     }},
    {"{What is the |}{total |overall |}{[money]|value of all [T]|amount of all [T]}{?|}",
     needs_amount, [](const Scene& s) { return select({call(Aggregate::sum, s.number)}); }},
    {"How much {money |}{did we {make|earn|take in|bring in|turn over}|came in} in {[year]|the "
     "year "
     "[year]}{?|}",
     needs_amount | needs_time,
     [](const Scene& s) {
       return select({call(Aggregate::sum, s.number)}, in_year(s.time, s.year));
     }},
    {"{How much {did we make|did we earn|came in} in|What was the [money] in|[money] in|[money] "
     "for} "
     "[month]{?|}",
     needs_amount | needs_time,
     [](const Scene& s) {
       return select({call(Aggregate::sum, s.number)}, in_month(s.time, s.month));
     }},
    {"{Which|What|In which} month {of|in} [year] {had|brought|saw|did we have} the "
     "{highest|best|most|largest} [money]{?|}",
     needs_amount | needs_time,
     [](const Scene& s) {
       const auto month = part(Function::month, s.time);
       return ordered(grouped(select({month}, in_year(s.time, s.year)), {month}),
                      call(Aggregate::sum, s.number), true, 1);
     }},
    {"{Which|What|In which} year {had|brought|saw|did we have} the {highest|best|most|largest} "
     "[money]{?|}",
     needs_amount | needs_time,
     [](const Scene& s) {
       const auto year = part(Function::year, s.time);
       return ordered(grouped(select({year}), {year}), call(Aggregate::sum, s.number), true, 1);
     }},
    {"{How much|How big|How large} {was|is} {the|our} {biggest|largest|highest} [t]{ ever|}{?|}",
     needs_amount, [](const Scene& s) { return select({call(Aggregate::max, s.number)}); }},
    {"{How many|Number of|Count the} [T] {over|above|worth more than|of more than|for more than} "
     "[n]{ euros| dollars|}{?|}",
     needs_amount,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     test(column(s.number), Comparison::greater, number(s.number_value)));
     }},
    {"{How many|Number of} [T] {over|above|worth more than|of more than}"
     " [n]{ euros| dollars|} {in|during} [year]{?|}",
     needs_amount | needs_time,
     [](const Scene& s) {
       return select({count_rows(s.table)},
                     both(test(column(s.number), Comparison::greater, number(s.number_value)),
                          in_year(s.time, s.year)));
     }},
    {"{What is the |}total {value|amount|[money]} of {the |all |}[v] [T]{?|}",
     needs_amount | needs_status,
     [](const Scene& s) { return select({call(Aggregate::sum, s.number)}, text_is(s)); }},
    {"{What is the |Show |}{total |}[money] {per|by|for each} [X]{?|}", needs_amount | needs_text,
     [](const Scene& s) {
       return grouped(select({column(s.text), call(Aggregate::sum, s.number)}), {column(s.text)});
     }},
    // What the rows of another table came to.
    {"{What is the |Show the |Give me the |}{total |}[money] {per|by|of each|for every} [t]{?|}",
     needs_name | needs_child_money, [](const Scene& s) { return per_row(s, child_money(s)); }},
    {"{What is the |Show the |}{total |}[money] {per|by|of each|for every} [t] {in|for|during} "
     "[year]{?|}",
     needs_name | needs_child_money | needs_side_time,
     [](const Scene& s) { return per_row(s, child_money(s), in_year(s.side_time, s.year)); }},
    {"{What is the |Show the |}{total |}[money] {per|by|of each} [t] {in|for} [month]{?|}",
     needs_name | needs_child_money | needs_side_time,
     [](const Scene& s) { return per_row(s, child_money(s), in_month(s.side_time, s.month)); }},
    {"{What is the |What was the |}{total |}[money] {of|from|with} {the [t] |}[nv]{?|}",
     needs_name | needs_name_value | needs_child_money,
     [](const Scene& s) { return select({child_money(s)}, named(s)); }},
    {"{How much {did [nv] {make|earn|take in|bring in|turn over}|[money] did [nv] bring}|What was "
     "the [money] {of|from} {the |}[nv]{ [t]|}|[money] of [nv]} in [year]{?|}",
     needs_name | needs_name_value | needs_child_money | needs_side_time,
     [](const Scene& s) {
       return select({child_money(s)}, both(named(s), in_year(s.side_time, s.year)));
     }},
    {"{What did [T] {from|in} [v] {spend|pay}|[money] {of|from} [T] in [v]|Money spent by [T] from "
     "[v]}{ altogether| in total|}{?|}",
     needs_place | needs_child_money,
     [](const Scene& s) { return select({child_money(s)}, text_is(s)); }},
    {"{[money]|How much did we make with [T]|What did [T] bring in} {in|from} [v] in [year]{?|}",
     needs_place | needs_child_money | needs_side_time,
     [](const Scene& s) {
       return select({child_money(s)}, both(text_is(s), in_year(s.side_time, s.year)));
     }},
    {"{What is the |}{total |}[money] {by|per|for each} {[t] |}[X]{?|}",
     needs_place | needs_child_money,
     [](const Scene& s) {
       return grouped(select({column(s.text), child_money(s)}), {column(s.text)});
     }},
    {"{Which|What} [t] {makes|made|brings in|brought in|earns|earned|has|had|generates} the "
     "{most|highest|biggest} {[money]|money}{?|}",
     needs_name | needs_child_money, [](const Scene& s) { return ranked(s, child_money(s), 1); }},
    {"{Which|What} [t] {made|brought in|earned|had|generated} the {most|highest|biggest} "
     "{[money]|money} in [year]{?|}",
     needs_name | needs_child_money | needs_side_time,
     [](const Scene& s) { return ranked(s, child_money(s), 1, in_year(s.side_time, s.year)); }},
    {"{Which|What} [t] {made|brought in|earned|had|has} the {least|lowest|smallest} "
     "{[money]|money}{?|}",
     needs_name | needs_child_money,
     [](const Scene& s) { return ranked(s, child_money(s), 1, nullptr, false); }},
    {"{{Which|What} are the |Show the |}{top|best|strongest} [k] [T] {by|in|in terms of} "
     "[money]{?|}",
     needs_name | needs_child_money,
     [](const Scene& s) { return ranked(s, child_money(s), s.count); }},
    {"{Who {are|were} {our|the}|Show {our|the}|} [k] {strongest|most valuable|most important|top} "
     "[T]{?|}",
     needs_name | needs_payer | needs_child_money,
     [](const Scene& s) { return ranked(s, child_money(s), s.count); }},
    {"{Who|Which [t]} {spent|paid|has spent} the most{ money| with us|}{?|}",
     needs_name | needs_payer | needs_child_money,
     [](const Scene& s) { return ranked(s, child_money(s), 1); }},
    {"{Who|Which [t]} {spent|paid} the most{ money|} in [year]{?|}",
     needs_name | needs_payer | needs_child_money | needs_side_time,
     [](const Scene& s) { return ranked(s, child_money(s), 1, in_year(s.side_time, s.year)); }},
    {"{Which|What|List the|} [T] {who |that |}{spent|have spent|paid} {more than|over|at least} "
     "[k]00"
     "{ euros| dollars|}{?|}",
     needs_name | needs_payer | needs_child_money,
     [](const Scene& s) {
       return grouped(select(called(s)), {column(s.key)},
                      test(child_money(s), Comparison::greater, number(s.count * 100)));
     }},
    {"{How much {has|did} each [t] {spent|spend|pay}|What {has|did} every [t] {spend|pay}|Money "
     "spent "
     "per [t]}{?|}",
     needs_name | needs_payer | needs_child_money,
     [](const Scene& s) { return per_row(s, child_money(s)); }},
    {"{Which|What} [T] {made|earned|brought in|had [money] of} {more than|over} [k]000{?|}",
     needs_name | needs_child_money,
     [](const Scene& s) {
       return grouped(select(called(s)), {column(s.key)},
                      test(child_money(s), Comparison::greater, number(s.count * 1000)));
     }},
    // Two tables on.
    {"{What is the |Show the |}{total |}[money] {per|by|of each|for every} [t]{?|}",
     needs_name | needs_grand_money, [](const Scene& s) { return per_row(s, grand_money(s)); }},
    {"{What is the |Show the |}{total |}[money] {per|by|of each|for every} [t] {in|for} [year]{?|}",
     needs_name | needs_grand_money | needs_grand_time,
     [](const Scene& s) { return per_row(s, grand_money(s), in_year(s.grand_time, s.year)); }},
    {"{How much [money] did [nv] {bring|make}|How much {did we make|came in} with [nv]|[money] "
     "{of|from} "
     "[nv]|[money] of the [t] [nv]} in [year]{?|}",
     needs_name | needs_name_value | needs_grand_money | needs_grand_time,
     [](const Scene& s) {
       return select({grand_money(s)}, both(named(s), in_year(s.grand_time, s.year)));
     }},
    {"{Which|What} [t] {makes|made|brings in|brought in|has|had} the {most|highest} "
     "{[money]|money}{?|}",
     needs_name | needs_grand_money, [](const Scene& s) { return ranked(s, grand_money(s), 1); }},
    {"{{How many units|Units|Pieces|Number of units} {were |}sold {per|by|in each|for each} "
     "[t]|Sold "
     "{units|pieces} {by|per} [t]}{?|}",
     needs_name | needs_grand_quantity,
     [](const Scene& s) { return per_row(s, call(Aggregate::sum, s.grand_number)); }},
    {"{{How many units|Units|Pieces} {were |}sold {per|by|in each|for each} [t]|Sold "
     "{units|pieces} "
     "{by|per} [t]} in {[month]|[month]}{?|}",
     needs_name | needs_grand_quantity | needs_grand_time,
     [](const Scene& s) {
       return per_row(s, call(Aggregate::sum, s.grand_number), in_month(s.grand_time, s.month));
     }},
    {"{{Which|What} is the |}{best-selling|best selling|most sold|top selling} [t]{?|}",
     needs_name | needs_grand_quantity,
     [](const Scene& s) { return ranked(s, call(Aggregate::sum, s.grand_number), 1); }},
    {"{{Which|What} [t] sold {best|most|the most}|{Best-selling|Best selling|Most sold|Top} [t]} "
     "{in|of} [year]{?|}",
     needs_name | needs_grand_quantity | needs_grand_time,
     [](const Scene& s) {
       return ranked(s, call(Aggregate::sum, s.grand_number), 1, in_year(s.grand_time, s.year));
     }},
    // Units.
    {"{{Which|What} [t] sold {best|most|the most}|{Best-selling|Best selling|Most sold} [t]} "
     "{in|of} "
     "[year]{?|}",
     needs_name | needs_child_quantity | needs_side_time,
     [](const Scene& s) {
       return ranked(s, call(Aggregate::sum, s.child_number), 1, in_year(s.side_time, s.year));
     }},
    {"{{Which|What} are the |The |Show the |}{top |}[k] {best-selling|best selling|most sold} "
     "[T]{?|}",
     needs_name | needs_child_quantity,
     [](const Scene& s) { return ranked(s, call(Aggregate::sum, s.child_number), s.count); }},
    {"{The |}{top|first|best} [k] [T] {by|in} {pieces sold|sold pieces|number of "
     "units|quantity}{?|}",
     needs_name | needs_child_quantity,
     [](const Scene& s) { return ranked(s, call(Aggregate::sum, s.child_number), s.count); }},
    {"{How many {units|pieces} of [nv] {were sold|did we sell|have we sold}|Units sold of "
     "[nv]}{?|}",
     needs_name | needs_name_value | needs_child_quantity,
     [](const Scene& s) { return select({call(Aggregate::sum, s.child_number)}, named(s)); }},
    {"{What is the {profit|margin|markup} {on|of} each [t]|Profit per [t]|Margin {per|by} [t]}{?|}",
     needs_name | needs_margin,
     [](const Scene& s) {
       return select(
           called_and(s, binary(ir::Arithmetic::subtract, column(s.number), column(s.price))));
     }},
    {"{Which [k] [T] have|[k] [T] with} the {highest|largest|best|biggest} "
     "{margin|profit|markup}{?|}",
     needs_name | needs_margin,
     [](const Scene& s) {
       return ordered(select(called(s)),
                      binary(ir::Arithmetic::subtract, column(s.number), column(s.price)), true,
                      s.count);
     }},
    {"{Which|What|Show the} [T] {cost|that cost|costing} {more than|over|above} [n]{ euros| "
     "dollars|}{?|}",
     needs_name | needs_margin | needs_number,
     [](const Scene& s) {
       return select(called(s),
                     test(column(s.number), Comparison::greater, number(s.number_value)));
     }},
    {"{What does [nv] cost|How much is [nv]|How much does [nv] cost}{?|}",
     needs_name | needs_name_value | needs_margin,
     [](const Scene& s) { return select({column(s.number)}, named(s)); }},
    {"{What do we pay for [nv]|How much does [nv] cost us|What does [nv] cost us}{?|}",
     needs_name | needs_name_value | needs_margin,
     [](const Scene& s) { return select({column(s.price)}, named(s)); }},
};

}  // namespace

std::span<const Pattern> money_patterns() { return all; }

}  // namespace idi::synth
