// A pipeline over the small shop, with a generator that proposes the SQL that it was given.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "idi/engine/pipeline.hpp"
#include "idi/sql/translate.hpp"
#include "shop_fixture.hpp"

namespace idi::engine::testing {

/// Proposes the SQL that it was given, with falling probability.
class FixedGenerator final : public SqlGenerator {
 public:
  explicit FixedGenerator(std::vector<std::string> sql) : sql_(std::move(sql)) {}

  Result<Generation> generate(const link::LinkedQuestion& question, const link::Linker& linker,
                              const GenerateOptions& options) const override {
    if (before) before(options);
    asked = question.question;
    if (options.on_token) options.on_token({"select", 0});
    if (options.stop.stop_requested()) return make_error(ErrorCode::cancelled, "cancelled");
    Generation generation;
    for (const auto& sql : sql_) {
      SqlCandidate candidate;
      candidate.sql = sql;
      candidate.steps = 5;
      candidate.log_probability = -0.5 * static_cast<double>(generation.candidates.size() + 1);
      if (auto query = sql::to_ir(sql, linker.schema())) {
        candidate.query = std::move(*query);
      } else {
        candidate.query = *sql::to_ir("SELECT name FROM store", linker.schema());
      }
      generation.candidates.push_back(std::move(candidate));
    }
    return generation;
  }
  const parser::Selector* selector() const override { return &selector_; }
  const confidence::Model* confidence() const override { return belief ? &*belief : nullptr; }
  std::string description() const override { return "fixed"; }

  std::function<void(const GenerateOptions&)> before;
  std::optional<confidence::Model> belief;
  mutable std::string asked;  ///< The question as it was linked last.

 private:
  std::vector<std::string> sql_;
  parser::Selector selector_ = parser::Selector::standard();
};

class RecordingSink final : public EventSink {
 public:
  void on_progress(const Progress& progress) override { reports.push_back(progress); }
  void on_token(const DraftToken& token) override { tokens.push_back(token); }
  std::vector<Progress> reports;
  std::vector<DraftToken> tokens;
};

inline constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

/// Phases ascend, percentages never fall, and the last is 100.
inline void expect_true_progress(const std::vector<Progress>& reports) {
  double last = -1;
  Phase phase = Phase::understanding;
  for (const auto& report : reports) {
    EXPECT_GE(report.percent, last);
    EXPECT_GE(report.phase, phase);
    EXPECT_FALSE(report.message.empty());
    last = report.percent;
    phase = report.phase;
  }
  EXPECT_DOUBLE_EQ(last, 100);
}

class PipelineTest : public ::testing::Test {
 protected:
  std::shared_ptr<FixedGenerator> generator_ =
      std::make_shared<FixedGenerator>(std::vector<std::string>{});
  ShopFile file_;
  std::shared_ptr<const Source> source_ = open_source(file_);
  AskLimits limits_;

  std::unique_ptr<Pipeline> pipeline(std::vector<std::string> sql) {
    auto before = generator_->before;
    auto belief = generator_->belief;
    generator_ = std::make_shared<FixedGenerator>(std::move(sql));
    generator_->before = std::move(before);
    generator_->belief = std::move(belief);
    return std::move(*Pipeline::open(source_, {generator_}));
  }
  Result<Answer> ask(std::vector<std::string> sql, const Question& question,
                     std::stop_token stop = {}) {
    return pipeline(std::move(sql))->ask(question, limits_, no_events(), std::move(stop));
  }
  Result<Answer> ask(std::vector<std::string> sql, const char* question,
                     std::stop_token stop = {}) {
    return ask(std::move(sql), Question{question}, std::move(stop));
  }
};

}  // namespace idi::engine::testing
