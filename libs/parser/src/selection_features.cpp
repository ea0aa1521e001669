// What speaks for or against a candidate, read from its tokens, its outcome and the question.
#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "idi/core/assert.hpp"
#include "idi/parser/selector.hpp"
#include "query_summary.hpp"

namespace idi::parser {

namespace {

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
    const QuerySummary used = summarize(candidate, question_, schema_);
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
    set(strange_keys, used.strange_keys);
    set(cell_in_other_column, used.misplaced_cells);
    set(step_probability, candidate.log_probability / std::max(candidate.steps, 1));
    set(repeated_items, used.repeated_items);
    set(repeated_conditions, used.repeated_conditions);
    set(odd_literals, used.odd_literals);
    set(extra_tables, used.extra_tables);
    set(join_hints, used.join_hints);
    set(ungrouped, used.ungrouped);
    set(idle_group, used.grouped && used.aggregates == 0);
    write_outcome(outcome);
    set(words_unused, outcome.words_unused);
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
    set(duplicate_rows, outcome.duplicate_share);
    const bool one_number = outcome.rows == 1 && outcome.columns == 1 && outcome.numeric_share == 1;
    set(count_answer_odd, outcome.ran && cues_.count && !cues_.group && !one_number);
    set(one_asked_many_found, cues_.singular && !cues_.group && outcome.rows > 1);
  }

  // Of the words that name something, the share whose thing is used; of the things used, how many
  // no word names.
  void write_words(const QuerySummary& used) {
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
  void write_values(const QuerySummary& used) {
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

  void write_cues(const QuerySummary& used) {
    using enum SelectionFeature;
    const auto compare = [&](bool asked, bool done, SelectionFeature missing,
                             SelectionFeature extra) {
      set(missing, asked && !done);
      set(extra, !asked && done);
    };
    set(direction_conflict, cues_.least != cues_.greatest && used.ascending != used.descending &&
                                cues_.least == used.descending);
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
  double best_items = -INFINITY;
  double all = 0;
  for (const Candidate& candidate : candidates) {
    best = std::max(best, candidate.log_probability);
    best_items = std::max(best_items, candidate.item_log_probability);
  }
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
    const double own = std::exp(candidates[i].log_probability - best) / all;
    const auto others = static_cast<double>(std::max<std::size_t>(candidates.size(), 2) - 1);
    set(SelectionFeature::log_probability, candidates[i].log_probability);
    set(SelectionFeature::margin, std::max(candidates[i].log_probability - best, -10.0));
    set(SelectionFeature::first, i == 0);
    set(SelectionFeature::rank, static_cast<double>(i) / others);
    set(SelectionFeature::votes, votes);
    set(SelectionFeature::same_result, same / others);
    set(SelectionFeature::log_mass, std::max(std::log(own + votes), -10.0));
    set(SelectionFeature::items, std::max(candidates[i].item_log_probability - best_items, -20.0));
    rows.push_back(row);
  }
  return rows;
}

}  // namespace idi::parser
