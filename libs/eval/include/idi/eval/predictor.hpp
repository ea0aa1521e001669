// What is measured: something that turns a question into SQL. Implemented where the product is put
// together; here only the one that reads its answers from a file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::eval {

/// What was asked before and what came back.
struct AskedBefore {
  std::string question;  ///< Standing alone.
  std::string sql;
};

/// A question as the predictor may see it: without its gold query.
struct Ask {
  std::size_t index = 0;  ///< Its place in the question file, from 0.
  std::string db_id;
  std::string question;
  std::filesystem::path database;              ///< The SQLite file.
  std::vector<AskedBefore> conversation = {};  ///< Oldest first; empty: it stands alone.
};

struct PhaseTime {
  std::string phase;  ///< "linking", "decoding", …: the predictor's own words, stable.
  double milliseconds = 0;
};

struct Prediction {
  std::string sql;                      ///< Empty: no answer.
  std::vector<std::string> candidates;  ///< What it was chosen from, best first; may be empty.
  std::vector<PhaseTime> phases;
  double confidence = 0;  ///< 0–1; 0 if it is not known.
  /// A follow-up as it was understood, standing alone; empty if the question stood alone.
  std::string standalone_question = {};
  std::string written_by = {};  ///< Which engine wrote `sql`; empty: it is not known.
  std::string agreement = {};   ///< What the engines say of each other; empty: it is not known.
  /// Statements, chosen or not, that the database refused for a table or column that is not there.
  std::size_t unknown_names = 0;
  /// Not answered on purpose; `sql` is empty then.
  bool asked_back = false;  ///< The predictor wants to know what is meant.
  bool refused = false;     ///< It says that the database cannot answer. Set by the evaluation too.
};

class Predictor {
 public:
  virtual ~Predictor() = default;
  /// Called from several threads at once. An error counts as unanswered (timeout as a timeout,
  /// unanswerable as a refusal);
  /// cancelled, after a stop, leaves the question for the next run.
  [[nodiscard]] virtual Result<Prediction> predict(const Ask& ask, std::stop_token stop) = 0;
  /// Names what would give the same answers again (program version, weights' checksum, settings):
  /// an interrupted run is resumed only by a predictor of the same identity.
  [[nodiscard]] virtual std::string identity() const = 0;
  /// False where the time of predict() says nothing, e.g. answers from a file.
  [[nodiscard]] virtual bool is_timed() const { return true; }
};

/// Answers from a file, the line of a question its answer; behind a tab anything may follow (the
/// published files name the database there). An empty line is no answer.
/// Errors: not_found, unreadable, limit_exceeded, invalid_argument (not `question_count` lines).
[[nodiscard]] Result<std::unique_ptr<Predictor>> open_file_predictor(
    const std::filesystem::path& file, std::size_t question_count);

}  // namespace idi::eval
