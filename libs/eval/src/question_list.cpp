#include "question_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "sample_numbers.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

/// Size and time of change: enough to see that a file is another than it was.
std::string file_state(const std::filesystem::path& file) {
  std::error_code failure;
  const auto bytes = std::filesystem::file_size(file, failure);
  const auto changed = std::filesystem::last_write_time(file, failure).time_since_epoch().count();
  return fmt::format("{} {} {}", file.string(), bytes, changed);
}

}  // namespace

std::vector<std::size_t> choose_questions(std::size_t count, std::optional<std::size_t> limit,
                                          std::optional<std::uint64_t> seed) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  const std::size_t wanted = std::min(limit.value_or(count), count);
  if (seed && wanted < count) {
    SampleNumbers numbers(*seed);
    for (std::size_t i = 0; i < wanted; ++i) {
      std::swap(indices[i], indices[i + numbers.below(count - i)]);
    }
    std::sort(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(wanted));
  }
  indices.resize(wanted);
  return indices;
}

Result<std::vector<Question>> list_questions(const EvalOptions& options,
                                             const std::vector<dataset::QuestionRecord>& records) {
  if (records.size() > max_questions) {
    return make_error(ErrorCode::limit_exceeded, "too many questions",
                      fmt::format("at most {} in one file", max_questions));
  }
  const bool whole_folder = options.metric == Metric::spider;
  std::vector<std::size_t> pool;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const bool wanted =
        options.only_databases.empty() || options.only_databases.contains(records[i].db_id);
    if (wanted) pool.push_back(i);
  }
  if (pool.empty()) {
    return make_error(ErrorCode::not_found, "no question is about the databases that were named",
                      "check the names against the db_id of the questions");
  }
  std::map<std::string, std::vector<std::filesystem::path>> files;
  std::vector<Question> questions;
  std::optional<Error> first_missing;
  std::set<std::string> missing;
  for (const std::size_t choice :
       choose_questions(pool.size(), options.limit, options.sample_seed)) {
    const std::size_t index = pool[choice];
    const auto& record = records[index];
    if (!files.contains(record.db_id) && !missing.contains(record.db_id)) {
      auto found = database_files(options.databases, record.db_id, whole_folder);
      if (found) {
        files[record.db_id] = std::move(*found);
      } else {
        if (!first_missing) first_missing = found.error();
        missing.insert(record.db_id);
      }
    }
    questions.push_back({index, record.db_id, record.question, record.query, files[record.db_id]});
  }
  if (first_missing) {
    if (missing.size() > 1) {
      first_missing->message += fmt::format(" (and {} more are missing)", missing.size() - 1);
    }
    return *first_missing;
  }
  return questions;
}

std::string run_key(const EvalOptions& options, const std::string& predictor_identity,
                    const std::vector<Question>& questions) {
  std::string all =
      fmt::format("{}\n{} {} {} {}\n", predictor_identity, static_cast<int>(options.metric),
                  options.keep_distinct, options.score_candidates, options.query_timeout.count());
  std::set<std::string> files;
  for (const Question& question : questions) {
    all += fmt::format("{}\n{}\n{}\n{}\n", question.index, question.db_id, question.question,
                       question.gold_sql);
    for (const auto& file : question.files) files.insert(file.string());
  }
  for (const auto& file : files) all += file_state(file) + '\n';
  return hex_hash(all);
}

}  // namespace idi::eval
