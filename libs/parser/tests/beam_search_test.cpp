#include "beam_search.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "random_network.hpp"

namespace idi::parser {
namespace {

using testing::RandomSizes;
using testing::TemporaryFile;

/// A random network over a question of 5 words, 6 columns, 2 tables and 2 values.
class BeamSearch : public ::testing::Test {
 protected:
  static constexpr int columns = 6, tables = 2, values = 2;

  void make(unsigned seed) {
    RandomSizes sizes;
    sizes.symbol_count = ir::symbol_count;
    const TemporaryFile file(".bin");
    testing::random_weights(sizes, seed).write(file.path());
    network_ = *Network::load(model_io::TensorFile::open(file.path()));
    memory_ = *network_->encode(testing::random_input(sizes, 5, columns, tables, values, seed), {});
  }

  OutputSpace space() const {
    std::vector<ir::Token> tokens;
    for (int i = 0; i < columns; ++i) tokens.push_back({ir::Token::Kind::column, i});
    for (int i = 0; i < tables; ++i) tokens.push_back({ir::Token::Kind::table, i});
    for (int i = 0; i < values; ++i) tokens.push_back({ir::Token::Kind::value, i});
    return {network_->sizes().symbol_count, memory_, std::move(tokens)};
  }

  std::vector<Finished> search(const BeamOptions& options, const Acceptor& accept) const {
    OutputScorer scorer({&network_, 1}, {&memory_, 1});
    return *beam_search(scorer, space(), options, {}, accept);
  }

  /// The log-probability of an output, recomputed alone, step by step.
  double log_probability(const std::vector<ir::Token>& tokens) const {
    Decoder decoder(*network_, memory_);
    const OutputSpace outputs = space();
    ir::Grammar grammar;
    std::vector<int> history;
    int previous = DecoderStep::start;
    double sum = 0;
    for (const ir::Token& token : tokens) {
      const DecoderStep step{previous, &history};
      const auto logits = decoder.advance({&step, 1});
      int chosen = -1;
      outputs.for_each(grammar.allowed(), [&](int output) {
        if (outputs.token(output) == token) chosen = output;
      });
      EXPECT_GE(chosen, 0) << "the grammar does not allow it";
      sum += logits[static_cast<std::size_t>(chosen)] -
             log_normalizer(logits, grammar.allowed(), outputs);
      history.push_back(decoder.pool_row(0));
      grammar.advance(token);
      previous = chosen;
    }
    EXPECT_TRUE(grammar.complete());
    return sum;
  }

  std::shared_ptr<const Network> network_;
  Memory memory_;
};

bool accept_all(const Finished&) { return true; }

TEST_F(BeamSearch, ScoresAreThoseOfEachOutputAlone) {
  int seen = 0;
  for (unsigned seed = 0; seed < 12; ++seed) {
    make(seed);
    for (const Finished& output : search({.width = 6}, accept_all)) {
      EXPECT_NEAR(output.log_probability, log_probability(output.tokens), 1e-3);
      ++seen;
    }
  }
  EXPECT_GT(seen, 12);
}

TEST_F(BeamSearch, FinishedOutputsAreOrderedAndDistinct) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    make(seed);
    const auto outputs = search({.width = 8}, accept_all);
    for (std::size_t i = 1; i < outputs.size(); ++i) {
      EXPECT_GE(outputs[i - 1].score, outputs[i].score);
      for (std::size_t j = 0; j < i; ++j) EXPECT_NE(outputs[j].tokens, outputs[i].tokens);
    }
  }
}

TEST_F(BeamSearch, RefusedOutputsAreReplacedByOthers) {
  make(2);
  const auto all = search({.width = 4}, accept_all);
  ASSERT_GE(all.size(), 4U);
  const auto& refused = all.front().tokens;
  const auto others =
      search({.width = 4}, [&](const Finished& output) { return output.tokens != refused; });
  EXPECT_GE(others.size(), 4U);
  for (const auto& output : others) EXPECT_NE(output.tokens, refused);
  // Where nothing is of use the search ends all the same.
  EXPECT_TRUE(search({.width = 4}, [](const Finished&) { return false; }).empty());
}

