#include "idi/model_generator/model_generator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

#include "idi/engine/draft.hpp"
#include "same_statement.hpp"
#include "tally.hpp"

namespace idi::model_generator {
namespace {

using engine::FailedStatement;
using engine::GenerateOptions;
using engine::Generation;
using engine::SqlCandidate;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// One question's way through the model: loans, requests, what was learnt.
class Conversation {
 public:
  Conversation(ModelService& service, const GenerateOptions& options)
      : service_(service), options_(options) {}

  Status begin() { return borrow(); }
  [[nodiscard]] const llm::Capabilities& capabilities() const {
    return loan_->model().capabilities();
  }

  /// `place` of `count` prompts. What cannot be read is left out.
  Result<std::vector<Tally::Answer>> ask(Prompt& prompt, std::size_t place, std::size_t count) {
    llm::CompletionRequest request = prompt.request();
    request.deadline = options_.deadline;
    request.stop = options_.stop;
    const auto called = Clock::now();
    Listener listener(prompt, options_, place, count);
    request.on_text = [&](std::string_view text) { listener.hear(text); };
    if (!capabilities().grammar) request.grammar.clear();
    listener.say_reading();
    auto completions = loan_->model().complete(request);
    if (!completions && completions.error().code == ErrorCode::unavailable) {
      IDI_CHECK(look_again(completions.error()));
      listener.forget();
      completions = loan_->model().complete(request);
    }
    if (!completions) return completions.error();
    count_in(completions->timings, called);
    return read(prompt, completions->candidates);
  }

  Generation into_generation(Tally tally) && {
    Generation generation;
    generation.candidates =
        std::move(tally).take(static_cast<std::size_t>(options_.max_candidates));
    generation.notes = std::move(notes_);
    generation.timings = timings_;
    return generation;
  }

 private:
  /// Follows the first prompt's first text; the others only move the progress on.
  class Listener {
   public:
    Listener(const Prompt& prompt, const GenerateOptions& options, std::size_t place,
             std::size_t count)
        : prompt_(prompt),
          options_(options),
          from_(static_cast<double>(place) / static_cast<double>(count)),
          share_(1 / static_cast<double>(count)),
          teller_(options.on_token),
          is_first_(place == 0) {}

    void say_reading() { say("The model reads the question", 0); }
    void hear(std::string_view text) {
      text_ += text;
      // How long it will be is not known: half of what is left with every forty letters.
      say("The model writes SQL", 1 - std::exp2(-static_cast<double>(text_.size()) / 40));
      if (is_first_ && options_.on_token) teller_.show(prompt_.draft(text_));
    }
    void forget() { text_.clear(); }

   private:
    void say(std::string_view message, double done) {
      if (options_.on_message) options_.on_message(message, from_ + share_ * done);
    }
    const Prompt& prompt_;
    const GenerateOptions& options_;
    double from_, share_;
    engine::DraftTeller teller_;
    bool is_first_;
    std::string text_;
  };

  Status borrow() {
    Waiting waiting;
    waiting.deadline = options_.deadline;
    waiting.max_wait_ms = options_.max_wait_ms;
    waiting.stop = options_.stop;
    waiting.tell = [this](std::string_view message) {
      if (options_.on_message) options_.on_message(message, 0);
    };
    const auto start = Clock::now();
    auto loan = service_.borrow(waiting);
    timings_.wait_ms += ms_since(start);
    if (!loan) return loan.error();
    loan_.emplace(std::move(*loan));
    return {};
  }

  /// The server went away in the middle. Once is an accident.
  Status look_again(const Error& why) {
    if (!notes_.empty()) return why;
    notes_.push_back(
        "The language model's server ended while it wrote; it was started and asked again.");
    service_.lost(*loan_);
    loan_.reset();
    return borrow();
  }

  void count_in(const llm::Timings& told, Clock::time_point called) {
    if (timings_.requests++ == 0) {
      timings_.first_text_ms = told.first_text_ms > 0 ? told.first_text_ms : ms_since(called);
    }
    timings_.prompt_tokens += told.prompt_tokens;
    timings_.cached_tokens += told.cached_tokens;
    timings_.generated_tokens += told.generated_tokens;
    timings_.prompt_ms += told.prompt_ms;
    timings_.generation_ms += told.generation_ms;
  }

