#include <algorithm>
#include <utility>

#include "idi/engine/draft.hpp"
#include "idi/model_generator/prompt_format.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "idi/parser/candidate_reader.hpp"

namespace idi::model_generator {
namespace {

/// Orders of the schema whose answers are added up; more gain little.
constexpr int max_orders = 4;
constexpr int max_answer_tokens = 96;
/// Less than its accuracy alone, which is about a half: it reads the same links as the parser and
/// has seen the same questions, so the two do not err independently.
constexpr double nano_reliability = 0.35;

class NanoPrompt final : public Prompt {
 public:
  NanoPrompt(const Subject& subject, std::uint32_t order_seed, int candidates)
      : schema_(subject.linker.schema()),
        question_(subject.question),
        prompt_(nano_format::write_prompt(subject.question, schema_, order_seed)),
        seed_(order_seed),
        candidates_(candidates),
        reader_(subject.question, subject.linker, subject.dialect) {}

  llm::CompletionRequest request() const override {
    llm::CompletionRequest request;
    request.prompt = prompt_.schema_part + prompt_.question_part;
    request.grammar = prompt_.grammar;
    request.max_tokens = max_answer_tokens;
    request.candidates = candidates_;
    request.seed = seed_;
    return request;
  }

  Result<engine::SqlCandidate> read(std::string_view text) override {
    IDI_TRY(auto tokens, nano_format::read_output(text, prompt_.symbols, schema_));
    IDI_TRY(auto parsed, reader_.read(std::move(tokens)));
    engine::SqlCandidate candidate;
    candidate.sql = std::move(parsed.sql);
    candidate.query = std::move(parsed.query);
    candidate.tokens = std::move(parsed.tokens);
    candidate.steps = parsed.steps;
    candidate.unresolved_values = parsed.unresolved_values;
    return candidate;
  }

  std::vector<std::string> draft(std::string_view text) const override {
    // Only a text that could end here can be read; what stands between is there in milliseconds.
    const auto tokens = nano_format::read_output(text, prompt_.symbols, schema_);
    if (!tokens) return {};
    return engine::draft_words({tokens->data(), tokens->size() - 1}, schema_, question_);
  }

 private:
  const Schema& schema_;
  const link::LinkedQuestion& question_;
  nano_format::NanoPrompt prompt_;
  std::uint32_t seed_;
  int candidates_;
  parser::CandidateReader reader_;
};

class NanoFormat final : public PromptFormat {
 public:
  Result<std::vector<std::unique_ptr<Prompt>>> write(const Subject& subject) const override {
    if (subject.question.tables.empty() || subject.question.tokens.empty()) {
      return make_error(ErrorCode::unanswerable, "the question links to no table");
    }
    const int orders = std::clamp(subject.max_candidates, 1, max_orders);
    std::vector<std::unique_ptr<Prompt>> prompts;
    for (int order = 1; order <= orders; ++order) {
      const int candidates = std::max(1, subject.max_candidates / orders);
      prompts.push_back(
          std::make_unique<NanoPrompt>(subject, static_cast<std::uint32_t>(order), candidates));
    }
    return prompts;
  }

  Result<std::unique_ptr<Prompt>> write_repair(const Subject&,
                                               const engine::FailedStatement&) const override {
    return std::unique_ptr<Prompt>();
  }

  double reliability() const override { return nano_reliability; }
};

}  // namespace

std::shared_ptr<const PromptFormat> make_nano_format() { return std::make_shared<NanoFormat>(); }

}  // namespace idi::model_generator