TEST_F(BeamSearch, NothingIsLongerThanAllowed) {
  make(3);
  for (const int max_steps : {1, 2, 5, 20})
    for (const auto& output : search({.width = 8, .max_steps = max_steps}, accept_all))
      EXPECT_LE(static_cast<int>(output.tokens.size()), max_steps);
}

TEST_F(BeamSearch, ALengthRewardPrefersLongerOutputs) {
  double plain = 0;
  double rewarded = 0;
  for (unsigned seed = 0; seed < 12; ++seed) {
    make(seed);
    const auto without = search({.width = 4, .max_steps = 24}, accept_all);
    const auto with = search({.width = 4, .max_steps = 24, .length_reward = 2}, accept_all);
    if (without.empty() || with.empty()) continue;
    plain += static_cast<double>(without.front().tokens.size());
    rewarded += static_cast<double>(with.front().tokens.size());
    EXPECT_NEAR(with.front().score,
                with.front().log_probability + 2 * static_cast<double>(with.front().tokens.size()),
                1e-9);
  }
  EXPECT_GT(rewarded, plain);
}

TEST_F(BeamSearch, SeveralNetworksGiveTheMeanOfTheirProbabilities) {
  make(1);
  auto networks = std::vector{network_};
  auto memories = std::vector{memory_};
  make(2);
  networks.push_back(network_);
  memories.push_back(memory_);
  const OutputSpace outputs = space();
  ir::Allowed allowed;
  allowed.column = true;
  allowed.symbols.set(3);
  const std::vector<int> history;
  const DecoderStep start{DecoderStep::start, &history};
  const auto probabilities = [&](std::size_t first, std::size_t count) {
    OutputScorer scorer({networks.data() + first, count}, {memories.data() + first, count});
    scorer.advance({&start, 1});
    std::vector<double> result;
    scorer.for_each(0, allowed, outputs,
                    [&](int, double score) { result.push_back(std::exp(score)); });
    return result;
  };
  const auto a = probabilities(0, 1);
  const auto b = probabilities(1, 1);
  const auto both = probabilities(0, 2);
  ASSERT_EQ(both.size(), 1U + columns);
  double sum = 0;
  for (std::size_t i = 0; i < both.size(); ++i) {
    EXPECT_NEAR(both[i], (a[i] + b[i]) / 2, 1e-9);
    sum += both[i];
  }
  EXPECT_NEAR(sum, 1, 1e-6);
}

TEST_F(BeamSearch, StopsBetweenSteps) {
  int finished = 0;
  Result<std::vector<Finished>> result = std::vector<Finished>{};
  // Not every random network comes to an end of a query.
  for (unsigned seed = 4; finished == 0 && seed < 40; ++seed) {
    make(seed);
    OutputScorer scorer({&network_, 1}, {&memory_, 1});
    std::stop_source source;
    result = beam_search(scorer, space(), {.width = 8}, {Deadline::never(), source.get_token()},
                         [&](const Finished&) {
                           ++finished;
                           source.request_stop();
                           return false;
                         });
  }
  ASSERT_GT(finished, 0);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

TEST_F(BeamSearch, AQuestionWithoutValuesNeverGetsAValue) {
  RandomSizes sizes;
  sizes.symbol_count = ir::symbol_count;
  make(5);
  memory_ = *network_->encode(testing::random_input(sizes, 5, columns, tables, 0, 5), {});
  for (const auto& output : search({.width = 8}, accept_all))
    for (const auto& token : output.tokens) EXPECT_NE(token.kind, ir::Token::Kind::value);
}

TEST(LogNormalizer, IsMinusInfinityWhereNothingIsAllowed) {
  const Memory memory{{}, 1, 1, 0, 0};
  const OutputSpace space(3, memory, {{ir::Token::Kind::column, 0}});
  const std::vector<float> logits = {1, 2, 3, 100, 4};
  EXPECT_EQ(log_normalizer(logits, {}, space), -INFINITY);
  ir::Allowed allowed;
  allowed.column = true;
  allowed.symbols.set(1);
  // Question words (logit 100) are no outputs.
  EXPECT_NEAR(log_normalizer(logits, allowed, space), std::log(std::exp(2.0) + std::exp(4.0)),
              1e-6);
}

}  // namespace
}  // namespace idi::parser
