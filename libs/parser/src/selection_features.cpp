// What speaks for or against a candidate, read from its tokens, its outcome and the question.
#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "idi/core/assert.hpp"
#include "idi/parser/selector.hpp"

namespace idi::parser {

namespace {

using ir::Symbol;
using Kind = ir::Token::Kind;

/// What the question's words ask for.
struct Cues {
  bool superlative = false, count = false, group = false, average = false, sum = false;
  bool negation = false, distinct = false, comparison = false;
};

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Cues cues_of(const link::LinkedQuestion& question) {
  Cues cues;
  std::string_view before;
  for (const link::QuestionToken& token : question.tokens) {
    const std::string_view word = token.lower;
    const bool superlative_form = word.size() > 5 && word.ends_with("est") &&
                                  !one_of(word, {"interest", "request", "forest"});
    if (superlative_form || one_of(word, {"most", "least", "best", "worst", "top", "maximum",
                                          "minimum", "first", "last", "max", "min"}))
      cues.superlative = cues.superlative || before != "at";
    if (word == "many" && before == "how") cues.count = true;
    if ((word == "number" && one_of(before, {"the", "total", "a"})) || word == "count")
      cues.count = true;
    if (one_of(word, {"each", "every", "per"})) cues.group = true;
    if (one_of(word, {"average", "mean", "avg"})) cues.average = true;
    if (word == "total" || word == "sum" || word == "overall") cues.sum = true;
    if (one_of(word, {"not", "no", "never", "without", "except", "neither", "nor", "excluding",
                      "don't", "doesn't", "didn't", "isn't", "aren't", "cannot", "none"}))
      cues.negation = true;
    if (one_of(word, {"different", "distinct", "unique", "various"})) cues.distinct = true;
    if (one_of(word,
               {"than", "above", "below", "over", "under", "exceed", "exceeds", "between", "after",
                "before", "older", "younger", "greater", "larger", "smaller", "higher", "lower"}) ||
        (before == "at" && one_of(word, {"least", "most"})))
      cues.comparison = true;
    before = word;
  }
  return cues;
}

/// What a query does, from its tokens.
struct Summary {
  std::set<int> columns, tables, values;
  int select_items = 0, conditions = 0, aggregates = 0, subqueries = 0, set_operations = 0;
  int any_values = 0, type_conflicts = 0, misplaced_cells = 0;
  bool ordered = false, limited = false, grouped = false, distinct = false, negated = false;
  bool counted = false, averaged = false, summed = false, extreme = false, compared = false;
};

bool in_range(Symbol symbol, Symbol first, Symbol last) {
  return symbol >= first && symbol <= last;
}

class Summarizer {
 public:
  Summarizer(const link::LinkedQuestion& question, const Schema& schema)
      : question_(question), schema_(schema) {}

  Summary summarize(const Candidate& candidate) {
    for (const ir::Token& token : candidate.tokens) {
      if (token.kind == Kind::symbol)
        read(static_cast<Symbol>(token.index));
      else
        read_pointer(token);
    }
    return std::move(summary_);
  }

 private:
  void read(Symbol symbol) {
    using enum Symbol;
    if (!in_range(symbol, count, distinct_argument) && symbol != Symbol::distinct)
      in_select_ = false;
    switch (symbol) {
      case Symbol::distinct:
      case distinct_argument:
        summary_.distinct = true;
        break;
      case group:
        summary_.grouped = true;
        break;
      case order_asc:
      case order_desc:
        summary_.ordered = true;
        break;
      case limit:
        summary_.limited = true;
        break;
      case unite:
      case intersect:
        ++summary_.set_operations;
        break;
      case except:
        ++summary_.set_operations;
        summary_.negated = true;
        break;
      case count:
        summary_.counted = true;
        break;
      case sum:
        summary_.summed = true;
        break;
      case avg:
        summary_.averaged = true;
        break;
      case min:
      case max:
        summary_.extreme = true;
        break;
      case any_value:
        ++summary_.any_values;
        break;
      case subquery:
        ++summary_.subqueries;
        break;
      default:
        break;
    }
    if (in_range(symbol, count, max)) ++summary_.aggregates;
    if (in_range(symbol, equal, not_null)) read_comparison(symbol);
    previous_ = symbol;
  }

  void read_comparison(Symbol symbol) {
    using enum Symbol;
    ++summary_.conditions;
    if (one_of(symbol,
               {not_equal, not_like, not_like_prefix, not_like_suffix, not_between, not_in}))
      summary_.negated = true;
    if (in_range(symbol, less, greater_equal) || symbol == Symbol::between) {
      summary_.compared = true;
      if (last_type_ == ColumnType::text && !last_aggregated_) ++summary_.type_conflicts;
    }
    comparison_ = symbol;
  }

