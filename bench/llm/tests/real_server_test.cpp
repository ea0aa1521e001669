// What libs/gguf writes, run by the real llama-server: numbers of every kind mean the same, and
// memory stays below what is estimated.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "model_shape.hpp"
#include "served_model.hpp"

namespace idi::bench {
namespace {

constexpr const char* learnt_text = "select name from customer; select name from store";

class RealServerTest : public ::testing::Test {
 protected:
  RealServerTest() {
    std::string name = (std::filesystem::temp_directory_path() / "idi-bench-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~RealServerTest() override { std::filesystem::remove_all(folder); }

  Result<ServedModel> serve(gguf::TensorType type) {
    const auto file = folder / "model.gguf";
    IDI_CHECK(write_model(small_shape(), type, learnt_text, file));
    ServeOptions options;
    options.model = file;
    options.context_tokens = 512;
    options.threads = 1;
    options.log = folder / "server.log";
    return serve_model(options);
  }

  std::filesystem::path folder;
};

TEST_F(RealServerTest, NumbersOfEveryKindMeanTheSame) {
  std::vector<llm::Completion> exact;
  for (const auto type : {gguf::TensorType::f32, gguf::TensorType::f16, gguf::TensorType::bf16,
                          gguf::TensorType::q8_0}) {
    const auto served = serve(type);
    ASSERT_TRUE(served) << served.error().to_text();
    EXPECT_EQ(served->model->count_tokens(" name", Deadline::never(), {}).value_or(-1), 1);
    std::size_t place = 0;
    for (const char* prompt : {"select", "select name from", "store customer; 1990", "name"}) {
      llm::CompletionRequest request;
      request.prompt = prompt;
      request.grammar = "root ::= [a-z ]+";  // whole characters, of which each has a probability
      request.max_tokens = 1;
      const auto answer = served->model->complete(request);
      ASSERT_TRUE(answer) << answer.error().to_text();
      const auto& completion = answer->candidates.front();
      ASSERT_TRUE(completion.log_probability);
      if (type == gguf::TensorType::f32) {
        exact.push_back(completion);
        continue;
      }
      // With numbers read wrongly nothing would stay of either.
      EXPECT_EQ(completion.text, exact[place].text) << static_cast<int>(type) << " " << prompt;
      EXPECT_NEAR(*completion.log_probability, *exact[place].log_probability, 0.1) << prompt;
      ++place;
    }
  }
}

TEST_F(RealServerTest, AChatIsAnsweredWithinTheMemoryThatWasEstimated) {
  const auto served = serve(gguf::TensorType::q8_0);
  ASSERT_TRUE(served) << served.error().to_text();
  llm::CompletionRequest request;
  request.prompt = std::vector<llm::ChatMessage>{{llm::ChatMessage::Role::user, "which names?"}};
  request.max_tokens = 8;
  const auto answer = served->model->complete(request);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_GT(answer->timings.prompt_tokens, 3);

  const auto header = gguf::read_header(folder / "model.gguf");
  ASSERT_TRUE(header) << header.error().to_text();
  const auto facts = gguf::facts_of(*header);
  ASSERT_TRUE(facts) << facts.error().to_text();
  EXPECT_TRUE(facts->generates_text);
  EXPECT_TRUE(facts->has_chat_template);
  EXPECT_EQ(facts->quantization, "Q8_0");
  constexpr double bytes_per_mib = 1 << 20;
  const auto estimated = static_cast<double>(gguf::memory_needed(*header, *facts, 512, 2));
  const double peak_mib = memory_of_process(served->server->pid()).peak_mib;
  EXPECT_GT(peak_mib, 1);
  EXPECT_LT(peak_mib, estimated / bytes_per_mib);
}

}  // namespace
}  // namespace idi::bench
