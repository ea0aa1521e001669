// Scores one prediction: runs gold and predicted query on the question's databases and compares.
// One per thread; the gold results are shared.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "database_files.hpp"
#include "gold_results.hpp"
#include "idi/eval/options.hpp"
#include "idi/eval/outcome.hpp"

namespace idi::eval {

inline constexpr std::int64_t max_result_rows = 2'000'000;
inline constexpr std::int64_t max_result_bytes = std::int64_t{512} << 20;
inline constexpr std::int64_t max_gold_memory_bytes = std::int64_t{1} << 30;

struct Question {
  std::size_t index = 0;
  std::string db_id;
  std::string question;
  std::string gold_sql;
  std::vector<std::filesystem::path> files;  ///< The first is the database that is shown.
};

class Scorer {
 public:
  /// Both must outlive it.
  Scorer(const EvalOptions& options, GoldResults& gold) : options_(options), gold_(gold) {}

  /// Fills everything of `outcome` that follows from outcome.prediction.sql; `schema`, which may be
  /// null, helps the diagnosis. Errors: cancelled (nothing is known then).
  Status score(const Question& question, const Schema* schema, std::stop_token stop,
               Outcome& outcome);

  /// Is this SQL right? For candidates; failures and timeouts are simply not right.
  Result<bool> is_right(const Question& question, const std::string& sql, std::stop_token stop);

 private:
  struct Trial;
  [[nodiscard]] std::string executable(const std::string& sql) const;
  Result<ResultTable> execute(const std::filesystem::path& file, const std::string& sql,
                              std::int64_t max_rows, std::stop_token stop);
  Result<Trial> try_on(const std::filesystem::path& file, const Question& question,
                       const std::string& sql, std::stop_token stop);

  const EvalOptions& options_;
  GoldResults& gold_;
  OpenDatabases databases_;
};

}  // namespace idi::eval
