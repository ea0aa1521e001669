// What comes back for a question: the SQL, the rows, and why to believe them. Plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "idi/chart/chart.hpp"
#include "idi/clarification/clarification.hpp"
#include "idi/confidence/confidence.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/engine/event_sink.hpp"
#include "idi/engine/sql_generator.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/parser/selector.hpp"
#include "idi/verification/finding.hpp"

namespace idi::engine {

/// What became of a candidate when it was tried.
enum class TrialState {
  rows,       ///< Ran and returned rows.
  empty,      ///< Ran and returned none.
  failed,     ///< The guard or the database did not accept it, or it broke while running.
  too_slow,   ///< Did not end within the small limit; that says nothing against it.
  not_tried,  ///< The budget for trying was used up before.
};
[[nodiscard]] std::string_view trial_state_name(TrialState state) noexcept;

struct CandidateReport {
  std::string sql;
  double log_probability = 0;  ///< Its engine's.
  double score = 0;            ///< What they are ordered by; comparable within one question only.
  TrialState state = TrialState::not_tried;
  std::int64_t rows = 0;                 ///< Seen in the trial, which is cut early.
  parser::SelectionFeatures features{};  ///< What the score was made from.
  Writer writer = Writer::parser;
  std::string problem = {};  ///< Of a failed one, the guard's or the database's words.
};

/// Whether the two engines say the same, by the results of what each believes in most.
enum class Agreement : std::uint8_t { only_parser, only_model, agree, differ };
[[nodiscard]] std::string_view agreement_name(Agreement agreement) noexcept;

/// Who wrote the SQL of an answer, and what the other one said.
struct Authorship {
  Writer written_by = Writer::parser;
  Agreement agreement = Agreement::only_parser;
  std::string model;      ///< The language model's name, if one was asked.
  std::string other_sql;  ///< Where they differ: the other engine's best.
  std::optional<ModelTimings> timings;
};

using explanation::Explanation;

struct Answer {
  enum class Kind {
    data,           ///< A query ran; `sql` is it.
    clarification,  ///< Nothing ran: `clarification` asks back. `sql` is what would have run.
    schema,         ///< The question was about the schema; `sql` is empty.
    sql,            ///< A person's own statement ran.
  };
  Kind kind = Kind::data;
  /// A follow-up as it was understood, standing alone; empty if the question stood alone.
  std::string standalone_question;
  /// The question as it was linked: standing alone, without words for a picture. Byte ranges in
  /// `explanation` and `clarification` are of this text. Of kinds data and clarification.
  std::string read_question;
  std::string summary;  ///< The answer as a sentence: "There are 42 customers."
  std::string sql;
  ResultTable result;
  std::vector<chart::ColumnHint> column_hints;  ///< One per column of the result.
  chart::Chart chart;
  bool chart_was_asked_for = false;            ///< "… as a pie".
  std::vector<CandidateReport> candidates;     ///< Best first; the first is the chosen one.
  Authorship authorship;                       ///< Of kind data.
  double confidence = 1;                       ///< 0–1: the probability that the answer is right.
  confidence::Features confidence_features{};  ///< What it was calculated from; of kind data.
  /// The confidence is high enough to answer without asking back.
  bool sure = true;
  std::vector<verification::Finding> findings;  ///< Most important first.
  /// Kind clarification: the card. Kind data: an offer, the answer took its first option.
  std::optional<clarification::Clarification> clarification;
  /// Earlier choices that were put to use.
  std::vector<clarification::Resolution> resolutions;
  Explanation explanation;
  std::vector<std::string> warnings;
  std::array<double, phase_count> phase_ms{};
  [[nodiscard]] double total_ms() const;
};

}  // namespace idi::engine
