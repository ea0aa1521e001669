// OpenAI's interface as llama-server speaks it: what holds there is not made up by our fakes.
#include <gtest/gtest.h>

#include "openai_model.hpp"
#include "real_server.hpp"

namespace idi::llm {
namespace {

using namespace testing;

class OpenAiItself : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<RealServer>(RealServer::Options{}); }
  static void TearDownTestSuite() { server_.reset(); }
  /// Past the detection, which would find llama-server.
  void SetUp() override {
    const Endpoint endpoint{server_->child().url(), server_->child().api_key(), {}};
    auto connection = std::make_unique<ServerConnection>(endpoint);
    const auto models = connection->get_object("/v1/models", {});
    ASSERT_TRUE(models) << models.error().to_text();
    auto opened = open_openai(std::move(connection), endpoint, *models);
    ASSERT_TRUE(opened) << opened.error().to_text();
    model = *opened;
  }
  Result<Completions> complete(const CompletionRequest& request) {
    return model->complete(request);
  }

  static std::unique_ptr<RealServer> server_;
  std::shared_ptr<LanguageModel> model;
};
std::unique_ptr<RealServer> OpenAiItself::server_;

CompletionRequest conversation(int max_tokens = 12) {
  auto request = request_of("", max_tokens);
  request.prompt = std::vector<ChatMessage>{{ChatMessage::Role::user, "how many ships?"}};
  return request;
}

TEST_F(OpenAiItself, StreamsConversationsAndTexts) {
  for (auto request : {conversation(), request_of("a ship")}) {
    request.candidates = 3;
    std::string heard;
    request.on_text = [&](std::string_view text) { heard += text; };
    const auto completions = complete(request);
    ASSERT_TRUE(completions) << completions.error().to_text();
    ASSERT_EQ(completions->candidates.size(), 3U);
    EXPECT_EQ(completions->candidates[0].text, heard);
    EXPECT_FALSE(heard.empty());
    EXPECT_FALSE(completions->candidates[0].complete);
    EXPECT_GE(completions->timings.prompt_tokens, 3);
    EXPECT_TRUE(completions->candidates[0].log_probability);
    EXPECT_LT(completions->candidates[0].log_probability, -1);
    const auto again = complete(request);
    ASSERT_TRUE(again);
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(again->candidates[i].text, completions->candidates[i].text);
    }
  }
}

TEST_F(OpenAiItself, SaysThatAPromptIsTooLong) {
  auto request = conversation();
  std::get<std::vector<ChatMessage>>(request.prompt)[0].text = std::string(3'000, 'x');
  const auto completions = complete(request);
  ASSERT_FALSE(completions);
  EXPECT_EQ(completions.error().code, ErrorCode::limit_exceeded);
  EXPECT_GE(estimate_tokens(std::string(3'000, 'x')), 1'024) << "and the estimate warns of it";
}

}  // namespace
}  // namespace idi::llm
