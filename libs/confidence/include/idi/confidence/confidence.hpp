// How likely an answer is right, as a number that means what it says: a logistic model over what is
// known of an answer, fitted on questions over databases that the parser's network never saw
// (Platt 1999; Guo et al., arXiv 1706.04599, for the measures). Values and pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::confidence {

/// All 0–1 unless said; absent evidence is 0.
// clang-format off
#define IDI_CONFIDENCE_FEATURES(X)                                                               \
  /* The choice: the selector's share behind the answer, as log-odds (−6…6) and as it is; the     */ \
  /* lead over the next answer; the share of candidates with this result; the best one's own       */ \
  /* probability a step; the encoder's opinion of the items.                                       */ \
  X(share_log_odds) X(share) X(lead) X(votes) X(step_probability) X(items)                       \
  /* Two engines (one of three, all 0: only one was asked).                                        */ \
  X(engines_agree) X(engines_differ) X(only_model)                                               \
  /* Linking: share of content words that are names or cells; that nothing knows; that the query    */ \
  /* does not use; values that no cell has.                                                        */ \
  X(words_known) X(words_unknown) X(words_unused) X(values_unresolved)                           \
  /* What came out, and what verification found (the largest doubt).                               */ \
  X(empty_result) X(null_result) X(not_tried) X(doubt) X(repaired)                               \
  /* The shape: joins, conditions, subqueries (a third each, at most 1); a set operation.          */ \
  X(joins) X(conditions) X(subqueries) X(set_operation) X(follow_up)
// clang-format on

enum class Feature : std::uint8_t {
#define IDI_AS_MEMBER(name) name,
  IDI_CONFIDENCE_FEATURES(IDI_AS_MEMBER)
#undef IDI_AS_MEMBER
      feature_count
};
inline constexpr std::size_t feature_count = static_cast<std::size_t>(Feature::feature_count);
using Features = std::array<double, feature_count>;
[[nodiscard]] std::string_view feature_name(Feature feature);

class Model {
 public:
  /// Weights set by hand, for weights files that have none.
  static Model standard();
  /// Lines "name weight" and "bias weight"; a name that is not mentioned weighs nothing; blank
  /// lines and lines that begin with # are skipped. Errors: invalid_argument (an unknown name, no
  /// number), with the line.
  static Result<Model> from_text(std::string_view lines);
  [[nodiscard]] std::string to_text() const;
  /// 0–1. A feature that is no number counts as absent.
  [[nodiscard]] double probability(const Features& features) const;

  std::array<double, feature_count> weights{};
  double bias = 0;
};

struct Example {
  Features features{};
  bool right = false;
};

/// Logistic regression with an L2 pull on standardized features; deterministic. Errors:
/// invalid_argument where all are right, all are wrong, or there are none; a feature that is no
/// number.
[[nodiscard]] Result<Model> fit(std::span<const Example> examples, double l2 = 0.01);

struct Judged {
  double confidence = 0;
  bool right = false;
};

/// What a fit is worth where it has not been: every example judged by a model that was fitted on
/// the examples of other groups (databases). Groups are dealt to `folds` by size; deterministic.
/// REQUIRES: as many groups as examples; folds ≥ 2. Errors: fit()'s; invalid_argument where there
/// are fewer groups than folds.
[[nodiscard]] Result<std::vector<Judged>> cross_validated(std::span<const Example> examples,
                                                          std::span<const std::string> groups,
                                                          int folds = 5, double l2 = 0.01);

/// One bar of a reliability diagram.
struct Bin {
  double low = 0, high = 0;  ///< Of confidence, half-open but for the last.
  std::int64_t count = 0;
  double confidence = 0, accuracy = 0;  ///< Means.
};
struct Reliability {
  std::vector<Bin> bins;
  double expected_calibration_error = 0;  ///< Mean |accuracy − confidence| by count (ECE).
  double brier_score = 0;                 ///< Mean squared error of the confidence.
  double ranking_quality = 0;             ///< Area under the ROC curve; 0.5 where undefined.
};
/// REQUIRES: bins ≥ 1. Confidences outside 0–1 count as the nearest bound.
[[nodiscard]] Reliability reliability(std::span<const Judged> judged, int bins = 10);

/// The largest share of questions, most confident first, of which `precision` are right, and the
/// confidence from which on. Equal confidences stand or fall together. {0, 1} if there is none.
struct Coverage {
  double share = 0, threshold = 1;
};
[[nodiscard]] Coverage coverage_at(std::span<const Judged> judged, double precision);

}  // namespace idi::confidence
