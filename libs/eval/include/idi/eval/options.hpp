// What one evaluation measures and how. Plain values; checked by evaluate().
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace idi::eval {

enum class Metric : std::uint8_t {
  spider,  ///< The official test-suite rules: any column order, rows in order where gold orders.
  bird     ///< BIRD's EX: the same set of rows, columns in order.
};

inline constexpr int max_jobs = 256;

struct EvalOptions {
  std::filesystem::path questions;  ///< Spider's JSON or JSON lines of {db_id, question, query}.
  std::filesystem::path databases;  ///< Holds <db_id>/<db_id>.sqlite.
  std::optional<std::filesystem::path> tables;       ///< Spider's tables.json: columns' names.
  std::optional<std::filesystem::path> predictions;  ///< Score this file instead of a predictor.
  std::set<std::string> only_databases;              ///< Only questions about these; empty: all.
  std::optional<std::size_t> limit;                  ///< Only so many questions: the first ones …
  std::optional<std::uint64_t> sample_seed;          ///< … or, with a seed, a random sample.
  int jobs = 1;                                      ///< Threads; each has connections of its own.
  std::optional<std::filesystem::path>
      report;  ///< Folder for summary.json, report.html, outcomes.jsonl.
  std::optional<std::filesystem::path> reliability;  ///< File for the reliability diagram (SVG).
  Metric metric = Metric::spider;
  bool keep_distinct = false;     ///< Spider's rules drop DISTINCT on both sides; true keeps it.
  bool score_candidates = false;  ///< Also: is any of the candidates right?
  bool start_afresh = false;      ///< Do not resume an interrupted run.
  std::chrono::milliseconds query_timeout{30'000};  ///< For each gold and predicted query.
};

}  // namespace idi::eval
