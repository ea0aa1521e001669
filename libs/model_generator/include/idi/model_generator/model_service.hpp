// The one language model in use: the llama-server child that runs it, or a server elsewhere. Starts
// it when it is first needed, or before in the background; shares it between questions; finds it
// again after a crash. Thread-safe.
//
//   not started → starting [start, borrow] → ready [opened] → starting [lost: the child has ended]
//   → …; failed [why: no runtime, a broken file, a wrong key, nobody at the address]
//
// A model that failed is tried again by the next question, except where its file cannot be run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/engine/sql_generator.hpp"
#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llm/language_model.hpp"
#include "idi/model_store/profile.hpp"

namespace idi::model_generator {

/// A GGUF file of this machine, run by a child of ours.
struct LocalModel {
  model_store::Profile profile;
  std::filesystem::path runtime_prefix;  ///< Where llama.cpp was installed to, if it was.
  /// Model, adapters and context are taken from the profile.
  llama_runtime::ServerOptions server;
};

using ModelPlace = std::variant<LocalModel, llm::Endpoint>;

/// How long, and who is told meanwhile.
struct Waiting {
  Deadline deadline = Deadline::never();
  std::int64_t max_wait_ms = 600'000;  ///< Within the deadline.
  std::stop_token stop;
  std::function<void(std::string_view message)> tell;  ///< May be empty.
};

class ModelService {
 public:
  [[nodiscard]] static std::shared_ptr<ModelService> make(ModelPlace place);
  virtual ~ModelService() = default;  ///< Ends the child.

  /// A model that answers, and a place among those that it serves at once; given back at the end.
  class Loan {
   public:
    Loan(std::shared_ptr<llm::LanguageModel> model, std::function<void()> give_back)
        : model_(std::move(model)), give_back_(std::move(give_back)) {}
    ~Loan() {
      if (give_back_) give_back_();
    }
    Loan(Loan&& other) noexcept
        : model_(std::move(other.model_)), give_back_(std::exchange(other.give_back_, nullptr)) {}
    Loan& operator=(Loan&&) = delete;
    [[nodiscard]] llm::LanguageModel& model() const { return *model_; }

   private:
    std::shared_ptr<llm::LanguageModel> model_;
    std::function<void()> give_back_;
  };

  /// Starts it in the background, if it is not. Returns at once.
  virtual void start() = 0;
  /// Errors: unavailable (why it failed, or that it still loads), refused (a wrong key), timeout,
  /// cancelled, and what a broken file or a strange server gives.
  [[nodiscard]] virtual Result<Loan> borrow(const Waiting& waiting) = 0;
  /// A call broke off: the next borrow() looks for the server anew.
  virtual void lost(const Loan& loan) = 0;
  [[nodiscard]] virtual engine::GeneratorStatus status() const = 0;
  /// Of the child; 0: there is none.
  [[nodiscard]] virtual int child_pid() const = 0;
};

}  // namespace idi::model_generator
