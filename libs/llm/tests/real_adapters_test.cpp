// Adapters of the real llama-server: what one of them computed never reaches another's answer.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "real_server.hpp"

namespace idi::llm {
namespace {

using namespace testing;

constexpr const char* first_prompt = "a ship in the harbour and another ship outside of it";
constexpr const char* other_prompt = "how many sailors are there, and which of them can swim?";

using Scales = std::vector<AdapterScale>;
const Scales none;
const Scales a{{0, 1.0}};
const Scales b{{1, 1.0}};

struct Answered {
  std::string text;
  int cached_tokens = 0;
};

Answered ask(LanguageModel& model, const char* prompt, const Scales& adapters, int candidates = 1) {
  auto request = request_of(prompt, 16);
  request.grammar = letters_grammar(20, 30);
  request.adapters = adapters;
  request.candidates = candidates;
  const auto completions = model.complete(request);
  EXPECT_TRUE(completions) << completions.error().to_text();
  if (!completions) return {};
  return {completions->candidates[0].text, completions->timings.cached_tokens};
}

/// What each gives on a server that knows nothing yet.
std::string cold(const char* prompt, const Scales& adapters) {
  const RealServer server({1, 2, false, {}, {}});
  return ask(*server.open(), prompt, adapters).text;
}

class Adapters : public ::testing::TestWithParam<bool> {
 protected:
  static void SetUpTestSuite() {
    cold_none = cold(first_prompt, none);
    cold_a = cold(first_prompt, a);
    cold_b = cold(first_prompt, b);
  }
  static std::string cold_none, cold_a, cold_b;

  /// Of a server that has caches in its slots only, or one that has the default cache beside them.
  [[nodiscard]] RealServer::Options options(int slots) const {
    if (GetParam()) return {slots, 2, false, {"--cache-ram", "0"}, {}};
    return {slots, 2, false, {"--cache-ram", "512"}, {}};
  }
};
std::string Adapters::cold_none, Adapters::cold_a, Adapters::cold_b;

TEST_P(Adapters, ChangeTheText) {
  EXPECT_NE(cold_a, cold_b);
  EXPECT_NE(cold_a, cold_none);
  EXPECT_NE(cold_b, cold_none);
}

TEST_P(Adapters, OneAfterTheOtherGivesWhatAColdServerGives) {
  const RealServer server(options(1));
  const auto model = server.open(GetParam());
  EXPECT_EQ(model->capabilities().adapter_names,
            (std::vector<std::string>{"adapter-0", "adapter-1"}));
  EXPECT_EQ(ask(*model, first_prompt, a).text, cold_a);
  EXPECT_EQ(ask(*model, first_prompt, b).text, cold_b);
  EXPECT_EQ(ask(*model, first_prompt, none).text, cold_none);
  EXPECT_EQ(ask(*model, first_prompt, a).text, cold_a);
}

/// Where the server keeps prompts beside its slots it finds the first one again for the third
/// request, whose adapter the slot has: it would answer from another adapter's numbers.
TEST_P(Adapters, APromptKeptForOneIsNotTakenForTheOther) {
  const RealServer server(options(1));
  const auto model = server.open(GetParam());
  ask(*model, first_prompt, a);
  ask(*model, other_prompt, b);
  EXPECT_EQ(ask(*model, first_prompt, b).text, cold_b);
}

TEST_P(Adapters, KeepTheirCachesWhereThatIsSafe) {
  const RealServer server(options(2));
  const auto model = server.open(GetParam());
  for (int round = 0; round < 2; ++round) {
    for (const auto& [adapters, expected] : {std::pair(a, cold_a), std::pair(b, cold_b)}) {
      const auto answered = ask(*model, first_prompt, adapters);
      EXPECT_EQ(answered.text, expected);
      const bool may_be_cached = GetParam() && round > 0;
      EXPECT_EQ(answered.cached_tokens > 10, may_be_cached);
    }
  }
}

TEST_P(Adapters, AtTheSameTimeAndWithSeveralCandidates) {
  const RealServer server(options(2));
  const auto model = server.open(GetParam());
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      const Scales& adapters = t == 0 ? none : t == 1 ? a : b;
      const std::string& expected = t == 0 ? cold_none : t == 1 ? cold_a : cold_b;
      for (int n = 0; n < 6; ++n) {
        wrong += ask(*model, first_prompt, adapters, n % 2 == 0 ? 1 : 3).text != expected ? 1 : 0;
        ask(*model, other_prompt, adapters);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

INSTANTIATE_TEST_SUITE_P(CachesInSlotsOnly, Adapters, ::testing::Values(true));
INSTANTIATE_TEST_SUITE_P(CacheBesideThem, Adapters, ::testing::Values(false));

}  // namespace
}  // namespace idi::llm