  void read_pointer(const ir::Token& token) {
    if (token.kind == Kind::value) {
      summary_.values.insert(token.index);
      read_value(token.index);
      return;
    }
    if (in_select_) ++summary_.select_items;
    if (token.kind == Kind::table) {
      summary_.tables.insert(token.index);
      return;
    }
    const ColumnRef column = schema_.from_flat_index(token.index);
    summary_.columns.insert(token.index);
    summary_.tables.insert(column.table);
    last_column_ = column;
    last_type_ = schema_.column(column).type;
    last_aggregated_ = previous_ && in_range(*previous_, Symbol::count, Symbol::avg);
    if ((previous_ == Symbol::sum || previous_ == Symbol::avg) && last_type_ == ColumnType::text)
      ++summary_.type_conflicts;
    previous_.reset();
  }

  // A cell of another column than the one that it is compared with.
  void read_value(int index) {
    if (index < 0 || index >= static_cast<int>(question_.values.size())) return;
    const auto& value = question_.values[static_cast<std::size_t>(index)];
    if (value.kind == link::ValueKind::cell && comparison_ == Symbol::equal &&
        std::find(value.columns.begin(), value.columns.end(), last_column_) == value.columns.end())
      ++summary_.misplaced_cells;
  }

  static bool one_of(Symbol symbol, std::initializer_list<Symbol> symbols) {
    return std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
  }

  const link::LinkedQuestion& question_;
  const Schema& schema_;
  Summary summary_;
  bool in_select_ = true;
  std::optional<Symbol> previous_;  ///< Symbol directly before, none after a pointer.
  Symbol comparison_ = Symbol::end;
  ColumnRef last_column_;
  ColumnType last_type_ = ColumnType::other;
  bool last_aggregated_ = false;
};

int joins_in(std::string_view sql) {
  int joins = 0;
  for (std::size_t at = sql.find(" JOIN "); at != std::string_view::npos;
       at = sql.find(" JOIN ", at + 1))
    ++joins;
  return joins;
}

class FeatureWriter {
 public:
  FeatureWriter(const link::LinkedQuestion& question, const Schema& schema)
      : question_(question), schema_(schema), cues_(cues_of(question)) {}

  SelectionFeatures write(const Candidate& candidate, const CandidateOutcome& outcome) {
    features_ = {};
    const Summary used = Summarizer(question_, schema_).summarize(candidate);
    using enum SelectionFeature;
    set(steps, candidate.steps);
    set(select_items, used.select_items);
    set(conditions, used.conditions);
    set(joins, joins_in(candidate.sql));
    set(aggregates, used.aggregates);
    set(subqueries, used.subqueries);
    set(set_operations, used.set_operations);
    set(any_values, used.any_values);
    set(unresolved_values, candidate.unresolved_values);
    set(type_conflicts, used.type_conflicts);
    set(cell_in_other_column, used.misplaced_cells);
    write_outcome(outcome);
    write_words(used);
    write_values(used);
    write_cues(used);
    return features_;
  }

 private:
  void set(SelectionFeature feature, double value) {
    features_[static_cast<std::size_t>(feature)] = value;
  }

  void write_outcome(const CandidateOutcome& outcome) {
    using enum SelectionFeature;
    set(failed, !outcome.ran && outcome.error != ErrorCode::timeout);
    set(timed_out, !outcome.ran && outcome.error == ErrorCode::timeout);
    set(empty, outcome.ran && outcome.rows == 0);
    set(one_row, outcome.ran && outcome.rows == 1);
    set(many_rows, outcome.rows > 100);
    set(truncated, outcome.truncated);
    set(all_null, outcome.all_null);
    set(zero, outcome.zero);
  }

  // Of the words that name something, the share whose thing is used; of the things used, how many
  // no word names.
  void write_words(const Summary& used) {
    const std::size_t columns = question_.columns.size();
    const std::size_t tables = question_.tables.size();
    int exact = 0;
    int exact_used = 0;
    int partial = 0;
    int partial_used = 0;
    std::set<int> named_columns;
    std::set<int> named_tables;
    for (std::size_t token = 0; token < question_.tokens.size(); ++token) {
      auto strongest = link::NameMatch::none;
      auto strongest_used = link::NameMatch::none;
      const auto see = [&](link::NameMatch match, bool is_used) {
        strongest = std::max(strongest, match);
        if (is_used) strongest_used = std::max(strongest_used, match);
      };
      for (std::size_t c = 0; c < columns; ++c) {
        const auto match = question_.token_column[token * columns + c];
        if (match == link::NameMatch::none) continue;
        const int column = schema_.flat_index(question_.columns[c]);
        see(match, used.columns.contains(column));
        named_columns.insert(column);
      }
      for (std::size_t t = 0; t < tables; ++t) {
        const auto match = question_.token_table[token * tables + t];
        if (match == link::NameMatch::none) continue;
        see(match, used.tables.contains(question_.tables[t]));
        named_tables.insert(question_.tables[t]);
      }
      if (strongest == link::NameMatch::exact) {
        ++exact;
        if (strongest_used == strongest) ++exact_used;
      } else if (strongest != link::NameMatch::none) {
        ++partial;
        if (strongest_used != link::NameMatch::none) ++partial_used;
      }
    }
    using enum SelectionFeature;
    set(exact_words_used, exact == 0 ? 1 : static_cast<double>(exact_used) / exact);
    set(partial_words_used, partial == 0 ? 1 : static_cast<double>(partial_used) / partial);
    const auto unnamed = [](const std::set<int>& things, const std::set<int>& named) {
      return std::count_if(things.begin(), things.end(),
                           [&](int thing) { return !named.contains(thing); });
    };
    set(columns_unnamed, static_cast<double>(unnamed(used.columns, named_columns)));
    set(tables_unnamed, static_cast<double>(unnamed(used.tables, named_tables)));
  }

