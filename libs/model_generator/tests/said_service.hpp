// A model that says what the test wants, behind a service that can lose it: for what the engine
// does with answers. The real server is tested in real_model_test.cpp.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "idi/model_generator/model_service.hpp"

namespace idi::model_generator::testing {

class SaidModel final : public llm::LanguageModel {
 public:
  using Answer = std::function<Result<llm::Completions>(const llm::CompletionRequest&)>;

  Result<llm::Completions> complete(const llm::CompletionRequest& request) override {
    requests.push_back(request);
    if (answers.empty()) return make_error(ErrorCode::internal, "nothing more to say");
    const Answer answer = std::move(answers.front());
    answers.pop_front();
    return answer(request);
  }
  const llm::Capabilities& capabilities() const override { return facts; }
  Result<int> count_tokens(std::string_view text, Deadline, std::stop_token) override {
    return static_cast<int>(text.size());
  }

  /// The next answer: these texts, each with its probability; nullopt: it does not tell.
  void say(std::vector<std::pair<std::string, std::optional<double>>> texts) {
    answers.emplace_back([texts = std::move(texts)](const llm::CompletionRequest& request) {
      llm::Completions completions;
      for (const auto& [text, log_probability] : texts) {
        completions.candidates.push_back({text, log_probability, 10, true});
      }
      if (request.on_text) request.on_text(texts.front().first);
      completions.timings.prompt_tokens = 100;
      completions.timings.generated_tokens = 10;
      return Result<llm::Completions>(completions);
    });
  }
  void fail(ErrorCode code) {
    answers.emplace_back([code](const llm::CompletionRequest&) {
      return Result<llm::Completions>(make_error(code, "the connection broke off"));
    });
  }

  llm::Capabilities facts{"said-1b", true, false, true, true, 4096, 2, {}};
  std::deque<Answer> answers;
  std::vector<llm::CompletionRequest> requests;
};

class SaidService final : public ModelService {
 public:
  void start() override {}
  Result<Loan> borrow(const Waiting& waiting) override {
    ++borrowed;
    if (error) return *error;
    if (waiting.tell) waiting.tell("Waiting for the model to load");
    return Loan(model, [this] { ++given_back; });
  }
  void lost(const Loan&) override { ++times_lost; }
  engine::GeneratorStatus status() const override {
    return {engine::GeneratorStatus::State::ready, "said-1b", {}};
  }
  int child_pid() const override { return 0; }

  std::shared_ptr<SaidModel> model = std::make_shared<SaidModel>();
  std::optional<Error> error;
  int borrowed = 0, given_back = 0, times_lost = 0;
};

}  // namespace idi::model_generator::testing
