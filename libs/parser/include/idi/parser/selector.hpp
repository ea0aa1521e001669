// Which of the parser's candidates answers the question: a linear re-ranker over what is known of a
// candidate and of its execution. Executing is the caller's business; this room knows no database.
// Values and pure functions, thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/parser/candidate.hpp"

namespace idi::parser {

/// What came out when a candidate was run under a small limit.
struct CandidateOutcome {
  bool ran = false;
  ErrorCode error = ErrorCode::internal;  ///< Meaningful if it did not run.
  std::int64_t rows = 0;                  ///< As far as they were read.
  bool truncated = false;
  bool all_null = false;          ///< There are rows, and every cell is NULL.
  bool zero = false;              ///< One cell, and it is 0.
  std::uint64_t result_hash = 0;  ///< Equal for equal results, whatever the order of their rows.
  std::int64_t columns = 0;
  double duplicate_share = 0;  ///< Of the rows, those that an earlier row equals.
  double numeric_share = 0;    ///< Of the cells, those that are numbers.
  /// Of the question's words with a meaning of their own, those that nothing in the query explains;
  /// not seen by running it, but by whoever runs it.
  double words_unused = 0;
};

[[nodiscard]] CandidateOutcome outcome_of(const Result<ResultTable>& execution);

/// Everything that can speak for or against a candidate. The names are those of the weights' text.
/// Shares are 0–1, "missing": the question has the cue and the query does not answer it, "extra":
/// the other way round.
// clang-format off
#define IDI_SELECTION_FEATURES(X)                                                             \
  /* The network's own opinion; mass: of all candidates with this result. */                  \
  X(log_probability) X(margin) X(step_probability) X(first) X(rank) X(log_mass) X(votes)      \
  X(same_result) X(items)                                                                     \
  /* The query's shape. */                                                                    \
  X(steps) X(select_items) X(conditions) X(joins) X(aggregates) X(subqueries)                 \
  X(set_operations) X(extra_tables) X(join_hints) X(any_values) X(unresolved_values)          \
  X(repeated_items) X(repeated_conditions) X(odd_literals) X(type_conflicts) X(strange_keys)                  \
  X(cell_in_other_column) X(ungrouped) X(idle_group)                                          \
  /* What came out. */                                                                        \
  X(failed) X(timed_out) X(empty) X(one_row) X(many_rows) X(truncated) X(all_null) X(zero)    \
  X(duplicate_rows) X(count_answer_odd) X(one_asked_many_found)                               \
  /* What the question names. */                                                              \
  X(exact_words_used) X(partial_words_used) X(columns_unnamed) X(tables_unnamed)              \
  X(words_unused) X(values_used) X(quoted_unused) X(numbers_unused) X(cells_unused)                           \
  /* What the question asks for. */                                                           \
  X(superlative_missing) X(superlative_extra) X(direction_conflict) X(count_missing)          \
  X(count_extra) X(group_missing) X(group_extra) X(average_missing) X(average_extra)          \
  X(sum_missing) X(sum_extra) X(negation_missing) X(negation_extra) X(distinct_missing)       \
  X(distinct_extra) X(comparison_missing) X(comparison_extra)
// clang-format on

enum class SelectionFeature : std::uint8_t {
#define IDI_AS_MEMBER(name) name,
  IDI_SELECTION_FEATURES(IDI_AS_MEMBER)
#undef IDI_AS_MEMBER
      feature_count
};
inline constexpr std::size_t selection_feature_count =
    static_cast<std::size_t>(SelectionFeature::feature_count);

[[nodiscard]] std::string_view selection_feature_name(SelectionFeature feature);

using SelectionFeatures = std::array<double, selection_feature_count>;

/// One row per candidate. REQUIRES: as many outcomes as candidates.
[[nodiscard]] std::vector<SelectionFeatures> selection_features(
    const link::LinkedQuestion& question, const Schema& schema,
    std::span<const Candidate> candidates, std::span<const CandidateOutcome> outcomes);

class Selector {
 public:
  /// Weights set by hand: log-probability first, failures and contradictions against it.
  static Selector standard();
  /// Lines "name weight"; a name that is not mentioned weighs nothing; blank lines and lines that
  /// begin with # are skipped. Errors: invalid_argument (an unknown name, no number), with the
  /// line.
  static Result<Selector> from_text(std::string_view lines);
  explicit Selector(const SelectionFeatures& weights) : weights_(weights) {}

  [[nodiscard]] double score(const SelectionFeatures& features) const;
  /// One per candidate, higher is better. Comparable within one question only.
  [[nodiscard]] std::vector<double> scores(const link::LinkedQuestion& question,
                                           const Schema& schema,
                                           std::span<const Candidate> candidates,
                                           std::span<const CandidateOutcome> outcomes) const;
  [[nodiscard]] std::string to_text() const;

 private:
  SelectionFeatures weights_;
};

/// The candidates of one question, and which of them were right.
struct SelectionExample {
  std::vector<SelectionFeatures> candidates;
  std::vector<bool> right;
};

struct FitOptions {
  double l2 = 0.01;  ///< Pull of the weights of standardized features towards 0.
  int iterations = 400;
};

/// Maximises the probability that a softmax over the scores gives to right candidates (listwise
/// logistic regression). Deterministic. Questions whose candidates are all right or all wrong teach
/// nothing and are skipped. Errors: invalid_argument where no question teaches anything.
[[nodiscard]] Result<Selector> fit_selector(const std::vector<SelectionExample>& examples,
                                            const FitOptions& options = {});

}  // namespace idi::parser