  // Values overlap ("New York", "York"): a value whose words another used value covers is no loss.
  void write_values(const Summary& used) {
    const auto covered = [&](const link::ValueCandidate& value) {
      return std::any_of(used.values.begin(), used.values.end(), [&](int index) {
        if (index < 0 || index >= static_cast<int>(question_.values.size())) return false;
        const auto& other = question_.values[static_cast<std::size_t>(index)];
        return other.token_begin < value.token_end && value.token_begin < other.token_end;
      });
    };
    int unused[5] = {};
    int covered_count = 0;
    for (const auto& value : question_.values) {
      if (covered(value))
        ++covered_count;
      else
        ++unused[static_cast<std::size_t>(value.kind)];
    }
    const auto of = [&](link::ValueKind kind) { return unused[static_cast<std::size_t>(kind)]; };
    using enum SelectionFeature;
    set(values_used, question_.values.empty() ? 1
                                              : static_cast<double>(covered_count) /
                                                    static_cast<double>(question_.values.size()));
    set(quoted_unused, of(link::ValueKind::quoted));
    set(numbers_unused, of(link::ValueKind::number) + of(link::ValueKind::date));
    set(cells_unused, of(link::ValueKind::cell));
  }

  void write_cues(const Summary& used) {
    using enum SelectionFeature;
    const auto compare = [&](bool asked, bool done, SelectionFeature missing,
                             SelectionFeature extra) {
      set(missing, asked && !done);
      set(extra, !asked && done);
    };
    const bool extreme = used.extreme || (used.ordered && used.limited);
    compare(cues_.superlative, extreme || used.ordered, superlative_missing, superlative_extra);
    compare(cues_.count, used.counted || used.summed, count_missing, count_extra);
    compare(cues_.group, used.grouped, group_missing, group_extra);
    compare(cues_.average, used.averaged, average_missing, average_extra);
    compare(cues_.sum, used.summed || used.counted, sum_missing, sum_extra);
    compare(cues_.negation, used.negated, negation_missing, negation_extra);
    compare(cues_.distinct, used.distinct || used.grouped, distinct_missing, distinct_extra);
    compare(cues_.comparison, used.compared, comparison_missing, comparison_extra);
  }

  const link::LinkedQuestion& question_;
  const Schema& schema_;
  Cues cues_;
  SelectionFeatures features_{};
};

}  // namespace

std::vector<SelectionFeatures> selection_features(const link::LinkedQuestion& question,
                                                  const Schema& schema,
                                                  std::span<const Candidate> candidates,
                                                  std::span<const CandidateOutcome> outcomes) {
  IDI_ASSERT(candidates.size() == outcomes.size());
  double best = -INFINITY;
  double all = 0;
  for (const Candidate& candidate : candidates) best = std::max(best, candidate.log_probability);
  for (const Candidate& candidate : candidates) all += std::exp(candidate.log_probability - best);

  FeatureWriter writer(question, schema);
  std::vector<SelectionFeatures> rows;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    SelectionFeatures row = writer.write(candidates[i], outcomes[i]);
    const auto set = [&](SelectionFeature feature, double value) {
      row[static_cast<std::size_t>(feature)] = value;
    };
    double votes = 0;
    int same = 0;
    for (std::size_t j = 0; j < candidates.size(); ++j)
      if (j != i && outcomes[i].ran && outcomes[j].ran &&
          outcomes[i].result_hash == outcomes[j].result_hash) {
        votes += std::exp(candidates[j].log_probability - best) / all;
        ++same;
      }
    const auto others = static_cast<double>(std::max<std::size_t>(candidates.size(), 2) - 1);
    set(SelectionFeature::log_probability, candidates[i].log_probability);
    set(SelectionFeature::margin, std::max(candidates[i].log_probability - best, -10.0));
    set(SelectionFeature::first, i == 0);
    set(SelectionFeature::rank, static_cast<double>(i) / others);
    set(SelectionFeature::votes, votes);
    set(SelectionFeature::same_result, same / others);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace idi::parser