  static std::vector<Tally::Answer> read(Prompt& prompt, std::vector<llm::Completion>& texts) {
    std::vector<Tally::Answer> answers;
    for (auto& completion : texts) {
      if (!completion.complete) continue;
      auto candidate = prompt.read(completion.text);
      if (!candidate) continue;
      candidate->writer = engine::Writer::model;
      answers.push_back({std::move(completion), std::move(*candidate)});
    }
    return answers;
  }

  ModelService& service_;
  const GenerateOptions& options_;
  std::optional<ModelService::Loan> loan_;
  engine::ModelTimings timings_;
  std::vector<std::string> notes_;
};

Error nothing_written() {
  return make_error(ErrorCode::unanswerable,
                    "the language model wrote no statement that can be read",
                    "Ask in other words, or use another model.");
}

/// Asking again would give it once more.
Error nothing_new(const FailedStatement& failed) {
  return make_error(ErrorCode::unanswerable,
                    "the language model wrote again what had failed: " + failed.error.message,
                    "Ask in other words, or use another model.", failed.error.detail);
}

bool was_tried(std::string_view sql, const FailedStatement& failed) {
  return is_same_statement(sql, failed.sql) ||
         std::any_of(failed.tried.begin(), failed.tried.end(),
                     [&](const std::string& other) { return is_same_statement(sql, other); });
}

class ModelGenerator final : public engine::SqlGenerator {
 public:
  ModelGenerator(std::shared_ptr<ModelService> service, std::shared_ptr<const PromptFormat> format)
      : service_(std::move(service)), format_(std::move(format)) {}

  Result<Generation> generate(const link::LinkedQuestion& question, const link::Linker& linker,
                              const GenerateOptions& options) const override {
    Conversation conversation(*service_, options);
    IDI_CHECK(conversation.begin());
    IDI_TRY(const auto prompts,
            format_->write({question, linker, options.dialect, options.max_candidates,
                            conversation.capabilities(), options.keywords}));
    Tally tally;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
      auto answers = conversation.ask(*prompts[i], i, prompts.size());
      if (!answers) {
        // What other orders of the schema gave is an answer too.
        if (answers.error().code == ErrorCode::cancelled || tally.empty()) return answers.error();
        break;
      }
      tally.add(std::move(*answers));
    }
    if (tally.empty()) return nothing_written();
    return std::move(conversation).into_generation(std::move(tally));
  }

  Result<Generation> repair(const link::LinkedQuestion& question, const link::Linker& linker,
                            const FailedStatement& failed,
                            const GenerateOptions& options) const override {
    Conversation conversation(*service_, options);
    IDI_CHECK(conversation.begin());
    IDI_TRY(const auto prompt,
            format_->write_repair({question, linker, options.dialect, options.max_candidates,
                                   conversation.capabilities(), options.keywords},
                                  failed));
    if (!prompt) return SqlGenerator::repair(question, linker, failed, options);
    IDI_TRY(auto answers, conversation.ask(*prompt, 0, 1));
    const bool wrote = !answers.empty();
    std::erase_if(answers,
                  [&](const auto& answer) { return was_tried(answer.candidate.sql, failed); });
    Tally tally;
    tally.add(std::move(answers));
    if (tally.empty()) return wrote ? nothing_new(failed) : nothing_written();
    return std::move(conversation).into_generation(std::move(tally));
  }

  engine::Writer writer() const override { return engine::Writer::model; }
  std::string description() const override {
    const auto now = service_->status();
    return fmt::format("language model {} ({})", now.name, engine::generator_state_name(now.state));
  }
  engine::GeneratorStatus status() const override { return service_->status(); }
  double reliability() const override { return format_->reliability(); }

 private:
  std::shared_ptr<ModelService> service_;
  std::shared_ptr<const PromptFormat> format_;
};

}  // namespace

std::shared_ptr<const engine::SqlGenerator> make_model_generator(
    std::shared_ptr<ModelService> service, std::shared_ptr<const PromptFormat> format) {
  return std::make_shared<ModelGenerator>(std::move(service), std::move(format));
}

}  // namespace idi::model_generator
