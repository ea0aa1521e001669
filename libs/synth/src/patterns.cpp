#include "patterns.hpp"

#include <array>
#include <utility>

#include "build.hpp"
#include "idi/core/assert.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: the patterns read as queries
using ir::Function;
using ir::SetOperator;

ExpressionPtr revenue(const Scene& s) {
  return call(Aggregate::sum, binary(ir::Arithmetic::multiply, column(s.number), column(s.price)));
}

ir::Query keys_of_children(const Scene& s, ir::ConditionPtr where = nullptr) {
  return select({column(s.child_key)}, std::move(where));
}

ir::ConditionPtr child_is(const Scene& s) {
  return test(column(s.child_text), Comparison::equal, text(s.child_text_value));
}

constexpr Pattern all_patterns[] = {
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
       return select({column(s.name)},
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
       auto query = select({column(s.name)}, test(part(Function::year, s.child_time),
                                                  Comparison::equal, number(s.year)));
       return ordered(grouped(std::move(query), {column(s.key)}), count_rows(s.child), true, 1);
     }},
    {"{How many [C]|Number of [C]} {per|by|for each} [t] in [year]{?|}",
     needs_child | needs_name | needs_child_time,
     [](const Scene& s) {
       auto query =
           select({column(s.name), count_rows(s.child)},
                  test(part(Function::year, s.child_time), Comparison::equal, number(s.year)));
       return grouped(std::move(query), {column(s.key)});
     }},
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
       return select({column(s.name)},
                     both(test(column(s.text), Comparison::not_equal, text(s.text_value)),
                          test(column(s.text), Comparison::not_equal, text(s.text_value2))));
     }},
    {"{List|Show|Find|Which are} the [name] of [T] whose [X] is {either |}[v] or [v2]{?|}",
     needs_text | needs_name,
     [](const Scene& s) {
       return select({column(s.name)},
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
       return select({column(s.name)}, test(column(s.text), Comparison::equal, text(s.text_value)));
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
     [](const Scene& s) {
       return ordered(select({column(s.name)}), column(s.number), true, s.count);
     }},
    {"{List|Show|What are} the [k] [T] with the {lowest|smallest|least} [N]{?|}",
     needs_name | needs_number,
     [](const Scene& s) {
       return ordered(select({column(s.name)}), column(s.number), false, s.count);
     }},
    {"{Which|What|Who} {is|are} the [k] [most] [T]{?|}", needs_name | needs_adjective,
     [](const Scene& s) {
       return ordered(select({column(s.name)}), column(s.number), true, s.count);
     }},
    {"{Which|What} [t] is the [most]{?|}", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select({column(s.name)}), column(s.number), true, 1); }},
    {"{What is|Show|Give me} the [name] of the [least] [t]{?|}", needs_name | needs_adjective,
     [](const Scene& s) { return ordered(select({column(s.name)}), column(s.number), false, 1); }},
    {"{Which|What|Show} [T] {are|that are} [over] [n]{?|}", needs_name | needs_adjective,
     [](const Scene& s) {
       return select({column(s.name)},
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
       return select({column(s.name)}, test(column(s.number), Comparison::greater,
                                            select({call(Aggregate::avg, s.number)})));
     }},
    {"{Which|What|List} [T] {have|with} [N] {between [n] and [n2]|from [n] to [n2]}{?|}",
     needs_name | needs_number,
     [](const Scene& s) {
       return select({column(s.name)},
                     between(column(s.number), number(s.number_value), number(s.number_value2)));
     }},
    {"{Which|What|Show the} [T] {have no|lack a|are missing the} [X]{?|}", needs_name | needs_text,
     [](const Scene& s) { return select({column(s.name)}, is_null(column(s.text), false)); }},
    {"{How many|Count the} [T] {have a known|with a known|with some} [N]{?|}", needs_number,
     [](const Scene& s) { return select({count_rows(s.table)}, is_null(column(s.number), true)); }},
    {"{Which|List the} [T] {contain|containing|with} {the word |}\"[v]\" in {the |their |}[X]{?|}",
     needs_name | needs_text,
     [](const Scene& s) {
       return select({column(s.name)}, test(column(s.text), Comparison::like, text(s.text_value)));
     }},
    // A table and one that refers to it.
    {"{How many [C] {does each [t] have|are there for each [t]}|Number of [C] {per|by|for every} "
     "[t]}{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return grouped(select({column(s.name), count_rows(s.child)}), {column(s.key)});
     }},
    {"{Which|What} [t] has the {most|greatest number of|largest number of} [C]{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.name)}), {column(s.key)}), count_rows(s.child), true,
                      1);
     }},
    {"{Top|The} [k] [T] {by number of|with the most} [C]", needs_child | needs_name,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.name)}), {column(s.key)}), count_rows(s.child), true,
                      s.count);
     }},
    {"{Which|List the|What are the} [T] {with|having|that have} {at least [k]|[k] or more} [C]{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return grouped(select({column(s.name)}), {column(s.key)},
                      test(count_rows(s.child), Comparison::greater_equal, number(s.count)));
     }},
    {"{Which|List the|Find} [T] {without any|that have no|with no|that do not have any} [C]{?|}",
     needs_child | needs_name,
     [](const Scene& s) {
       return select({column(s.name)},
                     test(column(s.key), Comparison::in, keys_of_children(s), true));
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
     [](const Scene& s) { return select({column(s.name)}, child_is(s)); }},
    {"{Which|List the} [T] {that do not have|without} {a|any} [c] {with|whose} [CX] {is |}[cv]{?|}",
     needs_child | needs_name | needs_child_text,
     [](const Scene& s) {
       return select({column(s.name)},
                     test(column(s.key), Comparison::in, keys_of_children(s, child_is(s)), true));
     }},
    {"{What is the|Show the|} total [CN] {of [C] |}{per|by|for each|of every} [t]{?|}",
     needs_child | needs_name | needs_child_number,
     [](const Scene& s) {
       return grouped(select({column(s.name), call(Aggregate::sum, s.child_number)}),
                      {column(s.key)});
     }},
    {"{Which|What} [t] has the {highest|largest} {total|overall} [CN]{?|}",
     needs_child | needs_name | needs_child_number,
     [](const Scene& s) {
       return ordered(grouped(select({column(s.name)}), {column(s.key)}),
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

/// Writes the placeholders of one wording.
class Wording {
 public:
  Wording(const Scene& scene, const Rewording& rewording, Random& random)
      : s_(scene), rewording_(rewording), random_(random) {}

  std::string words(const std::string& name) {
    if (name == "T") return plural_of(table(s_.table));
    if (name == "t") return table(s_.table);
    if (name == "C") return plural_of(table(s_.child));
    if (name == "c") return table(s_.child);
    if (name == "name") return column(s_.name);
    if (name == "X") return column(s_.text);
    if (name == "N") return column(s_.number);
    if (name == "price") return column(s_.price);
    if (name == "D") return column(s_.time);
    if (name == "CX") return column(s_.child_text);
    if (name == "CN") return column(s_.child_number);
    if (name == "CD") return column(s_.child_time);
    if (name == "v") return s_.text_value;
    if (name == "v2") return s_.text_value2;
    if (name == "cv") return s_.child_text_value;
    if (name == "n") return s_.number_value;
    if (name == "n2") return s_.number_value2;
    if (name == "year") return s_.year;
    if (name == "k") return std::to_string(s_.count);
    if (name == "most") return s_.most;
    if (name == "least") return s_.least;
    if (name == "over") return s_.over;
    IDI_ASSERT(name == "under");
    return s_.under;
  }

 private:
  std::string column(ColumnRef ref) { return rewording_.apply(s_.natural(ref), random_); }
  std::string table(int number) {
    const Table& table = s_.schema->tables[static_cast<std::size_t>(number)];
    return rewording_.apply(singular_of(table.natural_name), random_);
  }

  const Scene& s_;
  const Rewording& rewording_;
  Random& random_;
};

}  // namespace

std::span<const Pattern> patterns() { return all_patterns; }

std::string phrase(const Pattern& pattern, const Scene& scene, const Rewording& rewording,
                   Random& random) {
  Wording wording(scene, rewording, random);
  const std::string chosen = choose_alternatives(pattern.wording, random);
  std::string text;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::size_t close = chosen[i] == '[' ? chosen.find(']', i) : std::string::npos;
    if (close == std::string::npos) {
      text += chosen[i];
      continue;
    }
    text += wording.words(chosen.substr(i + 1, close - i - 1));
    i = close;
  }
  return tidy_sentence(text);
}

}  // namespace idi::synth
