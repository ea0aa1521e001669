#include <algorithm>
#include <utility>

#include "chat_candidate.hpp"
#include "idi/grammar/sql_grammar.hpp"
#include "idi/model_generator/prompt_format.hpp"
#include "idi/prompt/chat_prompt.hpp"

namespace idi::model_generator {
namespace {

constexpr int max_answer_tokens = 320;
/// Where the server does not say how much fits into its context.
constexpr int usual_context_tokens = 8'192;
constexpr int least_prompt_tokens = 512;
/// The first is greedy, the others vary it; more cost time and change few answers.
constexpr int max_drawn = 4;
/// Of published models of 1.5 to 8 billion parameters on Spider dev, about; not measured here.
constexpr double chat_reliability = 0.7;

using Role = llm::ChatMessage::Role;

class ChatPrompt final : public Prompt {
 public:
  ChatPrompt(const Subject& subject, std::vector<llm::ChatMessage> messages, std::string grammar,
             int candidates, int adapter)
      : question_(subject.question),
        schema_(subject.linker.schema()),
        messages_(std::move(messages)),
        grammar_(std::move(grammar)),
        candidates_(candidates),
        adapter_(adapter) {}

  llm::CompletionRequest request() const override {
    llm::CompletionRequest request;
    request.prompt = messages_;
    request.grammar = grammar_;
    request.max_tokens = max_answer_tokens;
    request.candidates = candidates_;
    if (adapter_ >= 0) request.adapters.push_back({adapter_, 1.0});
    return request;
  }

  Result<engine::SqlCandidate> read(std::string_view text) override {
    IDI_TRY(auto sql, prompt::read_sql(text));
    return chat_candidate(std::move(sql), question_, schema_);
  }

  std::vector<std::string> draft(std::string_view text) const override {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
      if (!word.empty() && !word.starts_with("```")) words.push_back(word);
      word.clear();
    };
    for (const char c : text) {
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        end_word();
      } else {
        word += c;
      }
    }
    end_word();
    return words;
  }

 private:
  const link::LinkedQuestion& question_;
  const Schema& schema_;
  std::vector<llm::ChatMessage> messages_;
  std::string grammar_;
  int candidates_, adapter_;
};

class ChatPrompts final : public PromptFormat {
 public:
  ChatPrompts(std::shared_ptr<const parser::Parser> parser, int adapter)
      : parser_(std::move(parser)), adapter_(adapter) {}

  Result<std::vector<std::unique_ptr<Prompt>>> write(const Subject& subject) const override {
    IDI_TRY(auto asked, ask(subject));
    std::vector<std::unique_ptr<Prompt>> prompts;
    prompts.push_back(
        std::make_unique<ChatPrompt>(subject, std::move(asked.messages), std::move(asked.grammar),
                                     std::clamp(subject.max_candidates, 1, max_drawn), adapter_));
    return prompts;
  }

  Result<std::unique_ptr<Prompt>> write_repair(
      const Subject& subject, const engine::FailedStatement& failed) const override {
    IDI_TRY(auto asked, ask(subject));
    const auto& format = prompt::ChatFormat::standard();
    const std::string words = failed.error.detail.empty()
                                  ? failed.error.message
                                  : failed.error.message + ": " + failed.error.detail;
    // In the question's own message, where the format makes plain data of both: as a message of the
    // model's, a statement could bring marks of the chat's template.
    asked.messages.back().text += "\n\n" + format.write_repair(failed.sql, words);
    // A second text in case the first one is what failed, and one for each that was tried.
    const int texts = std::min(2 + static_cast<int>(failed.tried.size()), max_drawn);
    return std::unique_ptr<Prompt>(std::make_unique<ChatPrompt>(
        subject, std::move(asked.messages), std::move(asked.grammar), texts, adapter_));
  }

  double reliability() const override { return chat_reliability; }

 private:
  struct Asked {
    std::vector<llm::ChatMessage> messages;
    std::string grammar;
  };

  Result<Asked> ask(const Subject& subject) const {
    const int context =
        subject.model.context_tokens > 0 ? subject.model.context_tokens : usual_context_tokens;
    prompt::WriteOptions options;
    options.keywords = subject.keywords;
    options.max_tokens =
        std::max(std::min(context - max_answer_tokens, options.max_tokens), least_prompt_tokens);
    prompt::ScopeLimits limits;
    limits.max_schema_tokens = std::min(limits.max_schema_tokens, options.max_tokens / 2);
    const Schema& schema = subject.linker.schema();
    const auto scope =
        prompt::choose_scope(subject.question, subject.linker, parser_.get(), limits);
    IDI_TRY(auto written, prompt::ChatFormat::standard().write(subject.question, schema, scope,
                                                               subject.dialect, options));
    Asked asked;
    asked.messages = {{Role::system, std::move(written.system)},
                      {Role::user, std::move(written.user)}};
    if (subject.model.grammar) {
      IDI_TRY(asked.grammar, grammar::sql_grammar(schema, scope, subject.dialect));
    }
    return asked;
  }

  std::shared_ptr<const parser::Parser> parser_;
  int adapter_;
};

}  // namespace

std::shared_ptr<const PromptFormat> make_chat_format(std::shared_ptr<const parser::Parser> parser,
                                                     int adapter) {
  return std::make_shared<ChatPrompts>(std::move(parser), adapter);
}

}  // namespace idi::model_generator
