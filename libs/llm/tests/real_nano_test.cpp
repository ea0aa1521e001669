// IDI's own small model, whose answers make sense, in the real llama-server.
#include <gtest/gtest.h>

#include <cmath>

#include "real_server.hpp"

namespace idi::llm {
namespace {

using namespace testing;

constexpr const char* schema =
    "T3 ship C57 type C70 tonnage N C12 company id REF C40 T10 company C40 company id N K C9 name ";

std::string prompt_of(const char* question) { return std::string(schema) + question; }

TEST(Nano, IsSureOfWhatIsPlainAndReadsTheSchemaOnce) {
  RealServer::Options options;
  options.model = "models/idi-nano.gguf";
  const RealServer server(options);
  const auto model = server.open();
  EXPECT_EQ(model->capabilities().model, "idi-nano");
  auto request = request_of(prompt_of("ASK show the type C57 of ships T3 OUT"));
  request.candidates = 4;
  const auto first = model->complete(request);
  ASSERT_TRUE(first) << first.error().to_text();
  const Completion& greedy = first->candidates[0];
  EXPECT_EQ(greedy.text, " C57");
  EXPECT_TRUE(greedy.complete);
  ASSERT_TRUE(greedy.log_probability);
  EXPECT_GT(std::exp(*greedy.log_probability), 0.2);
  for (const auto& other : first->candidates) {
    ASSERT_TRUE(other.log_probability);
    EXPECT_LE(*other.log_probability, 0);
    if (other.text == greedy.text) {
      EXPECT_NEAR(*other.log_probability, *greedy.log_probability, 0.02);
    }
  }
  request.prompt = prompt_of("ASK how many ships T3 OUT");
  request.grammar = "root ::= \" \" (\"COUNT\" | \"C12\" | \"C70\") \" T3\"";
  const auto second = model->complete(request);
  ASSERT_TRUE(second) << second.error().to_text();
  EXPECT_EQ(second->candidates[0].text, " COUNT T3");
  EXPECT_GE(second->timings.cached_tokens, 15) << "the schema part was read for the first question";
}

}  // namespace
}  // namespace idi::llm
