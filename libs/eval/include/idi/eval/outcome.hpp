// What became of one question, and of all of them together. Plain values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/confidence/confidence.hpp"
#include "idi/eval/error_kind.hpp"
#include "idi/eval/hardness.hpp"
#include "idi/eval/predictor.hpp"

namespace idi::eval {

enum class Verdict : std::uint8_t {
  right,
  wrong,
  unusable  ///< The gold query itself did not run: the data's fault. It counts, as not right.
};

[[nodiscard]] std::string_view verdict_name(Verdict verdict) noexcept;

/// The beginning of a result, as text for people.
struct ResultPreview {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< At most max_preview_rows.
  std::int64_t row_count = 0;
  bool complete = true;  ///< false: row_count is where reading stopped, there were more.
  std::string error;     ///< Why there is no result; empty if there is.
};

inline constexpr std::size_t max_preview_rows = 8;
inline constexpr std::size_t max_preview_columns = 12;
inline constexpr std::size_t max_preview_cell_bytes = 120;

struct Outcome {
  std::size_t index = 0;  ///< In the question file.
  Verdict verdict = Verdict::wrong;
  ErrorDiagnosis diagnosis;  ///< Empty unless wrong.
  Prediction prediction;
  std::optional<bool> candidate_right;  ///< Is any candidate right? Only if asked for.
  std::vector<bool> candidates_right;   ///< Each candidate; only if asked for.
  std::optional<double> total_ms;       ///< The predictor's whole time, if it is timed.
  double execution_ms = 0;              ///< The predicted query's, in all its databases.
  ResultPreview gold;
  ResultPreview predicted;
};

struct Tally {
  std::size_t count = 0;
  std::size_t right = 0;
  /// In percent, 0 if there is nothing.
  [[nodiscard]] double accuracy() const {
    return count == 0 ? 0 : 100.0 * static_cast<double>(right) / static_cast<double>(count);
  }
};

/// Nearest-rank percentiles over the questions that have the phase.
struct Latency {
  double p50_ms = 0;
  double p95_ms = 0;
};

/// Of how many questions the wanted share of the answers must be right (Trust::coverage).
inline constexpr double wanted_precision = 0.9;

/// What was answered at all, and what the answers' confidences are worth.
struct Trust {
  Tally answered;              ///< Questions that were neither asked back nor refused nor failed.
  std::size_t asked_back = 0;  ///< Prediction::asked_back
  std::size_t refused = 0;     ///< Prediction::refused
  /// Of what was answered; nullopt where the predictor does not say how sure it is.
  std::optional<confidence::Reliability> reliability;
  /// The largest share of *all* questions that can be answered with wanted_precision.
  confidence::Coverage coverage;
};

struct Summary {
  Tally all;
  std::array<Tally, all_hardness.size()> by_hardness;
  std::map<std::string, Tally> by_database;
  std::map<std::string, Tally> by_writer;     ///< By Prediction::written_by, where it is known.
  std::map<std::string, Tally> by_agreement;  ///< By Prediction::agreement, where it is known.
  std::size_t unknown_names = 0;              ///< Sum of Prediction::unknown_names.
  std::map<ErrorKind, std::size_t> errors;    ///< By first kind; they sum to the wrong ones.
  std::map<ErrorKind, std::size_t> labels;    ///< By every kind that was found.
  std::size_t unusable = 0;
  Trust trust;
  std::optional<Tally> candidates;         ///< Right if any candidate is; only if asked for.
  std::map<std::string, Latency> latency;  ///< By phase; "total"; "predicted_sql" (running it).
};

}  // namespace idi::eval
